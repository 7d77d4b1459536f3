/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.rolling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommittedOutputTest {

  @TempDir Path folder;

  @Test
  void aNameTellsWhereItIsFrom() {
    OutputName name = new OutputName("run-7", 3, 41, 2);
    assertThat(name.file("part-1-uuid", ".parquet")).isEqualTo("part-1-uuid.run-7.3.41.2.parquet");
    assertThat(OutputName.of("part-1-uuid.run-7.3.41.2.parquet")).isEqualTo(name);
    assertThat(OutputName.of("part-1-uuid.parquet")).isNull();
    assertThat(OutputName.of("logs.run-7.3.41.99999999999999999999.binpb")).isNull();
    assertThatThrownBy(() -> new OutputName("a.b", 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a.b'");
  }

  @Test
  void laterFilesOfTheRunAreMovedRootsFirst() throws IOException {
    file("log_attrs/_part_id=p/part-1.r.0.5.0.parquet");
    file("logs/_part_id=p/part-1.r.0.5.1.parquet");
    file("log_attrs/_part_id=p/part-2.r.0.4.0.parquet");
    file("logs/_part_id=p/part-3.other.0.9.0.parquet");
    file("logs/_part_id=p/part-1-of-somebody.parquet");
    file(".staging-r/logs/part-4.r.0.9.0.parquet");
    CommittedOutput output =
        new CommittedOutput(new org.apache.flink.core.fs.Path(folder.toUri()), "r");
    List<String> later =
        List.of(
            "logs/_part_id=p/part-1.r.0.5.1.parquet",
            "log_attrs/_part_id=p/part-1.r.0.5.0.parquet");
    assertThat(output.after(4))
        .extracting(p -> folder.relativize(Path.of(p.getPath())).toString())
        .containsExactlyElementsOf(later);
    assertThat(output.supersede(4))
        .extracting(p -> folder.relativize(Path.of(p.getPath())).toString())
        .containsExactlyElementsOf(later.stream().map(p -> "superseded/" + p).toList());
    assertThat(later).allSatisfy(p -> assertThat(folder.resolve(p)).doesNotExist());
    assertThat(folder.resolve("superseded/logs/_part_id=p/part-1.r.0.5.1.parquet")).hasContent("x");
    assertThat(Recorded.files(folder)).hasSize(3);
    assertThat(output.after(4)).isEmpty();
    assertThat(output.supersede(4)).isEmpty();
  }

  @Test
  void aTargetThatIsNotThereHasNothing() throws IOException {
    Path none = folder.resolve("none");
    assertThat(new CommittedOutput(new org.apache.flink.core.fs.Path(none.toUri()), "r").after(-1))
        .isEmpty();
  }

  private void file(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }
}
