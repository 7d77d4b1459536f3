/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcSettingsTest {

  private static final String SECRET = "s3cr3t-value";

  @Test
  void anEndpointIsEnough() throws OtapException {
    GrpcSettings settings = of(Map.of("sink.endpoint", "[::1]:4317"));
    assertThat(settings.connection())
        .isEqualTo(
            new ConnectionSettings(
                "[::1]:4317",
                null,
                Map.of(),
                null,
                Compression.NONE,
                Duration.ofSeconds(30),
                null,
                Duration.ofSeconds(20)));
    assertThat(settings.window())
        .isEqualTo(new WindowSettings(16, 16 << 20, 4 << 20, Duration.ofMinutes(5)));
    assertThat(settings.retry())
        .isEqualTo(
            new RetrySettings(
                20, Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofMinutes(2)));
  }

  @Test
  void everythingCanBeSet() throws OtapException {
    GrpcSettings settings =
        of(
            Map.ofEntries(
                Map.entry("sink.endpoint", "collector:4317"),
                Map.entry("sink.headers", "x-tenant:a,x-key:b c"),
                Map.entry("sink.bearer-token-file", "/token"),
                Map.entry("sink.tls.enabled", "true"),
                Map.entry("sink.tls.ca-file", "/ca"),
                Map.entry("sink.tls.cert-file", "/cert"),
                Map.entry("sink.tls.key-file", "/key"),
                Map.entry("sink.tls.server-name", "gateway"),
                Map.entry("sink.compression", "zstd"),
                Map.entry("sink.request-timeout", "3 s"),
                Map.entry("sink.keep-alive.time", "4 s"),
                Map.entry("sink.keep-alive.timeout", "5 s"),
                Map.entry("sink.max-message-size", "1 mb"),
                Map.entry("sink.window.requests", "3"),
                Map.entry("sink.window.bytes", "2 mb"),
                Map.entry("sink.flush-timeout", "6 s"),
                Map.entry("sink.retry.max-attempts", "7"),
                Map.entry("sink.retry.initial-backoff", "8 ms"),
                Map.entry("sink.retry.max-backoff", "9 ms"),
                Map.entry("sink.retry.deadline", "10 s")));
    assertThat(settings)
        .isEqualTo(
            new GrpcSettings(
                new ConnectionSettings(
                    "collector:4317",
                    new TlsSettings("/ca", "/cert", "/key", "gateway"),
                    Map.of("x-tenant", "a", "x-key", "b c"),
                    "/token",
                    Compression.ZSTD,
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(5)),
                new WindowSettings(3, 2 << 20, 1 << 20, Duration.ofSeconds(6)),
                new RetrySettings(
                    7, Duration.ofMillis(8), Duration.ofMillis(9), Duration.ofSeconds(10))));
  }

  @Test
  void headersCanBeOptionsOfTheirOwn() throws OtapException {
    assertThat(
            of(Map.of("sink.endpoint", "collector:4317", "sink.headers.x-tenant", "a"))
                .connection()
                .headers())
        .containsExactly(Map.entry("x-tenant", "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "collector", "collector:", "collector:0", "collector:70000", "a:1/x", "a b:1"})
  void endpointsThatAreNone(String endpoint) {
    refused(
        Map.of("sink.endpoint", endpoint),
        "what fits is " + (endpoint.isEmpty() ? "a text" : "HOST:PORT, like localhost:4317"));
  }

  @ParameterizedTest
  @CsvSource({
    "sink.window.requests, 0, 1 or more",
    "sink.window.requests, many, a number of requests",
    "sink.window.bytes, 1 mb, 4194304 bytes or more",
    "sink.max-message-size, 2 gb, 1 gb or less",
    "sink.max-message-size, 0, a size of a byte or more",
    "sink.compression, lz4, 'none, gzip or zstd'",
    "sink.request-timeout, 0 s, a time of a millisecond or more",
    "sink.flush-timeout, soon, a time such as 10 s",
    "sink.retry.max-attempts, 0, 1 or more",
    "sink.retry.max-backoff, 1 ms, at least sink.retry.initial-backoff",
    "sink.tls.ca-file, /ca, 'true, as other options sink.tls.* are set'",
    "sink.tls.cert-file, /cert, 'a file, as sink.tls.cert-file is set'",
    "sink.tls.key-file, /key, 'a file, as sink.tls.key-file is set'",
    "sink.bearer-token-file, ' ', a text that is not empty",
  })
  void valuesThatDoNotFit(String key, String value, String fits) {
    refused(Map.of("sink.endpoint", "collector:4317", key, value), "what fits is " + fits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x y:s3cr3t-value",
        "grpc-x:s3cr3t-value",
        "x-bin:s3cr3t-value",
        "x:s3cr3t-value\u00e4",
        "s3cr3t-value",
      })
  void headersThatDoNotFitAreRefusedWithoutTheirValues(String headers) {
    OtapException refusal =
        refused(
            Map.of("sink.endpoint", "collector:4317", "sink.headers", headers), "what fits is ");
    assertSecret(refusal);
  }

  @Test
  void aTokenOnlyOnce() {
    OtapException refusal =
        refused(
            Map.of(
                "sink.endpoint", "collector:4317",
                "sink.headers", "Authorization:" + SECRET,
                "sink.bearer-token-file", "/token"),
            "no such header, as sink.bearer-token-file gives it");
    assertSecret(refusal);
  }

  @Test
  void aPasswordInTheEndpointIsNotShown() {
    assertSecret(
        refused(Map.of("sink.endpoint", "me:" + SECRET + "@collector:4317"), "'collector:4317'"));
  }

  @Test
  void secretsAreNotPrinted() throws OtapException {
    GrpcSettings settings =
        of(Map.of("sink.endpoint", "collector:4317", "sink.headers", "x-api-key:" + SECRET));
    assertThat(settings.toString()).contains("x-api-key", "collector:4317").doesNotContain(SECRET);
    assertThat(settings.connection().headers()).containsEntry("x-api-key", SECRET);
  }

  @Test
  void everyOptionIsListedAndDescribed() {
    assertThat(GrpcSinkOptions.ALL)
        .hasSize(GrpcSinkOptions.class.getFields().length - 2)
        .allSatisfy(
            option -> {
              assertThat(option.key()).startsWith(GrpcSinkOptions.PREFIX);
              assertThat(option.description().getBlocks()).isNotEmpty();
            })
        .extracting(ConfigOption::key)
        .doesNotHaveDuplicates();
  }

  private static void assertSecret(Throwable refusal) {
    for (Throwable t = refusal; t != null; t = t.getCause()) {
      assertThat(String.valueOf(t)).doesNotContain(SECRET);
    }
  }

  private static OtapException refused(Map<String, String> options, String message) {
    OtapException[] refusal = new OtapException[1];
    assertThatThrownBy(() -> of(options))
        .isInstanceOfSatisfying(
            OtapException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(OtapErrorKind.CONFIG);
              refusal[0] = e;
            })
        .hasMessageContaining(message);
    return refusal[0];
  }

  private static GrpcSettings of(Map<String, String> options) throws OtapException {
    return GrpcSettings.of(Configuration.fromMap(options));
  }
}
