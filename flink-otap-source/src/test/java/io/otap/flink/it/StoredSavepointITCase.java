/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.TestData;
import io.otap.core.assemble.OtapSlice;
import io.otap.core.batch.OtapBatch;
import io.otap.core.model.Signal;
import io.otap.core.otlp.ComparisonProfile;
import io.otap.core.otlp.OtlpComparison;
import io.otap.core.otlp.OtlpEncoder;
import io.otap.core.otlp.OtlpRecords;
import io.otap.flink.source.OtapSource;
import io.otap.flink.source.OtapStreams;
import io.otap.flink.source.slice.OtapSliceTypeInfo;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job goes on from a savepoint that an earlier version took in its middle, which lies in the
 * resources under {@code state/}. With {@code -Dotap.write-state=DIR} it is taken anew.
 */
class StoredSavepointITCase {

  private static final String SET = "mixed";
  private static final String NAME = "savepoint-2";

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path temporary;

  @Test
  void aJobGoesOnFromIt() throws Exception {
    Path savepoint = temporary.resolve(NAME);
    Files.createDirectories(savepoint);
    try (Stream<Path> files = Files.list(stored())) {
      for (Path file : files.toList()) {
        Files.copy(file, savepoint.resolve(file.getFileName()));
      }
    }
    InState.RESULT.clear();
    StreamExecutionEnvironment env =
        TestJobs.environment(RuntimeExecutionMode.STREAMING, 1, true, 0);
    env.configure(
        new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString()));
    FailingOnce<OtapSlice> read = new FailingOnce<>(0);
    build(env, read);
    env.execute();
    OtlpRecords actual = new OtlpRecords(ComparisonProfile.PARQUET);
    for (byte[] request : InState.RESULT) {
      actual.add(Signal.values()[request[0]], Arrays.copyOfRange(request, 1, request.length));
    }
    OtlpComparison comparison =
        OtlpComparison.of(
            new OtlpRecords(ComparisonProfile.PARQUET).addFolder(TestData.expected(SET)), actual);
    assertThat(comparison.isEqual()).as(comparison::difference).isTrue();
    assertThat(read.seen()).isPositive();
  }

  private Path stored() throws Exception {
    String folder = System.getProperty("otap.write-state");
    if (folder == null) {
      return resource();
    }
    StreamExecutionEnvironment env =
        TestJobs.environment(RuntimeExecutionMode.STREAMING, 2, true, 0);
    FailingOnce<OtapSlice> read = new FailingOnce<>(5);
    build(env, read);
    JobClient job = env.executeAsync();
    while (read.seen() < 150) {
      Thread.onSpinWait();
    }
    Path taken = Path.of(URI.create(TestJobs.stop(job, temporary)));
    Path target = Files.createDirectories(Path.of(folder)).resolve(NAME);
    Files.move(taken, target);
    return target;
  }

  private static Path resource() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(StoredSavepointITCase.class.getResource("/state/" + NAME)).toURI());
  }

  private static void build(StreamExecutionEnvironment env, FailingOnce<OtapSlice> read)
      throws IOException {
    OtapSource<OtapSlice> source =
        OtapSource.forSlices(
                new org.apache.flink.core.fs.Path(
                    RelocatedFileSystem.SCHEME + ":/" + SET + "/parquet"))
            .setOptions(AssemblyITCase.options(SET))
            .build();
    OtapStreams.assemble(
            env.fromSource(source, WatermarkStrategy.noWatermarks(), "slices")
                .uid(OtapStreams.SOURCE_UID)
                .map(read)
                .returns(OtapSliceTypeInfo.INSTANCE)
                .uid("read"))
        .transform("keep", Types.VOID, new InState())
        .uid("keep")
        .sinkTo(new DiscardingSink<>());
  }

  /** A result that lies in the state until the input ends: the signal, then the request. */
  private static final class InState extends AbstractStreamOperator<Void>
      implements OneInputStreamOperator<OtapBatch, Void>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    static final List<byte[]> RESULT = new CopyOnWriteArrayList<>();

    private transient ListState<byte[]> requests;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      requests =
          context
              .getOperatorStateStore()
              .getListState(
                  new ListStateDescriptor<>(
                      "requests", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement(StreamRecord<OtapBatch> element) throws Exception {
      byte[] request = OtlpEncoder.encode(element.getValue());
      byte[] tagged = new byte[request.length + 1];
      tagged[0] = (byte) element.getValue().signal().ordinal();
      System.arraycopy(request, 0, tagged, 1, request.length);
      requests.add(tagged);
    }

    @Override
    public void endInput() throws Exception {
      requests.get().forEach(RESULT::add);
    }
  }
}
