/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.split;

import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.select.ReadSelection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;

/**
 * Byte form of splits. Splits share most of their files, and files most of their paths: each file
 * stands once, with what its strings have in common with those of the file before left out.
 */
@Internal
public final class SplitListCodec {

  private SplitListCodec() {}

  public static void write(Collection<OtapSplit> splits, CompactOutput out) throws IOException {
    Map<DataFile, Integer> files = new LinkedHashMap<>();
    for (OtapSplit split : splits) {
      files.putIfAbsent(split.plan().root(), files.size());
      for (DataFile input : split.plan().inputs()) {
        files.putIfAbsent(input, files.size());
      }
    }
    out.number(files.size());
    for (DataFile file : files.keySet()) {
      writeFile(file, out);
    }
    List<ReadSelection> selections =
        splits.stream().map(split -> split.plan().options().selection()).distinct().toList();
    out.number(selections.size());
    for (ReadSelection selection : selections) {
      SelectionCodec.write(selection, out);
    }
    out.number(splits.size());
    for (OtapSplit split : splits) {
      writeSplit(split, files, out);
      out.number(selections.indexOf(split.plan().options().selection()));
    }
  }

  /** What splits say of themselves; each form says what those before it do. */
  public enum Form {
    /** Inputs are complete, all that the tree has is wanted. */
    FIRST,
    /** Whether inputs are complete. */
    GROWING,
    /**
     * Whether, and by which file, rows are late; what is wanted of the tree, once for all splits
     * that want the same.
     */
    SELECTED
  }

  /**
   * @param form the form that was written; {@link #write} writes the last
   */
  public static List<OtapSplit> read(CompactInput in, Form form) throws IOException {
    int fileCount = in.count();
    List<DataFile> files = new ArrayList<>();
    for (int i = 0; i < fileCount; i++) {
      files.add(readFile(in));
    }
    List<ReadSelection> selections = new ArrayList<>();
    for (int rest = form == Form.SELECTED ? in.count() : 0; rest > 0; rest--) {
      selections.add(SelectionCodec.read(in));
    }
    int splitCount = in.count();
    List<OtapSplit> splits = new ArrayList<>();
    for (int i = 0; i < splitCount; i++) {
      splits.add(readSplit(files, selections, in, form));
    }
    return splits;
  }

  private static void writeSplit(OtapSplit split, Map<DataFile, Integer> files, CompactOutput out)
      throws IOException {
    SplitPlan plan = split.plan();
    out.number(plan.signal().root().number());
    out.number(files.get(plan.root()));
    out.number(plan.firstRow());
    out.number(plan.endRow());
    writeRange(plan.owned(), out);
    out.number(plan.inputs().size());
    for (DataFile input : plan.inputs()) {
      out.number(files.get(input));
    }
    ReadOptions options = plan.options();
    out.number(options.batchSize());
    out.number(options.batchBytes());
    out.text(options.recovery().name());
    out.number(options.validateRelations() ? 1 : 0);
    out.number(options.readerMemory());
    out.number(options.defaultIsMonotonic() ? 1 : 0);
    out.number(split.position());
    out.number(plan.complete() ? 1 : 0);
    out.number(plan.isLate() ? 1 : 0);
    if (plan.isLate()) {
      out.text(plan.lateBy());
    }
  }

  private static OtapSplit readSplit(
      List<DataFile> files, List<ReadSelection> selections, CompactInput in, Form form)
      throws IOException {
    PayloadType rootTable = table(in.number());
    Signal signal = Signal.ofRoot(rootTable);
    DataFile root = file(files, in.number());
    long firstRow = in.number();
    long endRow = in.number();
    IdRange owned = readRange(in);
    int inputCount = in.count();
    List<DataFile> inputs = new ArrayList<>();
    for (int i = 0; i < inputCount; i++) {
      inputs.add(file(files, in.number()));
    }
    ReadOptions options =
        new ReadOptions(
            Math.toIntExact(in.number()),
            in.number(),
            RecoveryPolicy.valueOf(in.text()),
            in.number() != 0,
            in.number(),
            in.number() != 0);
    long position = in.number();
    boolean complete = form == Form.FIRST || in.number() != 0;
    boolean selected = form == Form.SELECTED;
    String lateBy = selected && in.number() != 0 ? in.text() : null;
    ReadSelection selection = selected ? selection(selections, in.number()) : ReadSelection.ALL;
    return new OtapSplit(
        new SplitPlan(
            signal,
            root,
            firstRow,
            endRow,
            owned,
            inputs,
            complete,
            options.with(selection),
            lateBy),
        position);
  }

  private static void writeFile(DataFile file, CompactOutput out) throws IOException {
    out.number(file.table().number());
    out.text(file.partition());
    out.text(file.path());
    out.number(file.length());
    out.number(file.rows());
    writeRange(file.ids(), out);
    writeRange(file.parentIds(), out);
    writeRange(file.resourceIds(), out);
    writeRange(file.scopeIds(), out);
    writeRange(file.times(), out);
  }

  private static DataFile readFile(CompactInput in) throws IOException {
    return new DataFile(
        table(in.number()),
        in.text(),
        in.text(),
        in.number(),
        in.number(),
        readRange(in),
        readRange(in),
        readRange(in),
        readRange(in),
        readRange(in));
  }

  private static void writeRange(IdRange range, CompactOutput out) throws IOException {
    out.number(range == null ? 0 : 1);
    if (range != null) {
      out.number(range.min());
      out.number(range.max());
    }
  }

  private static IdRange readRange(CompactInput in) throws IOException {
    return in.number() == 0 ? null : new IdRange(in.number(), in.number());
  }

  private static ReadSelection selection(List<ReadSelection> selections, long index)
      throws IOException {
    if (index < 0 || index >= selections.size()) {
      throw new IOException("there is no selection of number " + index + " in the state");
    }
    return selections.get((int) index);
  }

  private static DataFile file(List<DataFile> files, long index) throws IOException {
    if (index < 0 || index >= files.size()) {
      throw new IOException("there is no file of number " + index + " in the state");
    }
    return files.get((int) index);
  }

  static PayloadType table(long number) throws IOException {
    for (PayloadType type : PayloadType.values()) {
      if (type.number() == number) {
        return type;
      }
    }
    throw new IOException("there is no table of number " + number);
  }
}
