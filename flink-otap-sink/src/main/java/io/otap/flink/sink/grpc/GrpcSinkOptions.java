/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/**
 * Options of the sinks that send over gRPC. The same names are used in the API, in SQL and on the
 * command line.
 */
@PublicEvolving
public final class GrpcSinkOptions {

  /** What the names of all options of sinks begin with. */
  public static final String PREFIX = "sink.";

  public static final ConfigOption<String> ENDPOINT =
      ConfigOptions.key(PREFIX + "endpoint")
          .stringType()
          .noDefaultValue()
          .withDescription("Address of the receiver, HOST:PORT. Required.");

  public static final ConfigOption<Map<String, String>> HEADERS =
      ConfigOptions.key(PREFIX + "headers")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Headers of every call, name:value,name:value. Their values are never printed, but"
                  + " they travel with the job; for tokens prefer sink.bearer-token-file.");

  public static final ConfigOption<String> BEARER_TOKEN_FILE =
      ConfigOptions.key(PREFIX + "bearer-token-file")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Local file whose content goes into the header authorization, behind the word Bearer."
                  + " Read again every 10 s, so that a token can be replaced while a job runs.");

  public static final ConfigOption<Boolean> TLS_ENABLED =
      ConfigOptions.key(PREFIX + "tls.enabled")
          .booleanType()
          .defaultValue(false)
          .withDescription("Whether to encrypt and to check the receiver's certificate.");

  public static final ConfigOption<String> TLS_CA_FILE =
      ConfigOptions.key(PREFIX + "tls.ca-file")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Local PEM file with the authorities that may have signed the receiver's certificate."
                  + " Default: those of the Java installation.");

  public static final ConfigOption<String> TLS_CERT_FILE =
      ConfigOptions.key(PREFIX + "tls.cert-file")
          .stringType()
          .noDefaultValue()
          .withDescription("Local PEM file with the sink's own certificate, for mutual TLS.");

  public static final ConfigOption<String> TLS_KEY_FILE =
      ConfigOptions.key(PREFIX + "tls.key-file")
          .stringType()
          .noDefaultValue()
          .withDescription("Local PEM file with the private key (PKCS #8) of sink.tls.cert-file.");

  public static final ConfigOption<String> TLS_SERVER_NAME =
      ConfigOptions.key(PREFIX + "tls.server-name")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Name that the receiver's certificate must have. Default: the host of the endpoint.");

  public static final ConfigOption<Compression> COMPRESSION =
      ConfigOptions.key(PREFIX + "compression")
          .enumType(Compression.class)
          .defaultValue(Compression.NONE)
          .withDescription(
              "Compression of messages: none, gzip or zstd. A receiver that cannot read it gets"
                  + " them by another that it names, or by none; that is logged.");

  public static final ConfigOption<Duration> REQUEST_TIMEOUT =
      ConfigOptions.key(PREFIX + "request-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription(
              "How long one attempt may wait for its answer. An OTAP stream with a batch that waits"
                  + " longer is given up.");

  public static final ConfigOption<Duration> KEEP_ALIVE_TIME =
      ConfigOptions.key(PREFIX + "keep-alive.time")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "Silence after which the connection is probed while answers are awaited. Off if not"
                  + " set; receivers may end connections that probe more often than they allow.");

  public static final ConfigOption<Duration> KEEP_ALIVE_TIMEOUT =
      ConfigOptions.key(PREFIX + "keep-alive.timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(20))
          .withDescription("How long a probe may wait before the connection counts as broken.");

  public static final ConfigOption<MemorySize> MAX_MESSAGE_SIZE =
      ConfigOptions.key(PREFIX + "max-message-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(4))
          .withDescription(
              "Bytes of a message before compression. Larger batches are split between records; a"
                  + " single record that is larger fails the job. Receivers take 4 mb unless they"
                  + " are configured otherwise.");

  public static final ConfigOption<Integer> WINDOW_REQUESTS =
      ConfigOptions.key(PREFIX + "window.requests")
          .intType()
          .defaultValue(16)
          .withDescription(
              "Requests of a subtask, or batches of OTAP streams, that may wait for their answer or"
                  + " for their next attempt. With 1, records arrive in order.");

  public static final ConfigOption<MemorySize> WINDOW_BYTES =
      ConfigOptions.key(PREFIX + "window.bytes")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(16))
          .withDescription(
              "Bytes of these requests, before compression; at least sink.max-message-size. They are"
                  + " on the heap and, until the network has taken them, a second time outside of"
                  + " it. Of OTAP batches their columns count; a batch that is larger goes when"
                  + " nothing else is on its way.");

  public static final ConfigOption<Duration> FLUSH_TIMEOUT =
      ConfigOptions.key(PREFIX + "flush-timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(5))
          .withDescription(
              "How long a checkpoint or the end of input may wait for all acknowledgements before"
                  + " the job fails.");

  public static final ConfigOption<Integer> RETRY_MAX_ATTEMPTS =
      ConfigOptions.key(PREFIX + "retry.max-attempts")
          .intType()
          .defaultValue(20)
          .withDescription("How often a request is sent before the job fails.");

  public static final ConfigOption<Duration> RETRY_INITIAL_BACKOFF =
      ConfigOptions.key(PREFIX + "retry.initial-backoff")
          .durationType()
          .defaultValue(Duration.ofMillis(200))
          .withDescription(
              "Longest pause before the second attempt; it doubles with every attempt. The pause is"
                  + " drawn between half of it and all of it.");

  public static final ConfigOption<Duration> RETRY_MAX_BACKOFF =
      ConfigOptions.key(PREFIX + "retry.max-backoff")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "Longest pause between attempts, if the receiver does not ask for a longer one.");

  public static final ConfigOption<Duration> RETRY_DEADLINE =
      ConfigOptions.key(PREFIX + "retry.deadline")
          .durationType()
          .defaultValue(Duration.ofMinutes(2))
          .withDescription(
              "Time from the first attempt of a request within which its last attempt must begin.");

  /** All options, in the order of the documentation. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          ENDPOINT,
          HEADERS,
          BEARER_TOKEN_FILE,
          TLS_ENABLED,
          TLS_CA_FILE,
          TLS_CERT_FILE,
          TLS_KEY_FILE,
          TLS_SERVER_NAME,
          COMPRESSION,
          REQUEST_TIMEOUT,
          KEEP_ALIVE_TIME,
          KEEP_ALIVE_TIMEOUT,
          MAX_MESSAGE_SIZE,
          WINDOW_REQUESTS,
          WINDOW_BYTES,
          FLUSH_TIMEOUT,
          RETRY_MAX_ATTEMPTS,
          RETRY_INITIAL_BACKOFF,
          RETRY_MAX_BACKOFF,
          RETRY_DEADLINE);

  private GrpcSinkOptions() {}
}
