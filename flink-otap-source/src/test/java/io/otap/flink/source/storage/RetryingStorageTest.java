/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.storage.SeekableInput;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryingStorageTest {

  private static final RetrySettings SETTINGS =
      new RetrySettings(5, Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final FailingStorage failing = new FailingStorage();
  private final ManualTimer timer = new ManualTimer();
  private final AtomicInteger retries = new AtomicInteger();

  @TempDir Path folder;
  private String file;

  @BeforeEach
  void write() throws IOException {
    Path path = folder.resolve("part-1.parquet");
    Files.write(path, new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
    file = path.toUri().toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "open", "read"})
  void whatFailsForAWhileSucceeds(String operation) throws IOException {
    RetryingStorage storage = storage(SETTINGS, 1);
    failing.failNext(operation, 4);
    assertThat(storage.list(folder.toUri().toString())).hasSize(1);
    try (SeekableInput in = storage.open(file)) {
      assertThat(in.length()).isEqualTo(8);
      assertThat(range(in, 3, 4)).containsExactly(3, 4, 5, 6);
    }
    assertThat(retries).hasValue(4);
    assertThat(timer.pauses).containsExactly(200L, 400L, 800L, 1000L);
  }

  @Test
  void aReadThatFailedOpensTheFileAgainAndReadsTheSameRange() throws IOException {
    SeekableInput in = storage(SETTINGS, 1).open(file);
    assertThat(range(in, 0, 3)).containsExactly(0, 1, 2);
    failing.failNext("read", 1);
    assertThat(range(in, 3, 2)).containsExactly(3, 4);
    assertThat(range(in, 1, 2)).containsExactly(1, 2);
    in.close();
    assertThat(failing.asked())
        .containsExactly("open", "read", "read", "close", "open", "read", "read", "close");
  }

  @Test
  void openingAgainIsPartOfTheAttempt() throws IOException {
    SeekableInput in = storage(SETTINGS, 1).open(file);
    failing.failWhen((operation, path) -> !operation.equals("list") && retries.get() < 3);
    assertThat(range(in, 3, 2)).containsExactly(3, 4);
    assertThat(failing.asked())
        .containsExactly("open", "read", "close", "open", "open", "open", "read");
  }

  @Test
  void afterTheLastAttemptTheErrorSaysHowOftenForHowLongAndWhy() throws IOException {
    RetryingStorage storage = storage(SETTINGS, 1);
    failing.failNext("open", 5);
    assertThatThrownBy(() -> storage.open(file))
        .isInstanceOf(RetriesExhaustedException.class)
        .hasMessage(
            "given up after 5 attempts in 2400 ms (source.retry.*), the last of which failed with"
                + " java.io.IOException: connection reset")
        .hasRootCauseMessage("connection reset");
    storage.open(file).close();
  }

  @Test
  void noAttemptBeginsAfterTheDeadline() {
    RetryingStorage storage =
        storage(
            new RetrySettings(
                100, Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofMillis(2400)),
            1);
    failing.failWhen((operation, path) -> true);
    assertThatThrownBy(() -> storage.list(folder.toUri().toString()))
        .hasMessageStartingWith("given up after 5 attempts in 2400 ms");
    assertThat(failing.asked()).hasSize(5);
  }

  @Test
  void pausesAreDrawnFromTheirUpperHalf() throws IOException {
    failing.failNext("list", 2);
    storage(SETTINGS, 0).list(folder.toUri().toString());
    assertThat(timer.pauses).containsExactly(100L, 200L);
  }

  @Test
  void aFileIsAtFaultOnlyIfItsFolderCanBeListed() {
    RetryingStorage storage = storage(SETTINGS, 1);
    failing.failWhen((operation, path) -> operation.equals("open"));
    assertThatThrownBy(() -> storage.open(file)).matches(RetriesExhaustedException::isOfFile);
    failing.failWhen((operation, path) -> true);
    assertThatThrownBy(() -> storage.open(file)).matches(e -> !isOfFile(e));
    assertThatThrownBy(() -> storage.list(folder.toUri().toString())).matches(e -> !isOfFile(e));
    assertThat(isOfFile(new IOException("another"))).isFalse();
  }

  @Test
  void whileTheStorageIsAwayNothingIsTriedAgain() throws IOException {
    RetryingStorage storage = storage(SETTINGS, 1);
    failing.failWhen((operation, path) -> true);
    assertThatThrownBy(() -> storage.open(file)).hasMessageStartingWith("given up after 5");
    assertThatThrownBy(() -> storage.open(file)).hasMessageStartingWith("given up after 1");
    failing.failNext("open", 1);
    assertThatThrownBy(() -> storage.open(file)).matches(e -> !isOfFile(e));
    storage.open(file).close();
    failing.failNext("open", 4);
    storage.open(file).close();
    assertThat(retries).hasValue(8);
  }

  private static boolean isOfFile(Throwable error) {
    return RetriesExhaustedException.isOfFile(error);
  }

  static Stream<IOException> whatDoesNotPass() {
    return Stream.of(
        new FileNotFoundException("gone"),
        new NoSuchFileException("gone"),
        new AccessDeniedException("secret"),
        new EOFException("the file ends"),
        new InterruptedIOException("cancelled"),
        new ClosedByInterruptException(),
        OtapException.of(OtapErrorKind.CORRUPT, "no Parquet"));
  }

  @ParameterizedTest
  @MethodSource
  void whatDoesNotPass(IOException failure) throws IOException {
    SeekableInput in = storage(SETTINGS, 1).open(file);
    failing.failWith(failure);
    failing.failNext("read", 1);
    assertThatThrownBy(() -> range(in, 0, 2)).isSameAs(failure);
    assertThat(retries).hasValue(0);
  }

  @Test
  void aTimeoutPasses() throws IOException {
    failing.failWith(new SocketTimeoutException("read timed out"));
    failing.failNext("open", 1);
    storage(SETTINGS, 1).open(file).close();
    assertThat(retries).hasValue(1);
  }

  @Test
  void aFileThatIsAnotherWhenItIsOpenedAgainIsNotReadOn() throws IOException {
    SeekableInput in = storage(SETTINGS, 1).open(file);
    failing.failNext("read", 1);
    failing.grow(1);
    assertThatThrownBy(() -> range(in, 0, 2))
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.MISSING_FILE))
        .hasMessageContaining("had 8 bytes and now has 9");
    assertThat(failing.asked()).endsWith("open", "close");
  }

  @Test
  void closingEndsThePausesOfAllThreads() throws Exception {
    RetryingStorage storage = waiting();
    CompletableFuture<Throwable> reader = failureOfListing(storage);
    assertThatThrownBy(() -> reader.get(50, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    storage.close();
    assertThat(reader.get(10, TimeUnit.SECONDS))
        .isInstanceOf(InterruptedIOException.class)
        .hasRootCauseMessage("connection reset");
    assertThat(failureOfListing(storage).get(10, TimeUnit.SECONDS))
        .isInstanceOf(InterruptedIOException.class);
  }

  @Test
  void anInterruptionEndsThePauseOfItsThread() throws Exception {
    RetryingStorage storage = waiting();
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    AtomicBoolean stayedInterrupted = new AtomicBoolean();
    CountDownLatch asked = new CountDownLatch(1);
    failing.failWhen(
        (operation, path) -> {
          asked.countDown();
          return true;
        });
    Thread reader =
        new Thread(
            () -> {
              Throwable thrown = failureOf(storage);
              stayedInterrupted.set(Thread.currentThread().isInterrupted());
              failure.complete(thrown);
            });
    reader.start();
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    reader.interrupt();
    assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    assertThat(stayedInterrupted).isTrue();
    assertThat(failing.asked()).hasSize(1);
  }

  /** A storage that is away, with a pause of an hour before the next attempt. */
  private RetryingStorage waiting() {
    failing.failWhen((operation, path) -> true);
    Duration hour = Duration.ofHours(1);
    return new RetryingStorage(
        failing, new RetrySettings(5, hour, hour, Duration.ofDays(1)), retries::incrementAndGet);
  }

  private CompletableFuture<Throwable> failureOfListing(RetryingStorage storage) {
    return CompletableFuture.supplyAsync(() -> failureOf(storage));
  }

  private Throwable failureOf(RetryingStorage storage) {
    try {
      storage.list(folder.toUri().toString());
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private RetryingStorage storage(RetrySettings settings, double random) {
    return new RetryingStorage(failing, settings, retries::incrementAndGet, timer, () -> random);
  }

  private static byte[] range(SeekableInput in, long position, int count) throws IOException {
    byte[] bytes = new byte[count + 2];
    in.readFully(position, bytes, 1, count);
    return java.util.Arrays.copyOfRange(bytes, 1, count + 1);
  }

  /** Time passes in pauses only. */
  private static final class ManualTimer implements RetryTimer {

    private final List<Long> pauses = new ArrayList<>();
    private long millis;

    @Override
    public long nanos() {
      return millis * 1_000_000;
    }

    @Override
    public boolean pause(long millis) {
      pauses.add(millis);
      this.millis += millis;
      return true;
    }

    @Override
    public void end() {
      throw new AssertionError("no test ends it");
    }
  }
}
