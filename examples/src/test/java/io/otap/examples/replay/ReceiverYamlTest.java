/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.error.OtapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverYamlTest {

  @TempDir private Path folder;

  @Test
  void aBareBlock() throws IOException {
    FileSettings settings =
        read(
            """
            base_uri: file:///data/otap
            signal_types: [logs, traces]
            polling_interval: 1m 30s
            processing_options:
              batch_size: 500
              min_file_age: 5s
              validate_relations: true
            """);
    assertThat(settings.from()).isEqualTo("file:///data/otap");
    assertThat(settings.signals()).isEqualTo(List.of("logs", "traces"));
    assertThat(settings.options())
        .isEqualTo(
            Map.of(
                "source.batch-size",
                "500",
                "source.validate-relations",
                "true",
                "source.min-file-age",
                "5000 ms",
                "source.discovery-interval",
                "90000 ms"));
  }

  @Test
  void aRelativeFolderCountsFromTheFile() throws IOException {
    assertThat(read("base_uri: data/otap").from()).isEqualTo(folder + "/data/otap");
  }

  @Test
  void insideNodes() throws IOException {
    FileSettings settings =
        read(
            """
            nodes:
              parquet:
                kind: receiver
                plugin_urn: "urn:otap:parquet:receiver"
                config:
                  base_uri: /data/otap
                  signal_types: [logs]
              out:
                kind: exporter
                config:
                  base_uri: /elsewhere
            """);
    assertThat(settings.from()).isEqualTo("/data/otap");
  }

  @Test
  void severalReceiversAreRefused() {
    refused(
        "several receivers under nodes in FILE have a base_uri: [a, b]",
        """
        nodes:
          a: {kind: receiver, config: {base_uri: /a}}
          b: {kind: receiver, config: {base_uri: /b}}
        """);
  }

  @Test
  void noReceiverIsRefused() {
    refused(
        "no receiver under nodes in FILE has a config with base_uri",
        "nodes: {a: {kind: receiver, config: {}}}");
  }

  @Test
  void unknownKeysAreRefusedByName() {
    refused(
        "unknown key base_url in FILE; known are base_uri, signal_types, polling_interval,"
            + " processing_options",
        "base_url: /data");
    refused(
        "unknown key processing_options.batchsize in FILE; known are batch_size, min_file_age,"
            + " validate_relations",
        """
        base_uri: /data
        processing_options: {batchsize: 3}
        """);
  }

  @Test
  void valuesOfTheWrongKindAreRefused() {
    refused(
        "polling_interval is no duration: soon; write it like 500ms, 10s or 1m 30s",
        "{base_uri: /a, polling_interval: soon}");
    refused(
        "validate_relations in FILE must be true or false",
        "{base_uri: /a, processing_options: {validate_relations: maybe}}");
    refused(
        "signal_types in FILE must be a list, like [logs, traces]",
        "{base_uri: /a, signal_types: logs}");
    refused("processing_options in FILE must be a block of keys", "processing_options: 3");
    refused("the file in FILE must be a block of keys", "just text");
  }

  @Test
  void brokenYamlIsRefusedWithItsLine() {
    assertThatThrownBy(() -> read("base_uri: /a\nsignal_types: [logs"))
        .isInstanceOf(OtapException.class)
        .hasMessageContaining("is no YAML: ")
        .hasMessageContaining(" in line 2");
  }

  @Test
  void theCommandLineWins() throws IOException {
    ReplayArguments arguments = new ReplayArguments();
    arguments.config = write("{base_uri: /a, processing_options: {batch_size: 3}}").toString();
    arguments.to = "null:";
    arguments.options.add("batch-size=7");
    arguments.from = "/b";
    ReplaySettings settings = ReplaySettings.of(arguments);
    assertThat(settings.from()).isEqualTo("/b");
    assertThat(settings.options()).isEqualTo(Map.of("source.batch-size", "7"));
  }

  private void refused(String sentence, String yaml) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(OtapException.class)
        .hasMessage(sentence.replace("FILE", folder.resolve("settings.yaml").toString()));
  }

  private FileSettings read(String yaml) throws IOException {
    return ReceiverYaml.read(write(yaml));
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("settings.yaml"), yaml);
  }
}
