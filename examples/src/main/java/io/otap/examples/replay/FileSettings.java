/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import java.util.List;
import java.util.Map;

/**
 * What a YAML file of a receiver says.
 *
 * @param from the folder to read
 * @param signals names of signals; empty for all that are there
 * @param options options of the source
 */
record FileSettings(String from, List<String> signals, Map<String, String> options) {

  FileSettings {
    signals = List.copyOf(signals);
    options = Map.copyOf(options);
  }
}
