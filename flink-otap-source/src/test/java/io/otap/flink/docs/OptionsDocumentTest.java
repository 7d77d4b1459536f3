/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.flink.sink.grpc.GrpcSinkOptions;
import io.otap.flink.sink.otap.OtapGrpcSinkOptions;
import io.otap.flink.sink.otlp.OtlpGrpcSinkOptions;
import io.otap.flink.source.OtapSourceOptions;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsDocumentTest {

  @Test
  void theDocumentSaysWhatTheOptionsAre() throws Exception {
    DocumentFile.assertSays("OPTIONS.md", OptionsDocument.text());
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        OtapSourceOptions.class,
        GrpcSinkOptions.class,
        OtlpGrpcSinkOptions.class,
        OtapGrpcSinkOptions.class
      })
  void noOptionIsForgotten(Class<?> holder) throws Exception {
    Set<String> declared =
        Arrays.stream(holder.getFields())
            .filter(f -> Modifier.isStatic(f.getModifiers()) && f.getType() == ConfigOption.class)
            .map(OptionsDocumentTest::key)
            .collect(Collectors.toSet());
    List<?> all = (List<?>) holder.getField("ALL").get(null);
    assertThat(declared).isNotEmpty();
    assertThat(all).extracting(option -> ((ConfigOption<?>) option).key()).containsAll(declared);
  }

  private static String key(Field field) {
    try {
      return ((ConfigOption<?>) field.get(null)).key();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
