/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import io.otap.core.model.PayloadType;
import io.otap.core.select.AnyOf;
import io.otap.core.select.NumberRange;
import io.otap.core.select.Partitions;
import io.otap.core.select.ReadSelection;
import io.otap.core.select.ResourceAttribute;
import io.otap.core.select.RootCondition;
import io.otap.core.select.TimeRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Byte form of what is wanted of a tree. */
final class SelectionCodec {

  private static final int TIME = 1;
  private static final int NUMBER = 2;
  private static final int ANY_OF = 3;
  private static final int RESOURCE = 4;
  private static final int PARTITIONS = 5;

  private SelectionCodec() {}

  static void write(ReadSelection selection, CompactOutput out) throws IOException {
    List<Integer> tables = selection.tables().stream().map(PayloadType::number).sorted().toList();
    out.number(tables.size());
    for (int table : tables) {
      out.number(table);
    }
    out.number(selection.fields() == null ? 0 : 1);
    if (selection.fields() != null) {
      writeSorted(selection.fields(), out);
    }
    out.number(selection.conditions().size());
    for (RootCondition condition : selection.conditions()) {
      write(condition, out);
    }
    out.number(selection.limit());
  }

  static ReadSelection read(CompactInput in) throws IOException {
    List<PayloadType> tables = new ArrayList<>();
    for (int rest = in.count(); rest > 0; rest--) {
      tables.add(SplitListCodec.table(in.number()));
    }
    ReadSelection selection = ReadSelection.ALL.withTables(tables);
    if (in.number() != 0) {
      selection = selection.withFields(readTexts(in));
    }
    for (int rest = in.count(); rest > 0; rest--) {
      selection = selection.where(readCondition(in));
    }
    long limit = in.number();
    if (limit < 0) {
      throw new IOException("a limit of " + limit);
    }
    return selection.withLimit(limit);
  }

  private static void write(RootCondition condition, CompactOutput out) throws IOException {
    if (condition instanceof TimeRange range) {
      out.number(TIME);
      writeTexts(range.columns(), out);
      out.number(range.from());
      out.number(range.to());
    } else if (condition instanceof NumberRange range) {
      out.number(NUMBER);
      out.text(range.column());
      out.number(range.min());
      out.number(range.max());
    } else if (condition instanceof AnyOf any) {
      out.number(ANY_OF);
      out.text(any.column());
      writeSorted(any.values(), out);
    } else if (condition instanceof ResourceAttribute attribute) {
      out.number(RESOURCE);
      out.text(attribute.key());
      writeSorted(attribute.values(), out);
    } else if (condition instanceof Partitions partitions) {
      out.number(PARTITIONS);
      writeSorted(partitions.ids(), out);
    }
  }

  private static RootCondition readCondition(CompactInput in) throws IOException {
    long kind = in.number();
    if (kind == TIME) {
      return new TimeRange(nonEmpty(readTexts(in)), in.number(), in.number());
    }
    if (kind == NUMBER) {
      return new NumberRange(in.text(), in.number(), in.number());
    }
    if (kind == ANY_OF) {
      return new AnyOf(in.text(), Set.copyOf(readTexts(in)));
    }
    if (kind == RESOURCE) {
      return new ResourceAttribute(in.text(), Set.copyOf(readTexts(in)));
    }
    if (kind == PARTITIONS) {
      return new Partitions(Set.copyOf(readTexts(in)));
    }
    throw new IOException("there is no condition of kind " + kind);
  }

  private static void writeSorted(Set<String> texts, CompactOutput out) throws IOException {
    writeTexts(new TreeSet<>(texts), out);
  }

  private static void writeTexts(Collection<String> texts, CompactOutput out) throws IOException {
    out.number(texts.size());
    for (String text : texts) {
      out.text(text);
    }
  }

  private static List<String> readTexts(CompactInput in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int rest = in.count(); rest > 0; rest--) {
      texts.add(in.text());
    }
    return texts;
  }

  private static List<String> nonEmpty(List<String> columns) throws IOException {
    if (columns.isEmpty()) {
      throw new IOException("a condition on times has no column");
    }
    return columns;
  }
}
