/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import io.otap.examples.command.Refusal;
import io.otap.examples.pace.Pace;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import io.otap.flink.source.OnLateChildren;
import io.otap.flink.source.OtapSourceOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is to be done, checked as far as that is possible without looking at files.
 *
 * @param signals empty for all that are there
 * @param options of source and sink, by full name; may hold secrets
 * @param following null for a replay with an end
 * @param pace null for as fast as possible
 * @param cluster null for a cluster in this process
 * @param notes sentences for the user
 */
record ReplaySettings(
    String from,
    Set<Signal> signals,
    Target target,
    Map<String, String> options,
    int parallelism,
    boolean overwrite,
    Following following,
    Pace pace,
    ClusterAddress cluster,
    List<String> notes) {

  private static final FileSettings NO_FILE = new FileSettings(null, List.of(), Map.of());
  private static final String PREFIX = "source.";

  static ReplaySettings of(ReplayArguments arguments) throws OtapException {
    FileSettings file =
        arguments.config == null ? NO_FILE : ReceiverYaml.read(Path.of(arguments.config));
    String from = arguments.from == null ? file.from() : arguments.from;
    if (from == null) {
      throw Refusal.because(
          arguments.config == null
              ? "say what to read: --from DIR, or --config FILE with a base_uri"
              : arguments.config + " has no base_uri, and there is no --from");
    }
    if (arguments.to == null) {
      throw Refusal.because("say where to: --to with one of " + Target.KNOWN);
    }
    Map<String, String> options = new LinkedHashMap<>(file.options());
    for (String option : arguments.options) {
      int equals = option.indexOf('=');
      if (equals < 1) {
        throw Refusal.because("--option takes KEY=VALUE, not " + option);
      }
      options.put(fullName(option.substring(0, equals)), option.substring(equals + 1));
    }
    List<String> signals = arguments.signals.isEmpty() ? file.signals() : arguments.signals;
    Set<Signal> chosen = signals(signals);
    String signalsOption = options.remove(PREFIX + "signals");
    if (signalsOption != null && chosen.isEmpty()) {
      chosen = signals(List.of(signalsOption.split("[;,]")));
    }
    List<String> notes = new ArrayList<>();
    Target target = Target.parse(arguments.to, arguments.partitionBy);
    if (arguments.overwrite && target instanceof Target.Parquet) {
      throw Refusal.because(
          "--overwrite does not remove a tree; remove it, or give another folder");
    }
    if (arguments.overwrite && !(target instanceof Target.OtlpFile)) {
      notes.add("--overwrite has no effect: " + arguments.to + " leaves nothing behind");
    }
    Following following = Following.of(arguments);
    if (options.containsKey(OtapSourceOptions.CONTINUOUS.key())) {
      throw Refusal.because("say --follow instead of --option continuous");
    }
    if (OnLateChildren.SIDE_OUTPUT
        .toString()
        .equalsIgnoreCase(options.get(OtapSourceOptions.ON_LATE_CHILDREN.key()))) {
      throw Refusal.because(
          "a replay has no side output for late rows, so on-late-children is count or fail; for"
              + " side-output build a job of your own with OtapStreams");
    }
    if (following == null
        && file.options().containsKey(OtapSourceOptions.DISCOVERY_INTERVAL.key())) {
      notes.add(
          "polling_interval has no effect without --follow: a replay reads what is there"
              + " once and ends with it");
    }
    Pace pace = PaceArguments.of(arguments.rate, arguments.speed);
    return new ReplaySettings(
        from,
        chosen,
        target,
        options,
        parallelism(arguments.parallelism, pace),
        arguments.overwrite,
        following,
        pace,
        arguments.cluster == null ? null : ClusterAddress.parse(arguments.cluster),
        notes);
  }

  private static String fullName(String key) {
    return key.startsWith(PREFIX) || key.startsWith(GrpcSinkOptions.PREFIX) ? key : PREFIX + key;
  }

  private static int parallelism(Integer asked, Pace pace) throws OtapException {
    if (pace != null && pace.needsOrder()) {
      if (asked != null && asked != 1) {
        throw Refusal.because(
            "--speed replays in the order of time and so with --parallelism 1, not " + asked);
      }
      return 1;
    }
    int parallelism = asked == null ? Runtime.getRuntime().availableProcessors() : asked;
    if (parallelism < 1 || parallelism > 1 << 15) {
      throw Refusal.because("--parallelism must be between 1 and 32768, not " + parallelism);
    }
    return parallelism;
  }

  private static Set<Signal> signals(List<String> names) throws OtapException {
    Set<Signal> signals = new TreeSet<>();
    for (String name : names) {
      signals.add(
          Arrays.stream(Signal.values())
              .filter(s -> s.id().equals(name.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      Refusal.because(
                          "there is no signal "
                              + name.strip()
                              + "; use "
                              + Arrays.stream(Signal.values())
                                  .map(Signal::id)
                                  .collect(Collectors.joining(", ")))));
    }
    return signals;
  }
}
