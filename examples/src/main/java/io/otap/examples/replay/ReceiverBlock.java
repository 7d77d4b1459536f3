/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.error.OtapException;
import io.otap.examples.command.Refusal;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of a receiver's block, each checked; unknown ones are refused by name. */
final class ReceiverBlock {

  private static final List<String> KEYS =
      List.of("base_uri", "signal_types", "polling_interval", "processing_options");
  private static final List<String> PROCESSING_KEYS =
      List.of("batch_size", "min_file_age", "validate_relations");

  private final Path file;
  private final Map<String, String> options = new LinkedHashMap<>();

  private ReceiverBlock(Path file) {
    this.file = file;
  }

  static FileSettings read(Path file, Map<?, ?> block) throws OtapException {
    return new ReceiverBlock(file).settings(block);
  }

  private FileSettings settings(Map<?, ?> block) throws OtapException {
    refuseUnknown("", block.keySet(), KEYS);
    if (block.get("polling_interval") != null) {
      options.put(
          "source.discovery-interval",
          HumanDuration.parse("polling_interval", scalar("polling_interval", block)).toMillis()
              + " ms");
    }
    if (block.get("processing_options") != null) {
      processing(ReceiverYaml.map(file, "processing_options", block.get("processing_options")));
    }
    return new FileSettings(from(block), signals(block), options);
  }

  private void processing(Map<?, ?> block) throws OtapException {
    refuseUnknown("processing_options.", block.keySet(), PROCESSING_KEYS);
    if (block.get("batch_size") != null) {
      options.put("source.batch-size", scalar("batch_size", block));
    }
    if (block.get("validate_relations") != null) {
      if (!(block.get("validate_relations") instanceof Boolean validate)) {
        throw Refusal.because("validate_relations in " + file + " must be true or false");
      }
      options.put("source.validate-relations", validate.toString());
    }
    if (block.get("min_file_age") != null) {
      options.put(
          "source.min-file-age",
          HumanDuration.parse("min_file_age", scalar("min_file_age", block)).toMillis() + " ms");
    }
  }

  /** A folder or {@code file:} URI; a relative folder counts from the YAML file. */
  private String from(Map<?, ?> block) throws OtapException {
    if (block.get("base_uri") == null) {
      return null;
    }
    String uri = scalar("base_uri", block);
    if (uri.contains("://") || uri.startsWith("file:") || uri.startsWith("/")) {
      return uri;
    }
    return file.toAbsolutePath().resolveSibling(uri).normalize().toString();
  }

  private List<String> signals(Map<?, ?> block) throws OtapException {
    Object value = block.get("signal_types");
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof Collection<?> list)) {
      throw Refusal.because("signal_types in " + file + " must be a list, like [logs, traces]");
    }
    return list.stream().map(String::valueOf).toList();
  }

  private String scalar(String key, Map<?, ?> block) throws OtapException {
    Object value = block.get(key);
    if (value instanceof Map || value instanceof Collection) {
      throw Refusal.because(key + " in " + file + " must be a single value");
    }
    return String.valueOf(value);
  }

  private void refuseUnknown(String prefix, Collection<?> keys, List<String> known)
      throws OtapException {
    for (Object key : keys) {
      if (!known.contains(String.valueOf(key))) {
        throw Refusal.because(
            "unknown key "
                + prefix
                + key
                + " in "
                + file
                + "; known are "
                + String.join(", ", known));
      }
    }
  }
}
