/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import io.otap.core.select.ReadSelection;
import io.otap.flink.source.reader.CutForm;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;

/**
 * Builds an {@link OtapSource}.
 *
 * <pre>{@code
 * OtapSource<OtapBatch> source =
 *     OtapSource.forBatches(new Path("s3://telemetry/otap"))
 *         .setSignals(Signal.LOGS, Signal.TRACES)
 *         .setOption(OtapSourceOptions.BATCH_SIZE, 4096)
 *         .build();
 * }</pre>
 *
 * <p>Only the paths are required. Without more, all signals are read with the defaults of {@link
 * OtapSourceOptions}.
 */
@PublicEvolving
public final class OtapSourceBuilder<T> {

  private final CutForm<T> form;
  private final List<Path> paths;
  private final Configuration options = new Configuration();
  private ReadSelection selection = ReadSelection.ALL;

  OtapSourceBuilder(CutForm<T> form, List<Path> paths) {
    this.form = form;
    this.paths = paths;
  }

  /** The signals to read; all that have rows if not called. */
  public OtapSourceBuilder<T> setSignals(Signal... signals) {
    return setOption(OtapSourceOptions.SIGNALS, Arrays.stream(signals).map(Signal::id).toList());
  }

  /**
   * Follows the trees as they grow, for ever.
   *
   * @param interval time between two listings
   */
  public OtapSourceBuilder<T> monitorContinuously(Duration interval) {
    return setOption(OtapSourceOptions.CONTINUOUS, true)
        .setOption(OtapSourceOptions.DISCOVERY_INTERVAL, interval);
  }

  /**
   * Reads what is wanted only. A job goes on from a checkpoint with what its splits were planned
   * for; for another selection begin anew.
   */
  public OtapSourceBuilder<T> setSelection(ReadSelection wanted) {
    selection = wanted;
    return this;
  }

  /** Sets one of {@link OtapSourceOptions}. */
  public <V> OtapSourceBuilder<T> setOption(ConfigOption<V> option, V value) {
    options.set(option, value);
    return this;
  }

  /** Sets the options that are in a configuration; keys of others are not looked at. */
  public OtapSourceBuilder<T> setOptions(Configuration configuration) {
    options.addAll(configuration);
    return this;
  }

  /**
   * @throws OtapException of kind CONFIG if an option is unknown or its value does not fit, or the
   *     selection does not fit the signals
   */
  public OtapSource<T> build() throws OtapException {
    if (paths.isEmpty()) {
      throw OtapException.of(OtapErrorKind.CONFIG, "the source has no path to read");
    }
    Configuration own = new Configuration();
    for (String key : options.keySet()) {
      if (key.startsWith(OtapSourceOptions.PREFIX)) {
        own.setString(key, options.toMap().get(key));
      }
    }
    SourceSettings settings = SourceSettings.of(own);
    if (settings.follow().readsLate() && !form.carriesLateRows()) {
      throw SourceSettings.sideOutputInReader();
    }
    for (Signal signal : settings.signals()) {
      selection.requireFits(signal);
    }
    return new OtapSource<>(form, paths, own, selection);
  }
}
