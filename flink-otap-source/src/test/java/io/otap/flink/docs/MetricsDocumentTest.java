/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.docs;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {

  @Test
  void theDocumentSaysWhatTheMetricsAre() throws IOException {
    DocumentFile.assertSays("METRICS.md", MetricsDocument.text());
  }
}
