/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;
import static io.otap.core.error.OtapErrorKind.SCHEMA;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.otap.core.error.OtapException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/**
 * Codecs of pages, each through its own library. Zstandard's tables, native memory of some 100 kB,
 * are kept from page to page: to make them takes longer than to decompress a small page. For one
 * thread.
 */
final class Decompressor implements Closeable {

  /** No page is larger; the largest of today's writers are some megabytes. */
  private static final int MAX_PAGE = 1 << 29;

  private ZstdDecompressCtx zstd;

  /** Refuses a codec that cannot be read, before any page is. */
  static void check(CompressionCodec codec) throws IOException {
    switch (codec) {
      case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> {}
      default ->
          throw OtapException.of(
              SCHEMA,
              "the column is compressed with "
                  + codec
                  + ", which is not supported; write it with ZSTD, SNAPPY, GZIP, LZ4_RAW or"
                  + " uncompressed");
    }
  }

  /**
   * Refuses a claimed size that differs from what the compressed bytes say themselves, before there
   * is memory for it.
   */
  static void checkContent(
      CompressionCodec codec, byte[] source, int from, int length, int targetLength)
      throws IOException {
    if (targetLength == 0) {
      return;
    }
    long content = targetLength;
    try {
      if (codec == CompressionCodec.SNAPPY) {
        content = Snappy.uncompressedLength(source, from, length);
      } else if (codec == CompressionCodec.ZSTD) {
        long size = Zstd.getFrameContentSize(source, from, length);
        content = size < 0 ? targetLength : size;
      }
    } catch (IOException | RuntimeException e) {
      throw broken(codec, e.toString(), e);
    }
    if (content != targetLength) {
      throw broken(codec, "it does not have the " + targetLength + " bytes it claims", null);
    }
  }

  /**
   * Decompresses to exactly {@code targetLength} bytes.
   *
   * @param target where to; with room for {@code targetLength} bytes from {@code targetFrom} on
   */
  void decompress(
      CompressionCodec codec,
      byte[] source,
      int from,
      int length,
      byte[] target,
      int targetFrom,
      int targetLength)
      throws IOException {
    int written;
    try {
      written =
          switch (codec) {
            case SNAPPY -> Snappy.uncompress(source, from, length, target, targetFrom);
            case GZIP -> gunzip(source, from, length, target, targetFrom, targetLength);
            case ZSTD ->
                zstd().decompressByteArray(target, targetFrom, targetLength, source, from, length);
            case LZ4_RAW ->
                LZ4Factory.fastestInstance()
                    .safeDecompressor()
                    .decompress(source, from, length, target, targetFrom, targetLength);
            default -> throw OtapException.of(SCHEMA, "codec " + codec + " is not supported");
          };
    } catch (OtapException e) {
      throw e;
    } catch (IOException | LZ4Exception e) {
      throw broken(codec, e.getMessage(), e);
    } catch (RuntimeException e) {
      throw broken(codec, e.toString(), e);
    }
    if (written != targetLength) {
      throw broken(codec, "it does not have the " + targetLength + " bytes it claims", null);
    }
  }

  private ZstdDecompressCtx zstd() {
    if (zstd == null) {
      zstd = new ZstdDecompressCtx();
    }
    return zstd;
  }

  /** Frees what is kept; it can be used again. */
  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
      zstd = null;
    }
  }

  /** Refuses a claimed size that no page of so few compressed bytes can have. */
  static void checkSize(CompressionCodec codec, int compressed, int uncompressed, long chunk)
      throws IOException {
    long ratio =
        switch (codec) {
          case UNCOMPRESSED -> 1;
          case SNAPPY -> 64;
          case LZ4_RAW -> 256;
          case GZIP -> 1100;
          default -> 1 << 16;
        };
    if (compressed >= 0 && uncompressed > MAX_PAGE && uncompressed <= chunk) {
      throw OtapException.of(
          SCHEMA,
          "a page of "
              + uncompressed
              + " bytes is larger than "
              + MAX_PAGE
              + ", which is not supported; write the file with smaller pages");
    }
    if (compressed < 0
        || uncompressed < 0
        || uncompressed > chunk
        || uncompressed > (compressed + 64L) * ratio
        || codec == CompressionCodec.UNCOMPRESSED && compressed != uncompressed) {
      throw OtapException.of(
          CORRUPT,
          "a page of "
              + compressed
              + " bytes ("
              + codec
              + ") claims to have "
              + uncompressed
              + " in a column chunk of "
              + chunk
              + "; copy the file again");
    }
  }

  private static int gunzip(
      byte[] source, int from, int length, byte[] target, int targetFrom, int targetLength)
      throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(source, from, length))) {
      int read = in.readNBytes(target, targetFrom, targetLength);
      return in.read() < 0 ? read : -1;
    }
  }

  private static OtapException broken(CompressionCodec codec, String why, Throwable cause) {
    return OtapException.of(
        CORRUPT,
        "a page cannot be decompressed (" + codec + "): " + why + "; copy the file again",
        cause);
  }
}
