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
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The comparison gives the same digests as the Python tool, for every set and for random requests.
 */
class DigestTest {

  @Test
  void digestsAreThoseOfThePythonTool() throws IOException {
    TreeMap<String, String> actual = new TreeMap<>();
    for (String set : TestData.sets()) {
      put(
          set,
          new OtlpRecords(ComparisonProfile.PARQUET).addFolder(TestData.expected(set)),
          actual);
    }
    // The tool knows no other.
    for (ComparisonProfile profile : List.of(ComparisonProfile.EXACT, ComparisonProfile.PARQUET)) {
      OtlpRecords records = new OtlpRecords(profile);
      for (long seed = 0; seed < 100; seed++) {
        RandomRequests random = new RandomRequests(seed);
        records.add(random.logs()).add(random.traces()).add(random.metrics());
      }
      put("random-" + profile.id(), records, actual);
    }
    Properties expected = new Properties();
    try (InputStream in = getClass().getResourceAsStream("/digests.properties")) {
      expected.load(in);
    }
    assertThat(actual).isEqualTo(new TreeMap<Object, Object>(expected));
  }

  private static void put(String set, OtlpRecords records, TreeMap<String, String> out) {
    for (Signal signal : Signal.values()) {
      OtlpRecords.Digest digest = records.digest(signal);
      if (digest.records() > 0) {
        out.put(set + "." + signal.id(), digest.records() + " " + digest.sum());
      }
    }
  }
}
