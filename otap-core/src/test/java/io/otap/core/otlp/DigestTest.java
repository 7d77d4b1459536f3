/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The comparison gives the same digests as the Python tool, for every set. */
class DigestTest {

  @Test
  void digestsAreThoseOfThePythonTool() throws IOException {
    TreeMap<String, String> actual = new TreeMap<>();
    for (String set : TestData.sets()) {
      OtlpRecords records =
          new OtlpRecords(ComparisonProfile.PARQUET).addFolder(TestData.expected(set));
      for (Signal signal : Signal.values()) {
        OtlpRecords.Digest digest = records.digest(signal);
        if (digest.records() > 0) {
          actual.put(set + "." + signal.id(), digest.records() + " " + digest.sum());
        }
      }
    }
    Properties expected = new Properties();
    try (InputStream in = getClass().getResourceAsStream("/digests.properties")) {
      expected.load(in);
    }
    assertThat(actual).isEqualTo(new TreeMap<Object, Object>(expected));
  }
}
