/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.examples.replay.OtapReplay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs docs/TOUR.md: its commands in a shell, as they stand there, and compares what they show. */
class TourITCase {

  private static final Pattern STEP =
      Pattern.compile("```sh\\n(?<commands>.*?)```\\n```text\\n(?<shown>.*?)```", Pattern.DOTALL);
  private static final Pattern SHELL = Pattern.compile("^```sh$", Pattern.MULTILINE);
  private static final long PATIENCE_MINUTES = 5;

  @TempDir private Path folder;

  /** A folder like that of the repository, with commands that run the classes under test. */
  @BeforeEach
  void furnish() throws IOException {
    command("otap-sql", OtapSql.class);
    command("otap-replay", OtapReplay.class);
    Files.createSymbolicLink(folder.resolve("testdata"), TestData.root().toRealPath());
  }

  @TestFactory
  List<DynamicTest> everyStepShowsWhatTheTourSays() throws IOException {
    String tour = Files.readString(TestData.root().toRealPath().resolveSibling("docs/TOUR.md"));
    List<MatchResult> steps = STEP.matcher(tour).results().toList();
    assertThat(steps).hasSize((int) SHELL.matcher(tour).results().count()).hasSizeGreaterThan(4);
    return steps.stream()
        .map(
            step ->
                DynamicTest.dynamicTest(
                    step.group(1).strip(),
                    () -> assertThat(shown(step.group(1))).isEqualTo(step.group(2))))
        .toList();
  }

  private String shown(String commands) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process shell =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(shell.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).as("it ends").isTrue();
    assertThat(shell.exitValue()).as(Files.readString(err)).isZero();
    return Files.readString(out).replace("\r\n", "\n");
  }

  private void command(String name, Class<?> main) throws IOException {
    Path script = folder.resolve("bin").resolve(name);
    Files.createDirectories(script.getParent());
    Files.writeString(
        script,
        "#!/usr/bin/env bash\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx1g -cp '%s' %s \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                main.getName()));
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }
}
