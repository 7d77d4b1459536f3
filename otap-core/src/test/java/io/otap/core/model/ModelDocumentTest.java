/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ModelDocumentTest {

  @Test
  void theDocumentSaysWhatTheModelIs() throws IOException {
    Path document = TestData.root().toAbsolutePath().resolveSibling("docs").resolve("MODEL.md");
    if ("write".equals(System.getProperty("otap.docs"))) {
      Files.createDirectories(document.getParent());
      Files.writeString(document, ModelDocument.text());
    }
    assertThat(document).hasContent(ModelDocument.text());
  }
}
