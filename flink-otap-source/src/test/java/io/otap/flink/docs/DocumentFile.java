/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated file in {@code docs/}: compared, or written if {@code otap.docs} says so. */
final class DocumentFile {

  private DocumentFile() {}

  static void assertSays(String name, String text) throws IOException {
    Path document = TestData.root().toAbsolutePath().resolveSibling("docs").resolve(name);
    if ("write".equals(System.getProperty("otap.docs"))) {
      Files.writeString(document, text);
    }
    assertThat(document).hasContent(text);
  }
}
