/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.replay;

import io.otap.core.error.OtapException;
import io.otap.examples.command.Refusal;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Finds a receiver's block in a YAML file: the file as a whole, or the {@code config} of the one
 * entry of {@code nodes} that has a {@code base_uri}.
 */
final class ReceiverYaml {

  private static final String BASE_URI = "base_uri";

  private ReceiverYaml() {}

  static FileSettings read(Path file) throws OtapException {
    Map<?, ?> document = map(file, "the file", load(file));
    Map<?, ?> block = document;
    if (!document.containsKey(BASE_URI) && document.containsKey("nodes")) {
      block = receiver(file, map(file, "nodes", document.get("nodes")));
    }
    return ReceiverBlock.read(file, block);
  }

  private static Map<?, ?> receiver(Path file, Map<?, ?> nodes) throws OtapException {
    Map<Object, Map<?, ?>> found = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) -> {
          if (node instanceof Map<?, ?> n
              && n.get("config") instanceof Map<?, ?> config
              && config.containsKey(BASE_URI)
              && isReceiver(n)) {
            found.put(name, config);
          }
        });
    if (found.isEmpty()) {
      throw Refusal.because("no receiver under nodes in " + file + " has a config with base_uri");
    }
    if (found.size() > 1) {
      throw Refusal.because(
          "several receivers under nodes in " + file + " have a base_uri: " + found.keySet());
    }
    return found.values().iterator().next();
  }

  /** A node that calls itself a receiver, in its kind or type or URN, or says nothing. */
  private static boolean isReceiver(Map<?, ?> node) {
    Object kind = node.containsKey("kind") ? node.get("kind") : node.get("type");
    if (kind != null) {
      return String.valueOf(kind).contains("receiver");
    }
    Object urn = node.get("plugin_urn");
    return urn == null || !String.valueOf(urn).endsWith(":exporter");
  }

  private static Object load(Path file) throws OtapException {
    try {
      return new Load(LoadSettings.builder().setLabel(file.toString()).build())
          .loadFromString(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw Refusal.because("there is no file " + file);
    } catch (MalformedInputException e) {
      throw Refusal.because(file + " is no text in UTF-8");
    } catch (IOException e) {
      throw Refusal.because("cannot read " + file + ": " + e.getMessage());
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(m -> " in line " + (m.getLine() + 1)).orElse("");
      throw Refusal.because(file + " is no YAML: " + e.getProblem() + line);
    } catch (YamlEngineException e) {
      throw Refusal.because(file + " is no YAML: " + e.getMessage().lines().findFirst().orElse(""));
    }
  }

  static Map<?, ?> map(Path file, String what, Object value) throws OtapException {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw Refusal.because(what + " in " + file + " must be a block of keys");
  }
}
