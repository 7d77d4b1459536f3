/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * Every metric of the source and of the operators behind it. They are registered by what stands
 * here, and {@code docs/METRICS.md} is written from it.
 */
@Internal
public enum SourceMetric {
  NUM_RECORDS_IN(
      "numRecordsIn",
      Type.COUNTER,
      MetricScope.READER,
      "records",
      "Logs, spans and metrics that were emitted, whatever the form."),
  NUM_BYTES_IN(
      "numBytesIn", Type.COUNTER, MetricScope.READER, "bytes", "Bytes of columns read from files."),
  NUM_RECORDS_IN_ERRORS(
      "numRecordsInErrors",
      Type.COUNTER,
      MetricScope.READER,
      "records",
      "Records not read because a file cannot be read and `source.on-corrupt` goes on."),
  PENDING_RECORDS(
      "pendingRecords",
      Type.GAUGE,
      MetricScope.READER,
      "records",
      "Records of the reader's splits that it has not read yet."),
  PENDING_BYTES(
      "pendingBytes",
      Type.GAUGE,
      MetricScope.READER,
      "bytes",
      "Their share of the bytes of the root files; those of their children are not known."),
  FETCH_LAG(
      "currentFetchEventTimeLag",
      Type.GAUGE,
      MetricScope.READER,
      "ms",
      "Time from the smallest event time of the rows read last to when they were read; -1 before."),
  EMIT_LAG(
      "currentEmitEventTimeLag",
      Type.GAUGE,
      MetricScope.READER,
      "ms",
      "The same to when they were emitted."),
  WATERMARK_LAG(
      "watermarkLag",
      Type.GAUGE,
      MetricScope.READER,
      "ms",
      "Time by which the watermark is behind the clock. Flink shows it once there is a watermark."),
  IDLE_TIME(
      "sourceIdleTime",
      Type.GAUGE,
      MetricScope.READER,
      "ms",
      "How long the reader has had nothing to emit; 0 while it has."),
  RUNNING_SPLITS(
      "runningSplits", Type.GAUGE, MetricScope.READER, "splits", "Splits that the reader has."),
  FINISHED_SPLITS(
      "finishedSplits",
      Type.COUNTER,
      MetricScope.READER,
      "splits",
      "Splits read to their end, those cut short by a file that cannot be read included."),
  CORRUPT_SPLITS(
      "corruptSplits",
      Type.COUNTER,
      MetricScope.READER,
      "splits",
      "Splits whose rest was left out because a file cannot be read."),
  UNDECIDABLE_EXEMPLARS(
      "undecidableExemplars",
      Type.COUNTER,
      MetricScope.READER,
      "exemplars",
      "Exemplars with the value 0 of which the file does not tell whether they have one."),
  READER_ERRORS(
      "errors",
      Type.COUNTER,
      MetricScope.READER,
      MetricLabel.ERROR_KIND,
      "errors",
      "Errors met in reading, those that fail the job included (ERRORS.md lists the kinds)."),
  READER_RETRIES(
      "retries",
      Type.COUNTER,
      MetricScope.READER,
      "attempts",
      "Attempts to open or read a file after one that failed (`source.retry.*`)."),
  TABLE_ROWS("rows", Type.COUNTER, MetricScope.JOIN, MetricLabel.TABLE, "rows", "Rows in batches."),
  TABLE_BYTES(
      "bytes",
      Type.COUNTER,
      MetricScope.JOIN,
      MetricLabel.TABLE,
      "bytes",
      "Bytes of these rows in memory. Dictionaries that batches share count in each."),
  ORPHANS(
      "orphans",
      Type.COUNTER,
      MetricScope.JOIN,
      MetricLabel.CHILD_TABLE,
      "rows",
      "Rows left out because their parents do not exist."),
  RESOURCE_ROWS(
      "resourceRows",
      Type.COUNTER,
      MetricScope.JOIN,
      MetricLabel.RECOVERY,
      "rows",
      "Records by how certain their resource is (RECOVERY.md); N is undecided."),
  SCOPE_ROWS(
      "scopeRows",
      Type.COUNTER,
      MetricScope.JOIN,
      MetricLabel.RECOVERY,
      "rows",
      "The same for their scope."),
  LATE_ROWS(
      "lateRows",
      Type.COUNTER,
      MetricScope.ASSEMBLER,
      MetricLabel.NON_ROOT_TABLE,
      "rows",
      "Rows that went to `OtapStreams.LATE_CHILDREN`."),
  BUFFERED_CUTS(
      "bufferedCuts",
      Type.GAUGE,
      MetricScope.ASSEMBLER,
      "cuts",
      "Batches to come that wait for some of their slices."),
  BUFFERED_SLICES(
      "bufferedSlices", Type.GAUGE, MetricScope.ASSEMBLER, "slices", "Slices that wait."),
  BUFFERED_BYTES(
      "bufferedBytes", Type.GAUGE, MetricScope.ASSEMBLER, "bytes", "Bytes of these slices."),
  RECORDS_WITHOUT_TIME(
      "recordsWithoutEventTime",
      Type.COUNTER,
      MetricScope.RECORDS,
      "records",
      "Records that have no event time; they go on without a timestamp."),
  UNASSIGNED_SPLITS(
      "unassignedSplits",
      Type.GAUGE,
      MetricScope.ENUMERATOR,
      "splits",
      "Splits that wait for a reader."),
  PARTITIONS(
      "partitions",
      Type.GAUGE,
      MetricScope.ENUMERATOR,
      "partitions",
      "Partitions (`_part_id`) with a file; an unpartitioned tree is one."),
  FILES(
      "files",
      Type.GAUGE,
      MetricScope.ENUMERATOR,
      "files",
      "Files of all tables that are known; of trees that are followed, since the first start."),
  LEFT_OUT_ROOT_FILES(
      "leftOutRootFiles",
      Type.GAUGE,
      MetricScope.ENUMERATOR,
      "files",
      "Root files left out because an option says so."),
  CORRUPT_FILES(
      "corruptFiles",
      Type.GAUGE,
      MetricScope.ENUMERATOR,
      "files",
      "Files left out because their footer cannot be read, or because files that they need were"
          + " removed."),
  ENUMERATOR_ERRORS(
      "errors",
      Type.COUNTER,
      MetricScope.ENUMERATOR,
      MetricLabel.ERROR_KIND,
      "errors",
      "Errors met in listing and planning, those that fail the job included."),
  ENUMERATOR_RETRIES(
      "retries",
      Type.COUNTER,
      MetricScope.ENUMERATOR,
      "attempts",
      "Attempts to list a folder or read a footer after one that failed (`source.retry.*`)."),
  FOLLOWED_FILES(
      "followedFiles",
      Type.GAUGE,
      MetricScope.FOLLOWER,
      "files",
      "Files whose footers are in memory because root files that wait, or are to come, may need"
          + " them."),
  WAITING_ROOT_FILES(
      "waitingRootFiles",
      Type.GAUGE,
      MetricScope.FOLLOWER,
      "files",
      "Root files that are not released."),
  RELEASED_ROOT_FILES(
      "releasedRootFiles",
      Type.GAUGE,
      MetricScope.FOLLOWER,
      "files",
      "Root files turned into splits since the job was started or restored."),
  UNPROVEN_RELEASES(
      "releasesWithoutProof",
      Type.GAUGE,
      MetricScope.FOLLOWER,
      "files",
      "Those of them that were released by `source.late-children-timeout`."),
  LATE_CHILD_FILES(
      "lateChildFiles",
      Type.GAUGE,
      MetricScope.FOLLOWER,
      "files",
      "Files of child rows that came after their root files had been released. Their rows are in"
          + " no batch."),
  FORGOTTEN_FILES(
      "forgottenFiles",
      Type.GAUGE,
      MetricScope.FOLLOWER,
      "files",
      "Files forgotten because they were absent for `source.forget-after`."),
  REMOVED_FILES(
      "removedFiles",
      Type.GAUGE,
      MetricScope.FOLLOWER,
      "files",
      "Files deleted or archived because `source.after-read` says so."),
  LISTING_FAILURES(
      "listingFailures",
      Type.GAUGE,
      MetricScope.FOLLOWER,
      "listings",
      "Listings that have failed in a row; 0 after one that succeeds."),
  DISCOVERY_LAG(
      "discoveryLag",
      Type.GAUGE,
      MetricScope.FOLLOWER,
      "ms",
      "Time since the last listing that succeeded, or since the start.");

  /** What Flink calls it. */
  public enum Type {
    COUNTER,
    GAUGE
  }

  private final String key;
  private final Type type;
  private final MetricScope scope;
  private final MetricLabel label;
  private final String unit;
  private final String meaning;

  SourceMetric(String key, Type type, MetricScope scope, String unit, String meaning) {
    this(key, type, scope, null, unit, meaning);
  }

  SourceMetric(
      String key, Type type, MetricScope scope, MetricLabel label, String unit, String meaning) {
    this.key = key;
    this.type = type;
    this.scope = scope;
    this.label = label;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** The name in Flink. */
  public String key() {
    return key;
  }

  public Type type() {
    return type;
  }

  public MetricScope scope() {
    return scope;
  }

  /** What metrics of this name are told apart by. */
  public Optional<MetricLabel> label() {
    return Optional.ofNullable(label);
  }

  public String unit() {
    return unit;
  }

  public String meaning() {
    return meaning;
  }

  /** A counter that one thread after the other may count with. */
  public Counter counter(MetricGroup group) {
    return group.counter(key, new ThreadSafeSimpleCounter());
  }

  /** A counter for each value of the label. */
  public Map<String, Counter> counters(MetricGroup group) {
    Map<String, Counter> counters = new LinkedHashMap<>();
    for (String value : label.range()) {
      counters.put(value, counter(group.addGroup(label.key(), value)));
    }
    return counters;
  }

  /**
   * @param value asked from threads of reporters
   */
  public void gauge(MetricGroup group, Supplier<Long> value) {
    group.gauge(key, (Gauge<Long>) value::get);
  }
}
