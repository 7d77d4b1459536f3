/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.command;

import io.otap.core.error.OtapException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Folders as given: a path, a {@code file:} URI, or a URI of another file system of Flink. */
public final class Folder {

  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]+:.*");

  private Folder() {}

  /** The path that storage takes. */
  public static String of(String given) throws OtapException {
    String path = given;
    if (given.startsWith("file:")) {
      try {
        path = new URI(given).getPath();
      } catch (URISyntaxException e) {
        throw Refusal.because("no URI of a folder: " + given);
      }
    } else if (SCHEME.matcher(given).matches()) {
      return given;
    }
    if (path == null || path.isEmpty()) {
      throw Refusal.because("no folder: " + given);
    }
    if (Files.isRegularFile(Path.of(path))) {
      throw Refusal.because(path + " is a file, not a folder");
    }
    return Path.of(path).toAbsolutePath().normalize().toString();
  }
}
