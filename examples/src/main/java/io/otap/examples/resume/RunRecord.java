/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.resume;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a run is, beside its checkpoints: its id, and the settings that its state is only right for.
 *
 * @param run what the names of its output carry
 * @param settings by the names that users know
 */
public record RunRecord(String run, SortedMap<String, String> settings) {

  static final String FILE = "otap-replay.properties";

  private static final String RUN = "run";
  private static final int RUN_LENGTH = 16;

  public RunRecord {
    settings = new TreeMap<>(settings);
  }

  /** A new run. */
  public static RunRecord begin(Map<String, String> settings) {
    String id = UUID.randomUUID().toString().replace("-", "").substring(0, RUN_LENGTH);
    return new RunRecord(id, new TreeMap<>(settings));
  }

  /** What is stored in a folder, or null. */
  public static RunRecord load(RunFolder folder) throws IOException {
    Path file = folder.path().resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    Properties stored = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      stored.load(in);
    } catch (IllegalArgumentException e) {
      throw damaged(file, e);
    }
    SortedMap<String, String> settings = new TreeMap<>();
    stored.stringPropertyNames().forEach(name -> settings.put(name, stored.getProperty(name)));
    String run = settings.remove(RUN);
    if (run == null) {
      throw damaged(file, null);
    }
    return new RunRecord(run, settings);
  }

  private static OtapException damaged(Path file, Throwable cause) {
    return OtapException.of(
        OtapErrorKind.CONFIG,
        file + " does not tell what run its checkpoints belong to; give another folder",
        cause);
  }

  /** Stores it; after a failure it is there as a whole or not at all. */
  public void store(RunFolder folder) throws IOException {
    Properties stored = new Properties();
    stored.putAll(settings);
    stored.setProperty(RUN, run);
    Path file = folder.path().resolve(FILE);
    Path staged = file.resolveSibling(FILE + ".new");
    try (Writer out = Files.newBufferedWriter(staged)) {
      stored.store(out, "What the checkpoints in this folder belong to; read by bin/otap-replay.");
    }
    Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * @throws OtapException of kind CONFIG with the first setting that differs
   */
  public void requireSame(Map<String, String> asked, Path folder) throws OtapException {
    TreeSet<String> names = new TreeSet<>(settings.keySet());
    names.addAll(asked.keySet());
    for (String name : names) {
      String before = settings.getOrDefault(name, "");
      String now = asked.getOrDefault(name, "");
      if (!before.equals(now)) {
        throw OtapException.of(
            OtapErrorKind.CONFIG,
            "the checkpoints in "
                + folder
                + " belong to a run with "
                + told(name, before)
                + ", not "
                + told(name, now)
                + "; give what it was begun with, or another folder for checkpoints");
      }
    }
  }

  private static String told(String name, String value) {
    return value.isEmpty() ? "no " + name : name + " " + value;
  }
}
