/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The recorded sets under {@code testdata/}: trees of the real exporter with the requests that were
 * sent.
 */
public final class TestData {

  private TestData() {}

  public static Path root() {
    String configured = System.getProperty("otap.testdata");
    Path path = Path.of(configured == null ? "testdata" : configured);
    return Files.isDirectory(path) ? path : Path.of("..").resolve("testdata");
  }

  /** The folder of a set. */
  public static Path set(String name) {
    return root().resolve(name);
  }

  /** The Parquet tree of a set. */
  public static Path parquet(String name) {
    return set(name).resolve("parquet");
  }

  /** The requests of a set, as {@code logs.binpb}, {@code traces.binpb}, {@code metrics.binpb}. */
  public static Path expected(String name) {
    return set(name).resolve("expected");
  }

  /** All sets, sorted. */
  public static List<String> sets() {
    try (Stream<Path> dirs = Files.list(root())) {
      return dirs.filter(d -> Files.isDirectory(d.resolve("expected")))
          .map(d -> d.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
