/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.sink.grpc;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.grpc.Compressor;
import java.io.IOException;
import java.io.OutputStream;

/** Zstandard for gRPC, which brings only gzip itself. */
final class ZstdCompressor implements Compressor {

  @Override
  public String getMessageEncoding() {
    return Compression.ZSTD.encoding();
  }

  @Override
  public OutputStream compress(OutputStream out) throws IOException {
    return new ZstdOutputStreamNoFinalizer(out);
  }
}
