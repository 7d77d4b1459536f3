/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An artifact that the build put into the jar. */
record BundledArtifact(String group, String name, String version, Path file) {

  private static final Pattern LINE =
      Pattern.compile(
          "\\s+(?<group>[^:]+):(?<name>[^:]+):jar:(?<version>[^:]+):(?:compile|runtime):(?<file>\\S+).*");

  /** All of them, as Maven listed them; ours included. */
  static List<BundledArtifact> all() throws IOException {
    try (var lines = Files.lines(Path.of(System.getProperty("otap.bundled")))) {
      return lines.map(LINE::matcher).filter(Matcher::matches).map(BundledArtifact::of).toList();
    }
  }

  private static BundledArtifact of(Matcher line) {
    return new BundledArtifact(
        line.group("group"),
        line.group("name"),
        line.group("version"),
        Path.of(line.group("file")));
  }

  boolean isOurs() {
    return group.equals("io.otap");
  }

  String coordinates() {
    return group + ":" + name + ":" + version;
  }
}
