/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.error.OtapException;
import io.otap.examples.command.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The jars that a cluster needs for the job: all that Flink does not have itself. */
final class JobJars {

  private JobJars() {}

  /** Absolute paths; the build puts the files there. */
  static String[] paths() throws OtapException {
    Path target = Path.of(System.getProperty("otap.home", "."), "examples", "target");
    try (Stream<Path> own = Files.list(target);
        Stream<Path> lib = Files.list(target.resolve("lib"))) {
      return Stream.concat(own, lib)
          .filter(file -> file.getFileName().toString().endsWith(".jar"))
          .map(file -> file.toAbsolutePath().normalize().toString())
          .toArray(String[]::new);
    } catch (IOException e) {
      throw Refusal.because("the jars of the job are not built: no " + target.resolve("lib"));
    }
  }
}
