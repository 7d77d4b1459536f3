/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work is told in one sentence, with exit code 2, before anything starts. */
class RefusalTest {

  private static final String TARGETS =
      "otlp-file:DIR, parquet:DIR, otlp://HOST:PORT, otlps://HOST:PORT, otap://HOST:PORT, otaps://HOST:PORT, print:basic, print:normal,"
          + " print:detailed, null:";
  private static final String SET = TestData.parquet("logs-small").toString();

  @TempDir private Path folder;

  @Test
  void anUnknownArgument() {
    refused("Unknown option: '--form'; --help tells what there is", "--form");
  }

  @Test
  void anArgumentWithoutItsValue() {
    refused(
        "Missing required parameter for option '--from' (DIR); --help tells what there is",
        "--from");
  }

  @Test
  void aNumberThatIsNone() {
    refused(
        "Invalid value for option '--parallelism': 'many' is not an int; --help tells what there"
            + " is",
        "--parallelism",
        "many");
  }

  @Test
  void noSource() {
    refused(
        "say what to read: --from DIR, or --config FILE with a base_uri", "--to", "print:basic");
  }

  @Test
  void noTarget() {
    refused("say where to: --to with one of " + TARGETS, "--from", SET);
  }

  @Test
  void anUnknownTarget() {
    refused("there is no target kafka:x; use one of " + TARGETS, "--from", SET, "--to", "kafka:x");
    refused(
        "there is no print:loud; use print:basic, print:normal or print:detailed",
        "--from",
        SET,
        "--to",
        "print:loud");
    refused(
        "the target otlp-file: needs a folder, otlp-file:DIR", "--from", SET, "--to", "otlp-file:");
  }

  @Test
  void partitionColumns() {
    refused(
        "--partition-by does not know week; use date, hour",
        "--from",
        SET,
        "--to",
        "parquet:x",
        "--partition-by",
        "date,week");
    refused(
        "--partition-by names a column twice",
        "--from",
        SET,
        "--to",
        "parquet:x",
        "--partition-by",
        "date,date");
    refused(
        "--partition-by goes with parquet:DIR, not with null:",
        "--from",
        SET,
        "--to",
        "null:",
        "--partition-by",
        "date");
  }

  @Test
  void aTreeThatIsThere() {
    refused(
        "--overwrite does not remove a tree; remove it, or give another folder",
        "--from",
        SET,
        "--to",
        "parquet:x",
        "--overwrite");
    Run run = Run.of("--from", SET, "--to", "parquet:" + SET);
    assertThat(run.code()).isEqualTo(OtapReplay.REFUSED);
    assertThat(run.sentence()).startsWith("the target has something in it already: ");
  }

  @Test
  void following() {
    refused(
        "--follow needs --checkpoint-dir DIR, a folder where it can keep what it has done",
        "--from",
        SET,
        "--to",
        "null:",
        "--follow");
    for (String argument :
        List.of("--checkpoint-dir", "--checkpoint-interval", "--roll-age", "--roll-size")) {
      refused(argument + " goes with --follow", "--from", SET, "--to", "null:", argument, "1");
    }
    refusedToFollow(
        "--follow runs in this process, without --cluster; on a cluster submit a job of your own with"
            + " OtapStreams",
        "--cluster",
        "localhost:1");
    refusedToFollow("--follow never overwrites, leave --overwrite out", "--overwrite");
    refusedToFollow(
        "--checkpoint-interval is no duration: 10; write it like 500ms, 10s or 1m 30s",
        "--checkpoint-interval",
        "10");
    refusedToFollow(
        "--checkpoint-interval must be 10ms or more, not 1ms", "--checkpoint-interval", "1ms");
    refusedToFollow("--roll-size is no size: big; write it like 64mb or 1gb", "--roll-size", "big");
    refusedToFollow("say --follow instead of --option continuous", "--option", "continuous=false");
    refusedToFollow(
        "a replay has no side output for late rows, so on-late-children is count or fail; for"
            + " side-output build a job of your own with OtapStreams",
        "--option",
        "on-late-children=side-output");
    refused(
        "--checkpoint-dir must be a folder of this machine, not s3://bucket/a",
        "--from",
        SET,
        "--to",
        "null:",
        "--follow",
        "--checkpoint-dir",
        "s3://bucket/a");
  }

  @Test
  void followingWhatIsNotThere() {
    Path missing = folder.resolve("none");
    refused(
        "there is no folder " + missing,
        "--from",
        missing.toString(),
        "--to",
        "null:",
        "--follow",
        "--checkpoint-dir",
        folder.resolve("checkpoints").toString());
  }

  @Test
  void aNewRunInWhatIsThere() throws IOException {
    Path file = Files.writeString(Files.createDirectory(folder.resolve("out")).resolve("a"), "a");
    Run run =
        Run.of(
            "--from",
            SET,
            "--to",
            "otlp-file:" + file.getParent(),
            "--follow",
            "--checkpoint-dir",
            folder.resolve("checkpoints").toString());
    assertThat(run.code()).isEqualTo(OtapReplay.REFUSED);
    assertThat(run.sentence()).startsWith("the target has something in it already: ");
    refusedToFollow(
        "--checkpoint-dir and the target must not lie in each other: "
            + folder.resolve("checkpoints")
            + ", "
            + folder,
        "--to",
        "otlp-file:" + folder);
  }

  @Test
  void pace() {
    refused(
        "--rate takes records per second, like 1000/s, not 10/m",
        "--from",
        SET,
        "--to",
        "null:",
        "--rate",
        "10/m");
    refused(
        "--rate takes records per second, like 1000/s, not 0/s",
        "--from",
        SET,
        "--to",
        "null:",
        "--rate",
        "0/s");
    refused(
        "--speed takes a factor, like 1x or 10x, not fast",
        "--from",
        SET,
        "--to",
        "null:",
        "--speed",
        "fast");
    refused(
        "--rate and --speed exclude each other",
        "--from",
        SET,
        "--to",
        "null:",
        "--speed",
        "1x",
        "--rate",
        "1/s");
    refused(
        "--speed replays in the order of time and so with --parallelism 1, not 2",
        "--from",
        SET,
        "--to",
        "null:",
        "--speed",
        "1x",
        "--parallelism",
        "2");
  }

  @Test
  void anUnknownSignal() {
    refused(
        "there is no signal profiles; use logs, traces, metrics",
        "--from",
        SET,
        "--to",
        "null:",
        "--signals",
        "logs,profiles");
  }

  @Test
  void aSignalThatIsNotThere() {
    refused(
        "no traces in " + absolute(SET) + "; it has logs",
        "--from",
        SET,
        "--to",
        "null:",
        "--signals",
        "traces");
  }

  @Test
  void anUnknownOption() {
    Run run = Run.of("--from", SET, "--to", "null:", "--option", "bach-size=3");
    assertThat(run.code()).isEqualTo(OtapReplay.REFUSED);
    assertThat(run.sentence())
        .startsWith("there is no option source.bach-size; the source has source.signals, ")
        .contains("source.batch-size");
  }

  @Test
  void anOptionThatDoesNotFit() {
    refused(
        "option source.batch-size cannot be '0'; what fits is 1 to 65535",
        "--from",
        SET,
        "--to",
        "null:",
        "--option",
        "batch-size=0");
    refused(
        "option source.batch-size cannot be 'x'; what fits is a number of rows",
        "--from",
        SET,
        "--to",
        "null:",
        "--option",
        "source.batch-size=x");
  }

  @Test
  void anOptionWithoutAValue() {
    refused(
        "--option takes KEY=VALUE, not batch-size",
        "--from",
        SET,
        "--to",
        "null:",
        "--option",
        "batch-size");
  }

  @Test
  void parallelismOutOfRange() {
    refused(
        "--parallelism must be between 1 and 32768, not 0",
        "--from",
        SET,
        "--to",
        "null:",
        "--parallelism",
        "0");
  }

  @Test
  void noCluster() {
    refused(
        "--cluster must be HOST:PORT, like localhost:8081, not localhost",
        "--from",
        SET,
        "--to",
        "null:",
        "--cluster",
        "localhost");
    refused(
        "no Flink cluster answers at localhost:1; --cluster takes its REST address",
        "--from",
        SET,
        "--to",
        "null:",
        "--cluster",
        "localhost:1");
  }

  @Test
  void aMissingFolder() {
    Path missing = folder.resolve("none");
    refusedFolder("there is no folder " + missing, missing);
  }

  @Test
  void aFileInPlaceOfAFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "a");
    refusedFolder(file + " is a file, not a folder", file);
  }

  @Test
  void anEmptyFolder() {
    refusedFolder(folder + " is empty", folder);
  }

  @Test
  void aPathOneLevelTooDeep() {
    refusedFolder(
        absolute(SET)
            + "/logs is the folder of one table; give the folder above it: "
            + absolute(SET),
        Path.of(SET, "logs"));
  }

  @Test
  void aPathOneLevelTooHigh() {
    Run run = Run.of("--from", TestData.set("logs-small").toString(), "--to", "null:");
    assertThat(run.code()).isEqualTo(OtapReplay.REFUSED);
    assertThat(run.sentence()).contains("has no folder of a table").endsWith("parquet has");
  }

  @Test
  void aTruncatedFile() throws IOException {
    Path file = copyOfLogs();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    refusedFile("the file does not end with PAR1: it is cut off", file);
  }

  @Test
  void anEmptyFile() throws IOException {
    Path file = copyOfLogs();
    Files.write(file, new byte[0]);
    refusedFile("the file is empty", file);
  }

  @Test
  void aForeignFile() throws IOException {
    Path file = copyOfLogs();
    Files.writeString(file, "This is no Parquet file, whatever its name says.");
    refusedFile("this is not a Parquet file", file);
  }

  @Test
  void onlyChildRows() throws IOException {
    Path file = copyOfLogs();
    Files.delete(file);
    try (Stream<Path> files = Files.walk(Path.of(SET, "log_attrs"))) {
      Path source = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Path copy = folder.resolve("log_attrs").resolve(source.getFileName());
      Files.createDirectories(copy.getParent());
      Files.copy(source, copy);
    }
    refusedFolder(
        "no records in " + folder + ": only rows of log_attrs, whose records were not published",
        folder);
  }

  @Test
  void settingsThatAreNotThere() {
    Path file = folder.resolve("none.yaml");
    refused("there is no file " + file, "--config", file.toString(), "--to", "null:");
  }

  @Test
  void inspectionWithMore() {
    refused("--inspect DIR takes no other arguments", "--inspect", SET, "--overwrite");
  }

  @Test
  void anAddressThatIsNone() {
    refused(
        "the target otlp:collector:4317 must be otlp://HOST:PORT",
        "--from",
        SET,
        "--to",
        "otlp:collector:4317");
    refused(
        "option sink.endpoint cannot be 'collector'; what fits is HOST:PORT, like localhost:4317",
        "--from",
        SET,
        "--to",
        "otlps://collector");
  }

  @Test
  void optionsOfTheSinkThatCannotWork() {
    refused(
        "option sink.compression cannot be 'lz4'; what fits is none, gzip or zstd",
        "--from",
        SET,
        "--to",
        "otlp://localhost:4317",
        "--option",
        "sink.compression=lz4");
    refused(
        "the option sink.compression needs a target that takes it: otlp:// or otap://",
        "--from",
        SET,
        "--to",
        "null:",
        "--option",
        "sink.compression=gzip");
    Run run =
        Run.of(
            "--from",
            SET,
            "--to",
            "otlp://localhost:4317",
            "--option",
            "sink.headers=x-api-key:s3cr3t,b\u00e4d:s3cr3t");
    assertThat(run.code()).isEqualTo(OtapReplay.REFUSED);
    assertThat(run.sentence())
        .startsWith("option sink.headers cannot be 'b\u00e4d:...'; what fits is names of letters")
        .doesNotContain("s3cr3t");
  }

  @Test
  void helpAndVersion() {
    Run help = Run.of("--help");
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("--from", "--option", "Exit codes").doesNotContain("%n");
    assertThat(Run.of("--version").out()).isEqualTo("otap-replay 0.1.0\n");
  }

  private void refusedFile(String beginning, Path file) {
    Run run = Run.of("--from", folder.toString(), "--to", "null:");
    assertThat(run.code()).isEqualTo(OtapReplay.REFUSED);
    assertThat(run.sentence()).startsWith(beginning).contains(file.getFileName().toString());
  }

  private static void refusedFolder(String sentence, Path folder) {
    Run run = Run.of("--from", folder.toString(), "--to", "null:");
    assertThat(run.code()).isEqualTo(OtapReplay.REFUSED);
    assertThat(run.sentence()).isEqualTo(sentence);
    assertThat(run.out()).isEmpty();
  }

  private void refusedToFollow(String sentence, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--from", SET, "--follow"));
    arguments.addAll(List.of("--checkpoint-dir", folder.resolve("checkpoints").toString()));
    if (!List.of(more).contains("--to")) {
      arguments.addAll(List.of("--to", "null:"));
    }
    arguments.addAll(List.of(more));
    refused(sentence, arguments.toArray(String[]::new));
  }

  private static void refused(String sentence, String... args) {
    Run run = Run.of(args);
    assertThat(run.code()).isEqualTo(OtapReplay.REFUSED);
    assertThat(run.sentence()).isEqualTo(sentence);
    assertThat(run.out()).isEmpty();
  }

  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize().toString();
  }

  /** A tree with a single file of logs. */
  private Path copyOfLogs() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(SET, "logs"))) {
      Path source = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Path copy = folder.resolve("logs").resolve(source.getFileName());
      Files.createDirectories(copy.getParent());
      return Files.copy(source, copy);
    }
  }
}
