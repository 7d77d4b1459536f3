/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import com.github.luben.zstd.Zstd;
import io.otap.core.annotation.PublicEvolving;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4Factory;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** Codecs in which pages can be written. */
@PublicEvolving
public enum WriteCompression {
  UNCOMPRESSED,
  SNAPPY,
  GZIP,
  LZ4_RAW,
  ZSTD;

  CompressionCodec codec() {
    return CompressionCodec.valueOf(name());
  }

  /** The bytes from {@code from} to {@code to}, compressed; not copied if not compressed. */
  Compressed compress(byte[] bytes, int from, int to, int level) throws IOException {
    int size = to - from;
    switch (this) {
      case SNAPPY -> {
        byte[] out = new byte[Snappy.maxCompressedLength(size)];
        return new Compressed(out, 0, Snappy.compress(bytes, from, size, out, 0));
      }
      case LZ4_RAW -> {
        var compressor = LZ4Factory.fastestInstance().fastCompressor();
        byte[] out = new byte[compressor.maxCompressedLength(size)];
        return new Compressed(out, 0, compressor.compress(bytes, from, size, out, 0));
      }
      case ZSTD -> {
        byte[] out = new byte[(int) Zstd.compressBound(size)];
        long length = Zstd.compressByteArray(out, 0, out.length, bytes, from, size, level);
        if (Zstd.isError(length)) {
          throw new IOException("zstd: " + Zstd.getErrorName(length));
        }
        return new Compressed(out, 0, (int) length);
      }
      case GZIP -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Gzip gzip = new Gzip(out, level)) {
          gzip.write(bytes, from, size);
        }
        return new Compressed(out.toByteArray(), 0, out.size());
      }
      default -> {
        return new Compressed(bytes, from, size);
      }
    }
  }

  /** {@code size} of these bytes. */
  record Compressed(byte[] bytes, int from, int size) {}

  private static final class Gzip extends GZIPOutputStream {
    Gzip(ByteArrayOutputStream out, int level) throws IOException {
      super(out);
      def.setLevel(Math.max(Deflater.NO_COMPRESSION, Math.min(level, Deflater.BEST_COMPRESSION)));
    }
  }
}
