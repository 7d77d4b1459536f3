/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.storage;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A storage that is asked again when it fails for a reason that may pass: every listing, every
 * opening of a file and every read of a range by itself, with pauses that grow. A read that failed
 * opens the file again. When the storage is away as a whole, nothing is tried again until something
 * succeeds.
 *
 * <p>Closing it, like interrupting a thread, ends the pauses at once. Reads that wait fail then.
 */
@Internal
public final class RetryingStorage implements Storage, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RetryingStorage.class);

  private final Storage storage;
  private final RetrySettings settings;
  private final Runnable retried;
  private final RetryTimer timer;
  private final DoubleSupplier random;

  /** Whether nothing could be read last. Then it is no use to try each of many files for long. */
  private volatile boolean away;

  /**
   * @param retried told of each attempt that is not the first; by several threads
   */
  public RetryingStorage(Storage storage, RetrySettings settings, Runnable retried) {
    this(
        storage,
        settings,
        retried,
        RetryTimer.real(),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  RetryingStorage(
      Storage storage,
      RetrySettings settings,
      Runnable retried,
      RetryTimer timer,
      DoubleSupplier random) {
    this.storage = storage;
    this.settings = settings;
    this.retried = retried;
    this.timer = timer;
    this.random = random;
  }

  @Override
  public List<Entry> list(String folder) throws IOException {
    return retry("list", folder, () -> storage.list(folder), () -> false);
  }

  @Override
  public SeekableInput open(String file) throws IOException {
    SeekableInput opened =
        retry("open", file, () -> storage.open(file), () -> canListFolderOf(file));
    return new ReopenedInput(file, opened);
  }

  @Override
  public void close() {
    timer.end();
  }

  @FunctionalInterface
  private interface Attempt<T> {
    T run() throws IOException;
  }

  private <T> T retry(String action, String path, Attempt<T> attempt, BooleanSupplier restIsThere)
      throws IOException {
    long start = timer.nanos();
    for (int attempts = 1; ; attempts++) {
      try {
        T result = attempt.run();
        away = false;
        return result;
      } catch (IOException e) {
        if (!mayPass(e)) {
          throw e;
        }
        long elapsed = (timer.nanos() - start) / 1_000_000;
        long pause = settings.pauseMillis(attempts, random.getAsDouble());
        if (away
            || attempts >= settings.maxAttempts()
            || elapsed + pause > settings.deadline().toMillis()) {
          boolean ofFile = !away && restIsThere.getAsBoolean();
          away = !ofFile;
          throw new RetriesExhaustedException(attempts, elapsed, ofFile, e);
        }
        LOG.warn(
            "Could not {} {} (attempt {} of {}), trying again in {} ms: {}",
            action,
            path,
            attempts,
            settings.maxAttempts(),
            pause,
            e.toString());
        pause(pause, e);
        retried.run();
      }
    }
  }

  private void pause(long millis, IOException failure) throws IOException {
    try {
      if (timer.pause(millis)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    InterruptedIOException stopped =
        new InterruptedIOException("stopped while it waited after " + failure);
    stopped.initCause(failure);
    throw stopped;
  }

  /** Whether the same may succeed when it is done again. */
  private static boolean mayPass(IOException failure) {
    boolean lasts =
        failure instanceof OtapException
            || failure instanceof FileNotFoundException
            || failure instanceof NoSuchFileException
            || failure instanceof NotDirectoryException
            || failure instanceof AccessDeniedException
            || failure instanceof EOFException
            || failure instanceof UnsupportedFileSystemSchemeException
            || failure instanceof ClosedByInterruptException
            || failure instanceof InterruptedIOException
                && !(failure instanceof SocketTimeoutException);
    return !lasts && !Thread.currentThread().isInterrupted();
  }

  private boolean canListFolderOf(String file) {
    try {
      storage.list(new Path(file).getParent().toString());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A file that is opened again after a read has failed. For one thread. */
  private final class ReopenedInput implements SeekableInput {

    private final String file;
    private final long length;

    /** Null after a read that failed. */
    private SeekableInput in;

    ReopenedInput(String file, SeekableInput in) {
      this.file = file;
      this.length = in.length();
      this.in = in;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int count) throws IOException {
      retry(
          "read",
          file,
          () -> {
            read(position, buffer, offset, count);
            return null;
          },
          () -> canListFolderOf(file));
    }

    private void read(long position, byte[] buffer, int offset, int count) throws IOException {
      if (in == null) {
        in = reopened();
      }
      try {
        in.readFully(position, buffer, offset, count);
      } catch (IOException e) {
        abandon(e);
        throw e;
      }
    }

    private SeekableInput reopened() throws IOException {
      SeekableInput again = storage.open(file);
      if (again.length() == length) {
        return again;
      }
      try (again) {
        throw OtapException.of(
            OtapErrorKind.MISSING_FILE,
            "the file was replaced while it was read: it had "
                + length
                + " bytes and now has "
                + again.length()
                + "; do not change files while they are read, and run again");
      }
    }

    private void abandon(IOException failure) {
      try {
        close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }

    @Override
    public void close() throws IOException {
      SeekableInput open = in;
      in = null;
      if (open != null) {
        open.close();
      }
    }
  }
}
