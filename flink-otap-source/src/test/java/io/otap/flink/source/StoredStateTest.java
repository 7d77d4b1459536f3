/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otap.core.TestPlans;
import io.otap.core.assemble.ChildSlice;
import io.otap.core.assemble.ClosingSlice;
import io.otap.core.assemble.CutHead;
import io.otap.core.assemble.LateSlice;
import io.otap.core.assemble.OrphanRows;
import io.otap.core.assemble.OtapSlice;
import io.otap.core.assemble.RootSlice;
import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RandomBatches;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.follow.FileKey;
import io.otap.core.follow.FileStage;
import io.otap.core.follow.SeenFiles;
import io.otap.core.model.PayloadType;
import io.otap.core.model.Signal;
import io.otap.core.scan.DataFile;
import io.otap.core.scan.IdRange;
import io.otap.core.scan.ReadOptions;
import io.otap.core.scan.SplitPlan;
import io.otap.core.select.AnyOf;
import io.otap.core.select.NumberRange;
import io.otap.core.select.Partitions;
import io.otap.core.select.ReadSelection;
import io.otap.core.select.ResourceAttribute;
import io.otap.core.select.TimeRange;
import io.otap.flink.source.batch.OtapBatchSerializer;
import io.otap.flink.source.enumerator.OtapEnumeratorState;
import io.otap.flink.source.enumerator.OtapEnumeratorStateSerializer;
import io.otap.flink.source.slice.OtapSliceSerializer;
import io.otap.flink.source.split.OtapSplit;
import io.otap.flink.source.split.OtapSplitSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes that every version wrote lie in the resources under {@code state/} and stay readable. With
 * {@code -Dotap.write-state=DIR} they are written anew, for a version that writes others.
 */
class StoredStateTest {

  /** Of batches and slices. */
  private static final int LAST_FORM = 2;

  @Test
  void aSplitIsRead() throws IOException {
    assertThat(readOld("split-1", OtapSplitSerializer.INSTANCE)).isEqualTo(split(1));
  }

  @Test
  void aSplitOfAGrowingTreeIsRead() throws IOException {
    OtapSplit expected = new OtapSplit(TestPlans.ofGrowingTree(split(1).plan())).finished();
    assertThat(readOld("split-2", OtapSplitSerializer.INSTANCE)).isEqualTo(expected);
  }

  @Test
  void aSplitOfLateRowsIsRead() throws IOException {
    OtapSplit written = new OtapSplit(late(), 4);
    assertThat(read("late-split-3", written, OtapSplitSerializer.INSTANCE)).isEqualTo(written);
  }

  @Test
  void aSplitOfASelectionIsRead() throws IOException {
    OtapSplit written = selective(7);
    assertThat(read("split-3", written, OtapSplitSerializer.INSTANCE)).isEqualTo(written);
  }

  @Test
  void theStateOfAnEnumeratorIsReadWithSelectionsAndLateRows() throws IOException {
    OtapEnumeratorState written =
        new OtapEnumeratorState(
            true,
            List.of(split(0), selective(0), new OtapSplit(late())),
            List.of(new OtapSplit(late()).finished(), selective(2)),
            Map.of("/data", seen()));
    assertThat(readOld("enumerator-3", OtapEnumeratorStateSerializer.INSTANCE)).isEqualTo(written);
  }

  @Test
  void theStateOfAnEnumeratorThatHasRemovedFilesIsRead() throws IOException {
    SeenFiles seen = seen();
    seen.removed("p", 0);
    seen.removed("", 1L << 32);
    OtapEnumeratorState written =
        new OtapEnumeratorState(
            true, List.of(split(0)), List.of(selective(2)), Map.of("/data", seen));
    OtapEnumeratorState read =
        read("enumerator-4", written, OtapEnumeratorStateSerializer.INSTANCE);
    assertThat(read).isEqualTo(written);
    assertThat(read.seen().get("/data").removed()).isEqualTo(seen.removed());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void slicesOfLateRowsAreRead(int form) throws IOException {
    CutHead head = new CutHead(late().id(), Signal.LOGS, 2, CutHead.NO_TIME);
    LateSlice written =
        new LateSlice(
            head,
            PayloadType.LOG_ATTRS,
            late().root().path(),
            new long[] {0, 16_384, 1L << 40},
            new long[] {3, 3, 900});
    List<OtapSlice> slices =
        read("late-slices-", form, List.of(written), OtapSliceSerializer.INSTANCE);
    assertThat(slices)
        .singleElement()
        .isInstanceOfSatisfying(
            LateSlice.class,
            late -> {
              assertThat(late.head()).isEqualTo(head);
              assertThat(late.table()).isEqualTo(written.table());
              assertThat(late.file()).isEqualTo(written.file());
              assertThat(late.rows()).containsExactly(written.rows());
              assertThat(late.parentIds()).containsExactly(written.parentIds());
            });
  }

  @Test
  void theStateOfAFollowingEnumeratorIsRead() throws IOException {
    OtapEnumeratorState written =
        new OtapEnumeratorState(
            true, List.of(split(0)), List.of(split(2)), Map.of("/data", seen()));
    assertThat(readOld("enumerator-2", OtapEnumeratorStateSerializer.INSTANCE)).isEqualTo(written);
  }

  @Test
  void theStateOfAnEnumeratorIsRead() throws IOException {
    OtapEnumeratorState first =
        new OtapEnumeratorState(true, List.of(split(0), split(2)), List.of(), Map.of());
    assertThat(readOld("enumerator-1", OtapEnumeratorStateSerializer.INSTANCE)).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void slicesAreRead(int form) throws IOException {
    List<OtapSlice> slices = read("slices-", form, slices(), OtapSliceSerializer.INSTANCE);
    ClosingSlice closing = (ClosingSlice) slices.get(slices.size() - 1);
    assertThat(closing.head())
        .isEqualTo(new CutHead("traces:/data/spans/part-1.parquet:0-20", Signal.TRACES, 3, 17));
    assertThat(closing.counts()).containsEntry(PayloadType.SPAN_ATTRS, 1);
    assertThat(closing.root().firstRow()).isEqualTo(40);
    assertThat(closing.lost().get(0).parentIds()).containsExactly(5, 1L << 32);
    assertThat(slices.get(0)).isInstanceOf(ChildSlice.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void batchesAreRead(int form) throws IOException {
    List<OtapBatch> batches = read("batches-", form, batches(), OtapBatchSerializer.INSTANCE);
    assertThat(batches).extracting(OtapBatch::signal).containsExactly(Signal.values());
    assertThat(batches).anyMatch(batch -> batch.rows() > 0);
  }

  private static <T> T readOld(String name, SimpleVersionedSerializer<T> serializer)
      throws IOException {
    return SimpleVersionedSerialization.readVersionAndDeSerialize(serializer, stored(name, null));
  }

  /** The bytes are also what is written today. */
  private static <T> T read(String name, T written, SimpleVersionedSerializer<T> serializer)
      throws IOException {
    byte[] bytes =
        stored(name, SimpleVersionedSerialization.writeVersionAndSerialize(serializer, written));
    T read = SimpleVersionedSerialization.readVersionAndDeSerialize(serializer, bytes);
    assertThat(SimpleVersionedSerialization.writeVersionAndSerialize(serializer, read))
        .isEqualTo(bytes);
    return read;
  }

  /**
   * A snapshot of the serializer as it lies in a checkpoint, a number, so many values. Whatever the
   * form, the values are the same.
   */
  private static <T> List<T> read(
      String name, int form, List<T> written, TypeSerializer<T> serializer) throws IOException {
    byte[] today = write(written, serializer);
    byte[] bytes = stored(name + form, form == LAST_FORM ? today : null);
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    TypeSerializerSnapshot<T> snapshot =
        TypeSerializerSnapshot.readVersionedSnapshot(in, StoredStateTest.class.getClassLoader());
    assertThat(
            serializer
                .snapshotConfiguration()
                .resolveSchemaCompatibility(snapshot)
                .isCompatibleAsIs())
        .isTrue();
    TypeSerializer<T> restored = snapshot.restoreSerializer();
    List<T> values = new ArrayList<>();
    for (int rest = in.readInt(); rest > 0; rest--) {
      values.add(restored.deserialize(in));
    }
    assertThat(in.available()).isZero();
    assertThat(write(values, serializer)).isEqualTo(today);
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
    assertThatThrownBy(() -> skipTo(cut, values.size() - 1, restored))
        .hasMessageContaining("end before its end");
    return values;
  }

  private static <T> void skipTo(byte[] bytes, int skipped, TypeSerializer<T> serializer)
      throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    TypeSerializerSnapshot.readVersionedSnapshot(in, StoredStateTest.class.getClassLoader());
    in.readInt();
    for (int i = 0; i <= skipped; i++) {
      serializer.deserialize(in);
    }
  }

  private static <T> byte[] write(List<T> values, TypeSerializer<T> serializer) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1024);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    out.writeInt(values.size());
    for (T value : values) {
      serializer.serialize(value, out);
    }
    return out.getCopyOfBuffer();
  }

  private static byte[] stored(String name, byte[] written) throws IOException {
    String folder = System.getProperty("otap.write-state");
    if (folder != null && written != null) {
      Files.write(Files.createDirectories(Path.of(folder)).resolve(name), written);
      return written;
    }
    try (InputStream in = StoredStateTest.class.getResourceAsStream("/state/" + name)) {
      return in.readAllBytes();
    }
  }

  private static OtapSplit split(long position) {
    ReadOptions options = new ReadOptions(10, 1 << 20, RecoveryPolicy.GUESS, true, 32 << 20);
    IdRange ids = new IdRange(3, 900);
    List<DataFile> inputs =
        List.of(
            file(PayloadType.LOG_ATTRS, 1, null, ids, null),
            file(PayloadType.LOG_ATTRS, 2, null, ids, null),
            file(PayloadType.RESOURCE_ATTRS, 1, null, new IdRange(0, 7), null));
    DataFile root = file(PayloadType.LOGS, 1, ids, null, new IdRange(1, 1L << 60));
    return new OtapSplit(
        new SplitPlan(Signal.LOGS, root, 5, 77, new IdRange(3, 1000), inputs, true, options),
        position);
  }

  private static SplitPlan late() {
    SplitPlan plan = split(0).plan();
    DataFile child = plan.inputs().get(1);
    return SplitPlan.late(
        Signal.LOGS, child, child.parentIds(), List.of(plan.root()), plan.options(), child.path());
  }

  private static OtapSplit selective(long position) {
    SplitPlan plan = split(0).plan();
    ReadSelection selection =
        ReadSelection.ALL
            .withTables(List.of(PayloadType.LOG_ATTRS))
            .withFields(List.of("body", "time_unix_nano"))
            .where(
                TimeRange.ofEvents(Signal.LOGS, -5, Long.MAX_VALUE),
                new NumberRange("severity_number", 9, 1L << 40),
                new AnyOf("trace_id", Set.of("", "00ff")),
                new ResourceAttribute("service.name", Set.of("b", "a")),
                new Partitions(Set.of("p")))
            .withLimit(12);
    return new OtapSplit(
        new SplitPlan(
            plan.signal(),
            plan.root(),
            plan.firstRow(),
            plan.endRow(),
            plan.owned(),
            plan.inputs(),
            plan.complete(),
            plan.options().with(selection)),
        position);
  }

  private static SeenFiles seen() {
    SeenFiles seen = new SeenFiles();
    for (FileStage stage : FileStage.values()) {
      seen.put(FileKey.of("/data/logs/part-" + stage + ".parquet"), stage);
    }
    return seen;
  }

  private static DataFile file(
      PayloadType table, int number, IdRange ids, IdRange parentIds, IdRange times) {
    String path = "/data/" + table.folder() + "/_part_id=p/part-" + number + ".parquet";
    IdRange owners = ids == null ? null : new IdRange(0, 7);
    return new DataFile(
        table, "p", path, 1_000 * number, 90, ids, parentIds, owners, owners, times);
  }

  private static List<OtapBatch> batches() {
    RandomBatches random = new RandomBatches(21);
    return Arrays.stream(Signal.values()).map(signal -> random.next(signal, 8)).toList();
  }

  private static List<OtapSlice> slices() {
    OtapBatch batch = new RandomBatches(22).next(Signal.TRACES, 20);
    CutHead head = new CutHead("traces:/data/spans/part-1.parquet:0-20", Signal.TRACES, 3, 17);
    return List.of(
        new ChildSlice(head, 0, "/data/span_attrs/a", batch.table(PayloadType.SPAN_ATTRS)),
        new ChildSlice(head, 0, "/data/span_events/e", batch.table(PayloadType.SPAN_EVENTS)),
        new ClosingSlice(
            head,
            new RootSlice(
                "p",
                "/data/spans/part-1.parquet",
                40,
                batch.root(),
                List.of(batch.table(PayloadType.RESOURCE_ATTRS)),
                new byte[batch.rows()],
                new byte[batch.rows()]),
            Map.of(PayloadType.SPAN_ATTRS, 1, PayloadType.SPAN_EVENTS, 1),
            List.of(
                new OrphanRows(
                    PayloadType.SPAN_ATTRS, "/data/span_attrs/a", new long[] {5, 1L << 32})),
            false));
  }
}
