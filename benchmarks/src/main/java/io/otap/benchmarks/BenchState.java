/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.benchmarks;

import com.google.protobuf.MessageLite;
import io.otap.core.batch.OtapBatch;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A tree, and its middle batch in the forms that encoders begin with. */
@State(Scope.Thread)
public class BenchState {

  /** Folder of the tree. */
  @Param("testdata/logs-multi/parquet")
  public String parquet;

  private BenchTree tree;
  private ColumnScan scan;
  private OtapBatch batch;
  private MessageLite request;

  @Setup
  public void read() throws IOException {
    tree = new BenchTree(parquet);
    scan = new ColumnScan(tree);
    List<OtapBatch> batches = tree.batches();
    batch = batches.get(batches.size() / 2);
    request = Requests.of(batch);
  }

  BenchTree tree() {
    return tree;
  }

  ColumnScan scan() {
    return scan;
  }

  OtapBatch batch() {
    return batch;
  }

  MessageLite request() {
    return request;
  }
}
