/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import io.otap.core.error.OtapException;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@link GrpcSinkOptions}, checked. No value of a header appears in a message or a text. */
@Internal
public record GrpcSettings(
    ConnectionSettings connection, WindowSettings window, RetrySettings retry)
    implements Serializable {

  private static final String AUTHORIZATION = "authorization";

  /**
   * @throws OtapException of kind CONFIG with the option, its value and what fits
   */
  public static GrpcSettings of(Configuration configuration) throws OtapException {
    CheckedOptions options = new CheckedOptions(configuration);
    return new GrpcSettings(connection(options), window(options), retry(options));
  }

  private static ConnectionSettings connection(CheckedOptions options) throws OtapException {
    String tokenFile = options.text(GrpcSinkOptions.BEARER_TOKEN_FILE);
    return new ConnectionSettings(
        endpoint(options),
        tls(options),
        headers(options, tokenFile),
        tokenFile,
        options.get(GrpcSinkOptions.COMPRESSION, "none, gzip or zstd"),
        options.positive(GrpcSinkOptions.REQUEST_TIMEOUT),
        options.isSet(GrpcSinkOptions.KEEP_ALIVE_TIME)
            ? options.positive(GrpcSinkOptions.KEEP_ALIVE_TIME)
            : null,
        options.positive(GrpcSinkOptions.KEEP_ALIVE_TIMEOUT));
  }

  private static String endpoint(CheckedOptions options) throws OtapException {
    String endpoint = options.text(GrpcSinkOptions.ENDPOINT);
    String fits = "HOST:PORT, like localhost:4317";
    if (endpoint == null) {
      throw CheckedOptions.invalid(GrpcSinkOptions.ENDPOINT, "", fits, null);
    }
    try {
      URI uri = new URI("grpc://" + endpoint);
      if (uri.getHost() != null
          && uri.getPort() > 0
          && uri.getPort() < 1 << 16
          && uri.getRawUserInfo() == null
          && uri.getRawAuthority().equals(endpoint)) {
        return endpoint;
      }
    } catch (URISyntaxException e) {
      // told below
    }
    // What stands before an @ may be a password.
    throw CheckedOptions.invalid(
        GrpcSinkOptions.ENDPOINT, endpoint.substring(endpoint.indexOf('@') + 1), fits, null);
  }

  private static TlsSettings tls(CheckedOptions options) throws OtapException {
    TlsSettings tls =
        new TlsSettings(
            options.text(GrpcSinkOptions.TLS_CA_FILE),
            options.text(GrpcSinkOptions.TLS_CERT_FILE),
            options.text(GrpcSinkOptions.TLS_KEY_FILE),
            options.text(GrpcSinkOptions.TLS_SERVER_NAME));
    requireTogether(options, GrpcSinkOptions.TLS_CERT_FILE, GrpcSinkOptions.TLS_KEY_FILE);
    requireTogether(options, GrpcSinkOptions.TLS_KEY_FILE, GrpcSinkOptions.TLS_CERT_FILE);
    if (options.get(GrpcSinkOptions.TLS_ENABLED, "true or false")) {
      return tls;
    }
    if (!tls.equals(new TlsSettings(null, null, null, null))) {
      throw CheckedOptions.invalid(
          GrpcSinkOptions.TLS_ENABLED, false, "true, as other options sink.tls.* are set", null);
    }
    return null;
  }

  private static void requireTogether(
      CheckedOptions options, ConfigOption<String> set, ConfigOption<String> needed)
      throws OtapException {
    if (options.isSet(set) && !options.isSet(needed)) {
      throw CheckedOptions.invalid(needed, "", "a file, as " + set.key() + " is set", null);
    }
  }

  private static Map<String, String> headers(CheckedOptions options, String tokenFile)
      throws OtapException {
    Map<String, String> headers = options.secret(GrpcSinkOptions.HEADERS, "name:value,name:value");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String name = header.getKey();
      if (!name.matches("[0-9a-zA-Z_.-]+")
          || name.toLowerCase(Locale.ROOT).startsWith("grpc-")
          || name.toLowerCase(Locale.ROOT).endsWith("-bin")) {
        throw CheckedOptions.invalid(
            GrpcSinkOptions.HEADERS,
            name + ":...",
            "names of letters, digits and _ - . that neither begin with grpc- nor end with -bin",
            null);
      }
      if (!header.getValue().chars().allMatch(c -> c >= ' ' && c <= '~')) {
        throw CheckedOptions.invalid(
            GrpcSinkOptions.HEADERS, name + ":...", "values of printable ASCII", null);
      }
      if (tokenFile != null && name.equalsIgnoreCase(AUTHORIZATION)) {
        throw CheckedOptions.invalid(
            GrpcSinkOptions.HEADERS,
            name + ":...",
            "no such header, as " + GrpcSinkOptions.BEARER_TOKEN_FILE.key() + " gives it",
            null);
      }
    }
    return headers;
  }

  private static WindowSettings window(CheckedOptions options) throws OtapException {
    int requests = options.get(GrpcSinkOptions.WINDOW_REQUESTS, "a number of requests");
    if (requests < 1) {
      throw CheckedOptions.invalid(GrpcSinkOptions.WINDOW_REQUESTS, requests, "1 or more", null);
    }
    long message = options.size(GrpcSinkOptions.MAX_MESSAGE_SIZE);
    if (message > 1 << 30) {
      throw CheckedOptions.invalid(GrpcSinkOptions.MAX_MESSAGE_SIZE, message, "1 gb or less", null);
    }
    long bytes = options.size(GrpcSinkOptions.WINDOW_BYTES);
    if (bytes < message) {
      throw CheckedOptions.invalid(
          GrpcSinkOptions.WINDOW_BYTES,
          bytes,
          message + " bytes or more, " + GrpcSinkOptions.MAX_MESSAGE_SIZE.key(),
          null);
    }
    return new WindowSettings(
        requests, bytes, (int) message, options.positive(GrpcSinkOptions.FLUSH_TIMEOUT));
  }

  private static RetrySettings retry(CheckedOptions options) throws OtapException {
    int attempts = options.get(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, "a number of attempts");
    if (attempts < 1) {
      throw CheckedOptions.invalid(GrpcSinkOptions.RETRY_MAX_ATTEMPTS, attempts, "1 or more", null);
    }
    Duration initial = options.positive(GrpcSinkOptions.RETRY_INITIAL_BACKOFF);
    Duration max = options.positive(GrpcSinkOptions.RETRY_MAX_BACKOFF);
    if (max.compareTo(initial) < 0) {
      throw CheckedOptions.invalid(
          GrpcSinkOptions.RETRY_MAX_BACKOFF,
          max,
          "at least " + GrpcSinkOptions.RETRY_INITIAL_BACKOFF.key(),
          null);
    }
    return new RetrySettings(
        attempts, initial, max, options.positive(GrpcSinkOptions.RETRY_DEADLINE));
  }
}
