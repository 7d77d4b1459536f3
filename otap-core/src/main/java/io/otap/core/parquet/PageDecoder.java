/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import java.io.IOException;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Type;

/** Takes pages apart: decompression, levels, and the decoder of the values' encoding. */
final class PageDecoder {

  private final Leaf leaf;
  private final Decompressor decompressor;
  private final CompressionCodec codec;
  private final long chunkBytes;
  private Dictionary dictionary;
  private byte[] plain = new byte[ChunkInput.SLACK];

  PageDecoder(Leaf leaf, ColumnMetaData chunk, Decompressor decompressor) throws IOException {
    this.leaf = leaf;
    this.decompressor = decompressor;
    this.codec = chunk.getCodec();
    this.chunkBytes = chunk.getTotal_uncompressed_size();
    Decompressor.check(codec);
  }

  void dictionary(PageHeader header, byte[] bytes, int from) throws IOException {
    DictionaryPageHeader dictionaryHeader = header.getDictionary_page_header();
    if (dictionaryHeader == null || dictionary != null) {
      throw OtapException.of(
          CORRUPT,
          dictionary == null
              ? "a dictionary page has no header of its kind"
              : "a column chunk has two dictionaries");
    }
    int size = header.getUncompressed_page_size();
    Decompressor.checkSize(codec, header.getCompressed_page_size(), size, chunkBytes);
    Body body = decompress(bytes, from, header.getCompressed_page_size(), size, 0, true);
    dictionary =
        Dictionary.read(leaf, body.bytes, body.from, body.end, dictionaryHeader.getNum_values());
  }

  /** The dictionary that was read, or null. */
  Dictionary dictionary() {
    return dictionary;
  }

  /** Bytes {@code from} to {@code end} of a page, decompressed. */
  private record Body(byte[] bytes, int from, int end) {}

  private Body decompress(
      byte[] bytes, int from, int compressed, int uncompressed, int levels, boolean isCompressed)
      throws IOException {
    if (codec == CompressionCodec.UNCOMPRESSED || !isCompressed) {
      return new Body(bytes, from, from + compressed);
    }
    Decompressor.checkContent(
        codec, bytes, from + levels, compressed - levels, uncompressed - levels);
    if (plain.length < uncompressed + ChunkInput.SLACK) {
      plain = new byte[uncompressed + ChunkInput.SLACK];
    }
    System.arraycopy(bytes, from, plain, 0, levels);
    if (uncompressed > levels) {
      decompressor.decompress(
          codec, bytes, from + levels, compressed - levels, plain, levels, uncompressed - levels);
    }
    return new Body(plain, 0, uncompressed);
  }

  /** A page of version 1: levels and values are compressed together. */
  DataPage v1(PageHeader header, byte[] bytes, int from) throws IOException {
    DataPageHeader page = header.getData_page_header();
    int size = header.getUncompressed_page_size();
    Decompressor.checkSize(codec, header.getCompressed_page_size(), size, chunkBytes);
    Body body = decompress(bytes, from, header.getCompressed_page_size(), size, 0, true);
    int at = body.from;
    LevelDecoder repetition = LevelDecoder.none();
    if (leaf.maxRepetition() > 0) {
      int length = levels(page.getRepetition_level_encoding(), body, at);
      at += 4 + length;
      repetition = LevelDecoder.of(body.bytes, at - length, at, leaf.maxRepetition());
    }
    int definitionFrom = at;
    if (leaf.maxDefinition() > 0) {
      int length = levels(page.getDefinition_level_encoding(), body, at);
      definitionFrom = at + 4;
      at += 4 + length;
    }
    return page(page.getEncoding(), page.getNum_values(), repetition, body, definitionFrom, at);
  }

  private static int levels(Encoding encoding, Body body, int at) throws IOException {
    if (encoding != Encoding.RLE) {
      throw OtapException.of(
          CORRUPT, "levels of encoding " + encoding + ", not RLE, which is not supported");
    }
    int length = body.end - at < 4 ? -1 : (int) (long) BitUnpacker.LONG.get(body.bytes, at);
    if (length < 0 || length > body.end - at - 4) {
      throw OtapException.of(
          CORRUPT, "a page's levels do not fit in its " + (body.end - body.from) + " bytes");
    }
    return length;
  }

  /** A page of version 2: levels are not compressed, values may be. */
  DataPage v2(PageHeader header, byte[] bytes, int from) throws IOException {
    DataPageHeaderV2 page = header.getData_page_header_v2();
    int compressed = header.getCompressed_page_size();
    int size = header.getUncompressed_page_size();
    int repetitionLength = page.getRepetition_levels_byte_length();
    int definitionLength = page.getDefinition_levels_byte_length();
    if (repetitionLength < 0
        || definitionLength < 0
        || (long) repetitionLength + definitionLength > Math.min(compressed, size)) {
      throw OtapException.of(CORRUPT, "a page's levels do not fit in its " + compressed + " bytes");
    }
    boolean isCompressed = !page.isSetIs_compressed() || page.isIs_compressed();
    Decompressor.checkSize(
        isCompressed ? codec : CompressionCodec.UNCOMPRESSED, compressed, size, chunkBytes);
    int levels = repetitionLength + definitionLength;
    Body body = decompress(bytes, from, compressed, size, levels, isCompressed);
    int definitionFrom = body.from + repetitionLength;
    LevelDecoder repetition =
        LevelDecoder.of(body.bytes, body.from, definitionFrom, leaf.maxRepetition());
    return page(
        page.getEncoding(),
        page.getNum_values(),
        repetition,
        body,
        definitionFrom,
        definitionFrom + definitionLength);
  }

  private DataPage page(
      Encoding encoding,
      int values,
      LevelDecoder repetition,
      Body body,
      int definitionFrom,
      int valuesFrom)
      throws IOException {
    LevelDecoder definition =
        LevelDecoder.of(body.bytes, definitionFrom, valuesFrom, leaf.maxDefinition());
    PlainValues.Count present =
        () ->
            LevelDecoder.of(body.bytes, definitionFrom, valuesFrom, leaf.maxDefinition())
                .present(null, 0, values);
    return new DataPage(
        values,
        repetition,
        definition,
        values(encoding, body.bytes, valuesFrom, body.end, present));
  }

  private PageValues values(
      Encoding encoding, byte[] bytes, int from, int end, PlainValues.Count present)
      throws IOException {
    if (encoding == null) {
      throw OtapException.of(CORRUPT, "a page has no encoding or one that is not known");
    }
    Type type = leaf.type();
    boolean integer = type == Type.INT32 || type == Type.INT64;
    boolean fixed = type == Type.FIXED_LEN_BYTE_ARRAY;
    switch (encoding) {
      case PLAIN:
        return PlainValues.of(leaf, bytes, from, end, present);
      case PLAIN_DICTIONARY, RLE_DICTIONARY:
        return DictionaryValues.of(dictionary, bytes, from, end);
      case RLE:
        if (type == Type.BOOLEAN) {
          return runBooleans(bytes, from, end);
        }
        break;
      case DELTA_BINARY_PACKED:
        if (integer) {
          return new DeltaValues(new DeltaDecoder(bytes, from, end));
        }
        break;
      case DELTA_LENGTH_BYTE_ARRAY:
        if (type == Type.BYTE_ARRAY) {
          return DeltaBinaries.lengths(bytes, from, end);
        }
        break;
      case DELTA_BYTE_ARRAY:
        if (type == Type.BYTE_ARRAY || fixed) {
          return DeltaBinaries.shared(leaf, bytes, from, end);
        }
        break;
      case BYTE_STREAM_SPLIT:
        if (integer || fixed || type == Type.DOUBLE) {
          return new SplitValues(leaf, bytes, from, end);
        }
        break;
      default:
        break;
    }
    throw OtapException.of(
        CORRUPT, "a page of " + type + " has encoding " + encoding + ", which it cannot have");
  }

  private static PageValues runBooleans(byte[] bytes, int from, int end) throws IOException {
    int length = end - from < 4 ? 0 : (int) (long) BitUnpacker.LONG.get(bytes, from);
    if (length < 0 || length > Math.max(0, end - from - 4)) {
      throw OtapException.of(CORRUPT, "a page's booleans do not fit in it");
    }
    int start = Math.min(end, from + 4);
    return new RunBooleans(new RunDecoder(bytes, start, start + length, 1));
  }
}
