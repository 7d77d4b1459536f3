/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.assembly;

import io.otap.core.assemble.ChildSlice;
import io.otap.core.assemble.CutAssembly;
import io.otap.core.assemble.LateSlice;
import io.otap.core.assemble.OtapSlice;
import io.otap.core.batch.EventTime;
import io.otap.core.batch.OtapBatch;
import io.otap.core.error.OtapException;
import io.otap.core.model.PayloadType;
import io.otap.flink.source.metrics.BatchCounters;
import io.otap.flink.source.metrics.SourceMetric;
import io.otap.flink.source.slice.OtapSliceSerializer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Puts the slices of a cut together, in whatever order they arrive: they wait in keyed state until
 * the cut is complete, then its batch goes on and nothing is left of it. Watermarks stay below the
 * event times of what waits. Late rows belong to no cut and go on at once.
 *
 * <p>A slice that is doubled, contradicts others or does not belong fails the job, and so does one
 * that is missing when the input ends. A slice that is repeated after its cut has gone on is told
 * as the beginning of a cut that never ends. All this needs checkpoints of exactly once.
 */
@Internal
public final class OtapBatchAssembler extends AbstractStreamOperator<OtapBatch>
    implements OneInputStreamOperator<OtapSlice, OtapBatch>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  public static final OutputTag<OrphanRow> ORPHANS =
      new OutputTag<>("otap-orphans", TypeInformation.of(OrphanRow.class));
  public static final OutputTag<UndecidedRow> UNDECIDED =
      new OutputTag<>("otap-undecided", TypeInformation.of(UndecidedRow.class));

  public static final OutputTag<LateRow> LATE_CHILDREN =
      new OutputTag<>("otap-late-children", TypeInformation.of(LateRow.class));

  private static final MapStateDescriptor<Long, OtapSlice> SLICES =
      new MapStateDescriptor<>("slices", LongSerializer.INSTANCE, OtapSliceSerializer.INSTANCE);

  /** Number of the slice with the root rows. */
  private static final long CLOSING = -1;

  private transient MapState<Long, OtapSlice> slices;
  private transient Map<Object, CutAssembly> cuts;
  private transient HeldWatermark watermark;
  private transient BatchCounters counters;
  private transient Map<String, Counter> lateRows;

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    slices = context.getKeyedStateStore().getMapState(SLICES);
    cuts = new HashMap<>();
    watermark = new HeldWatermark();
    if (context.isRestored()) {
      getKeyedStateBackend()
          .applyToAllKeys(
              VoidNamespace.INSTANCE,
              VoidNamespaceSerializer.INSTANCE,
              SLICES,
              (key, restored) -> {
                for (OtapSlice slice : restored.values()) {
                  account(key, slice).add(slice);
                }
              });
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    counters = new BatchCounters(getMetricGroup());
    lateRows = SourceMetric.LATE_ROWS.counters(getMetricGroup());
    SourceMetric.BUFFERED_CUTS.gauge(getMetricGroup(), () -> (long) cuts.size());
    SourceMetric.BUFFERED_SLICES.gauge(getMetricGroup(), () -> sum(CutAssembly::slices));
    SourceMetric.BUFFERED_BYTES.gauge(getMetricGroup(), () -> sum(CutAssembly::bytes));
  }

  @Override
  public void processElement(StreamRecord<OtapSlice> element) throws Exception {
    OtapSlice slice = element.getValue();
    if (slice instanceof LateSlice late) {
      lateRows.get(late.table().folder()).inc(late.rows().length);
      LateRow.of(late, row -> output.collect(LATE_CHILDREN, new StreamRecord<>(row)));
      return;
    }
    Object key = getCurrentKey();
    CutAssembly cut = account(key, slice);
    cut.add(slice);
    if (!cut.isComplete()) {
      slices.put(number(slice), slice);
      return;
    }
    emit(all(cut, slice));
    cuts.remove(key);
    if (cut.head().hasEventTime()) {
      watermark.release(cut.head().eventTime());
    }
    passWatermarkOn();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark.arrive(mark.getTimestamp());
    passWatermarkOn();
  }

  @Override
  public void endInput() throws OtapException {
    for (CutAssembly cut : cuts.values()) {
      throw cut.incomplete();
    }
  }

  private long sum(ToLongFunction<CutAssembly> of) {
    return cuts.values().stream().mapToLong(of).sum();
  }

  private CutAssembly account(Object key, OtapSlice slice) {
    CutAssembly cut = cuts.get(key);
    if (cut == null) {
      cut = new CutAssembly(slice.head());
      cuts.put(key, cut);
      if (slice.head().hasEventTime()) {
        watermark.hold(slice.head().eventTime());
      }
    }
    return cut;
  }

  private void emit(List<OtapSlice> all) throws OtapException {
    String split = all.get(0).head().split();
    OtapBatch batch =
        CutAssembly.join(
            all,
            (table, file, parentId) ->
                output.collect(
                    ORPHANS,
                    new StreamRecord<>(new OrphanRow(split, table.folder(), parentId, file))));
    counters.count(batch);
    OptionalLong time = EventTime.smallestMillis(batch);
    output.collect(
        time.isPresent() ? new StreamRecord<>(batch, time.getAsLong()) : new StreamRecord<>(batch));
    UndecidedRow.of(split, batch, row -> output.collect(UNDECIDED, new StreamRecord<>(row)));
  }

  private void passWatermarkOn() throws Exception {
    if (watermark.rises()) {
      super.processWatermark(new Watermark(watermark.current()));
    }
  }

  /** One after the other: an iterator over the state would hold the bytes of all, too. */
  private List<OtapSlice> all(CutAssembly cut, OtapSlice last) throws Exception {
    List<OtapSlice> all = new ArrayList<>(cut.slices());
    all.add(last);
    if (cut.slices() > 1) {
      for (long number : numbers(cut)) {
        if (number != number(last)) {
          all.add(slices.get(number));
        }
      }
      slices.clear();
    }
    return all;
  }

  private static long[] numbers(CutAssembly cut) {
    LongStream.Builder numbers = LongStream.builder().add(CLOSING);
    cut.counts()
        .forEach(
            (table, count) -> {
              for (int sequence = 0; sequence < count; sequence++) {
                numbers.add(number(table, sequence));
              }
            });
    return numbers.build().toArray();
  }

  /** Distinct for all slices of a cut that fit together. */
  private static long number(OtapSlice slice) {
    return slice instanceof ChildSlice child ? number(child.table(), child.sequence()) : CLOSING;
  }

  private static long number(PayloadType table, int sequence) {
    return (long) table.number() << 32 | sequence;
  }
}
