/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compression of messages: the one asked for, until the receiver says that it cannot read it;
 * from then on another that it names, or none. For any number of threads.
 *
 * <p>A receiver answers to a message that it cannot decompress with UNIMPLEMENTED and should name
 * what it can in the header {@code grpc-accept-encoding} (gRPC's specification of compression). Not
 * all do, so the description counts where there is no such header.
 */
@Internal
public final class MessageCompression {

  private static final Logger LOG = LoggerFactory.getLogger(MessageCompression.class);

  private static final Metadata.Key<String> ACCEPTED =
      Metadata.Key.of("grpc-accept-encoding", Metadata.ASCII_STRING_MARSHALLER);

  private final String endpoint;
  private final Set<Compression> refused = EnumSet.noneOf(Compression.class);
  private Compression current;

  public MessageCompression(ConnectionSettings settings) {
    this.endpoint = settings.endpoint();
    this.current = settings.compression();
  }

  /** For the next call. */
  public synchronized Compression current() {
    return current;
  }

  /**
   * Takes note of a call that failed.
   *
   * @param used by the call
   * @param trailers null if there are none
   * @return whether it failed over its compression, so that another attempt uses another
   */
  public synchronized boolean givesWay(Compression used, Status status, Metadata trailers) {
    if (used == Compression.NONE || !isAboutCompression(used, status, trailers)) {
      return false;
    }
    if (refused.add(used)) {
      current =
          Arrays.stream(Compression.values())
              .filter(other -> other != Compression.NONE && !refused.contains(other))
              .filter(other -> accepted(trailers).contains(other.encoding()))
              .findFirst()
              .orElse(Compression.NONE);
      LOG.warn(
          "the receiver {} cannot read messages compressed by {}; what follows is sent with {}",
          endpoint,
          used.encoding(),
          current.encoding());
    }
    return true;
  }

  private static boolean isAboutCompression(Compression used, Status status, Metadata trailers) {
    if (status.getCode() != Status.Code.UNIMPLEMENTED) {
      return false;
    }
    List<String> accepted = accepted(trailers);
    if (!accepted.isEmpty()) {
      return !accepted.contains(used.encoding());
    }
    String description = status.getDescription();
    return description != null && description.toLowerCase(Locale.ROOT).contains("compress");
  }

  private static List<String> accepted(Metadata trailers) {
    String names = trailers == null ? null : trailers.get(ACCEPTED);
    return names == null ? List.of() : List.of(names.trim().split("\\s*,\\s*"));
  }
}
