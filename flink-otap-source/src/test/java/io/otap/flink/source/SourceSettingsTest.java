/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import io.otap.core.scan.ReadOptions;
import io.otap.flink.source.storage.RetrySettings;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceSettingsTest {

  @Test
  void withoutOptionsTheDefaultsOfTheReaderHold() throws OtapException {
    SourceSettings settings = SourceSettings.of(new Configuration());
    assertThat(settings.read()).isEqualTo(ReadOptions.DEFAULT);
    assertThat(settings.signals()).isEmpty();
    assertThat(settings.splitSize()).isEqualTo(128L << 20);
    assertThat(settings.openSplits()).isEqualTo(1);
    assertThat(settings.retry())
        .isEqualTo(
            new RetrySettings(
                5, Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofMinutes(2)));
  }

  @Test
  void optionsAreRead() throws OtapException {
    SourceSettings settings =
        SourceSettings.of(
            Configuration.fromMap(
                Map.of(
                    "source.signals", "traces;Logs",
                    "source.batch-size", "100",
                    "source.batch-bytes", "2 mb",
                    "source.split-size", "1 gb",
                    "source.recovery", "strict",
                    "source.validate-relations", "true",
                    "source.reader-memory", "10 mb",
                    "other.key", "x")));
    assertThat(settings.signals()).containsExactlyInAnyOrder(Signal.TRACES, Signal.LOGS);
    assertThat(settings.splitSize()).isEqualTo(1L << 30);
    assertThat(settings.read())
        .isEqualTo(new ReadOptions(100, 2 << 20, RecoveryPolicy.STRICT, true, 10 << 20));
  }

  @ParameterizedTest
  @CsvSource({
    "source.batch-size, 0, 1 to 65535",
    "source.batch-size, 65536, 1 to 65535",
    "source.batch-size, many, a number",
    "source.batch-bytes, 0 b, a byte or more",
    "source.split-size, large, a size such as",
    "source.recovery, sure, 'strict, likely, guess or fail'",
    "source.validate-relations, maybe, true or false",
    "source.signals, logs;profiles, 'logs, traces, metrics'",
    "source.reader-memory, -1 mb, a size",
    "source.max-open-splits, 0, 1 or more",
    "source.retry.max-attempts, 0, 1 or more",
    "source.retry.initial-backoff, 0 s, a millisecond or more",
    "source.retry.max-backoff, 100 ms, source.retry.initial-backoff",
    "source.retry.deadline, soon, a time such as",
    "source.on-late-children, side-output, source.assembly = keyed",
    "source.on-late-children, keep, 'fail, count or side-output'",
    "source.batchsize, 1, source.batch-size"
  })
  void whatDoesNotFitIsNamed(String key, String value, String fits) {
    Configuration options = Configuration.fromMap(Map.of(key, value));
    assertThatThrownBy(() -> OtapSource.forBatches(new Path("/x")).setOptions(options).build())
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.CONFIG))
        .hasMessageContaining(key)
        .hasMessageContaining(fits);
  }

  @Test
  void lateRowsGoToASideOutputOnlyWhereThereIsOne() throws OtapException {
    Configuration options =
        new Configuration().set(OtapSourceOptions.ON_LATE_CHILDREN, OnLateChildren.SIDE_OUTPUT);
    OtapSource.forSlices(new Path("/x")).setOptions(options).build();
    assertThat(SourceSettings.of(options).follow().readsLate()).isTrue();
    options.set(OtapSourceOptions.ASSEMBLY, Assembly.READER);
    assertThatThrownBy(() -> OtapSource.forSlices(new Path("/x")).setOptions(options).build())
        .isInstanceOfSatisfying(
            OtapException.class, e -> assertThat(e.kind()).isEqualTo(OtapErrorKind.CONFIG))
        .hasMessageContaining("on-late-children cannot be 'side-output'")
        .hasMessageContaining("source.assembly = keyed");
  }

  @Test
  void optionsOfTheReaderBaseMayBeSet() throws OtapException {
    OtapSource.forBatches(new Path("/x"))
        .setOption(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY, 1)
        .build();
  }

  @Test
  void aPathIsNeeded() {
    assertThatThrownBy(() -> OtapSource.forBatches().build()).hasMessageContaining("no path");
  }

  @Test
  void everyOptionHasThePrefix() {
    assertThat(OtapSourceOptions.ALL)
        .extracting(ConfigOption::key)
        .allMatch(key -> key.startsWith(OtapSourceOptions.PREFIX))
        .doesNotHaveDuplicates();
  }
}
