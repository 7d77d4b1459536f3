/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.model;

import io.otap.core.annotation.PublicEvolving;

/**
 * A leaf column of a table. Structs of the format are flattened to their leaves ({@code body.str});
 * a null struct is the same as null leaves, because no struct of the format carries presence of its
 * own (OTAP-FORMAT 2.1; a null {@code body} equals {@code body.type} 0).
 *
 * @param index position in {@link PayloadType#columns()}
 * @param path dotted path from the table, as in the specification
 * @param type type of the values, or of the elements of a list
 * @param list whether each row holds a list of values
 * @param ofItems whether the list is one of structs, of whose items this is a field: {@code
 *     quantile.value} is the {@code value} of each item of {@code quantile}
 * @param role what the column is for
 * @param nulls what a null, or an absent column, means
 * @param required whether receivers refuse a table on the wire without this column, or with a null
 *     in it
 * @param chained whether {@code parent_id} is a difference on the wire where this column equals
 *     that of the row before
 * @param wire which forms receivers accept on the wire
 * @param exporter what today's Parquet exporter of the engine does with the column
 */
@PublicEvolving
public record Column(
    int index,
    String path,
    ColumnType type,
    boolean list,
    boolean ofItems,
    Role role,
    Nulls nulls,
    boolean required,
    boolean chained,
    Wire wire,
    Exporter exporter) {

  /** What the column is for. */
  public enum Role {
    /** The row's own number, referred to by child tables. */
    ID,
    /** The number of the row that this row belongs to. */
    PARENT_ID,
    /** Key into RESOURCE_ATTRS. */
    RESOURCE_ID,
    /** Key into SCOPE_ATTRS. */
    SCOPE_ID,
    /** A field of the resource, repeated in every row of it. */
    RESOURCE_FIELD,
    /** A field of the scope, repeated in every row of it. */
    SCOPE_FIELD,
    /** Any other value. */
    FIELD
  }

  /** What a null, or an absent column, means. */
  public enum Nulls {
    /** The default of the type: 0, "", false, no bytes. */
    DEFAULT,
    /** A field without presence: OTLP can tell it from the default. */
    ABSENT,
    /** Not allowed: a SCHEMA error. */
    REFUSED
  }

  /** Which forms receivers accept on the wire (OTAP-FORMAT 2, column Enc). */
  public enum Wire {
    NATIVE,
    DICTIONARY_8,
    DICTIONARY_16
  }

  /** What today's Parquet exporter of the engine does with the column (OTAP-FORMAT 5.2). */
  public enum Exporter {
    /** Written; null where a batch has none. */
    NULL_FILLED,
    /** Written; REQUIRED and filled with defaults where the first batch of a file has none. */
    DEFAULT_FILLED,
    /** Not written at all. */
    DROPPED
  }

  /** The first segment of the path. */
  public String topLevel() {
    int dot = path.indexOf('.');
    return dot < 0 ? path : path.substring(0, dot);
  }

  /** The last segment of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Whether the column is a field of a struct, or of the structs of a list. */
  public boolean isNested() {
    return path.indexOf('.') >= 0;
  }

  /**
   * Whether today's Parquet exporter takes the form that the column has in a file's first batch for
   * good, and ends over a batch with another: fields of structs (measured: {@code
   * resource.schema_url} that is absent first), and values of exemplars, which it fills with
   * integers (OTAP-FORMAT 5.2).
   */
  public boolean isFixedByFirstBatch() {
    return isNested() || chained && exporter == Exporter.DEFAULT_FILLED;
  }

  Column asRequired() {
    return new Column(index, path, type, list, ofItems, role, nulls, true, chained, wire, exporter);
  }

  Column asChained() {
    return new Column(
        index, path, type, list, ofItems, role, nulls, required, true, wire, exporter);
  }

  @Override
  public String toString() {
    return path;
  }
}
