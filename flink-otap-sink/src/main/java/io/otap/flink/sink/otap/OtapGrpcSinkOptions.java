/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.otap;

import io.otap.core.wire.WireCompression;
import io.otap.flink.sink.grpc.GrpcSinkOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Options of the sink for OTAP over gRPC, beside those of {@link GrpcSinkOptions}. */
@PublicEvolving
public final class OtapGrpcSinkOptions {

  public static final ConfigOption<Peer> PEER =
      ConfigOptions.key(GrpcSinkOptions.PREFIX + "peer")
          .enumType(Peer.class)
          .defaultValue(Peer.GENERIC)
          .withDescription(
              "Who receives: generic, go (the Collector's otelarrow receiver) or engine. What that"
                  + " receiver cannot take is left out and counted: metadata of metrics for go. The"
                  + " engine gets all columns whose appearance its Parquet exporter does not"
                  + " survive.");

  public static final ConfigOption<WireCompression> PAYLOAD_COMPRESSION =
      ConfigOptions.key(GrpcSinkOptions.PREFIX + "payload-compression")
          .enumType(WireCompression.class)
          .defaultValue(WireCompression.ZSTD)
          .withDescription(
              "Compression of the columns in a message: zstd or none. A receiver that takes a batch"
                  + " only without gets none from then on; that is logged. sink.compression"
                  + " compresses whole messages, on top of it.");

  public static final ConfigOption<Duration> STREAM_MAX_AGE =
      ConfigOptions.key(GrpcSinkOptions.PREFIX + "stream.max-age")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription(
              "Age at which a stream gets no more batches and a new one is opened, minus up to a"
                  + " twentieth at random. Shorter than the receiver lets connections live, so that"
                  + " it never ends one in the middle.");

  public static final ConfigOption<Integer> SUSPECT_MAX_ATTEMPTS =
      ConfigOptions.key(GrpcSinkOptions.PREFIX + "suspect.max-attempts")
          .intType()
          .defaultValue(4)
          .withDescription(
              "How often a receiver may end a stream, without a word on a batch, that has nothing"
                  + " but this batch unanswered, before the batch counts as one that it cannot"
                  + " take.");

  public static final ConfigOption<String> DEAD_LETTER =
      ConfigOptions.key(GrpcSinkOptions.PREFIX + "dead-letter")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Folder for batches that the receiver does not take, as a tree of OTAP Parquet files"
                  + " that can be replayed. Without it such a batch fails the job.");

  /** All options, in the order of the documentation. */
  public static final List<ConfigOption<?>> ALL =
      Stream.concat(
              GrpcSinkOptions.ALL.stream(),
              Stream.of(
                  PEER, PAYLOAD_COMPRESSION, STREAM_MAX_AGE, SUSPECT_MAX_ATTEMPTS, DEAD_LETTER))
          .toList();

  private OtapGrpcSinkOptions() {}
}
