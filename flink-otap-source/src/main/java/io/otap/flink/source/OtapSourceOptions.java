/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source;

import io.otap.core.batch.OtapBatch;
import io.otap.core.batch.RecoveryPolicy;
import io.otap.core.error.OtapException;
import io.otap.core.scan.ReadOptions;
import java.time.Duration;
import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/** Options of the source. The same names are used in the API, in SQL and on the command line. */
@PublicEvolving
public final class OtapSourceOptions {

  /** What the names of all options of the source begin with. */
  public static final String PREFIX = "source.";

  public static final ConfigOption<List<String>> SIGNALS =
      ConfigOptions.key(PREFIX + "signals")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription(
              "Signals to read: logs, traces, metrics. All that have rows if not set.");

  public static final ConfigOption<Integer> BATCH_SIZE =
      ConfigOptions.key(PREFIX + "batch-size")
          .intType()
          .defaultValue(8192)
          .withDescription(
              "Root rows of a batch, 1 to "
                  + OtapBatch.MAX_ROWS
                  + ". A batch ends at the first row from there on at which the ids allow it.");

  public static final ConfigOption<MemorySize> BATCH_BYTES =
      ConfigOptions.key(PREFIX + "batch-bytes")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(4))
          .withDescription(
              "Bytes of a batch, by the same rule as the rows. As many may be read ahead of what goes"
                  + " on.");

  public static final ConfigOption<MemorySize> SPLIT_SIZE =
      ConfigOptions.key(PREFIX + "split-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(128))
          .withDescription("Bytes of the rows of a root file that one split covers.");

  public static final ConfigOption<RecoveryPolicy> RECOVERY =
      ConfigOptions.key(PREFIX + "recovery")
          .enumType(RecoveryPolicy.class)
          .defaultValue(RecoveryPolicy.LIKELY)
          .withDescription(
              "Which recovered resources and scopes are filled into rows: strict (what is certain"
                  + " under the documented assumptions), likely (also where one of them is visibly"
                  + " broken nearby), guess (always something), fail (as likely, and the first"
                  + " undecided row fails the job).");

  public static final ConfigOption<Boolean> VALIDATE_RELATIONS =
      ConfigOptions.key(PREFIX + "validate-relations")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether a child row whose parent does not exist fails the job. Else it is left out"
                  + " and counted.");

  public static final ConfigOption<MemorySize> READER_MEMORY =
      ConfigOptions.key(PREFIX + "reader-memory")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(256))
          .withDescription(
              "Bytes that child rows may take while they wait in a reader for their parents.");

  public static final ConfigOption<Assembly> ASSEMBLY =
      ConfigOptions.key(PREFIX + "assembly")
          .enumType(Assembly.class)
          .noDefaultValue()
          .withDescription(
              "Where the tables are joined: keyed (by an operator behind the source, spread over its"
                  + " subtasks, in keyed state) or reader (inside the source). Default: keyed in"
                  + " streaming execution, reader in batch execution.");

  public static final ConfigOption<Duration> MIN_FILE_AGE =
      ConfigOptions.key(PREFIX + "min-file-age")
          .durationType()
          .defaultValue(Duration.ZERO)
          .withDescription(
              "For exporters that write in place: root files that changed within this time before they"
                  + " are listed are left out, named and counted, by the modification time of the file"
                  + " system; files of child tables are read whatever their age. In trees that are"
                  + " followed, files of all tables wait until they have not changed for so long.");

  public static final ConfigOption<Boolean> DEFAULT_IS_MONOTONIC =
      ConfigOptions.key(PREFIX + "default.is-monotonic")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "What sums are in files without the column is_monotonic, which today's exporter never"
                  + " writes.");

  public static final ConfigOption<Boolean> CONTINUOUS =
      ConfigOptions.key(PREFIX + "continuous")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether the trees are followed as they grow, for ever. Else what is there at the"
                  + " start is read once.");

  public static final ConfigOption<Duration> DISCOVERY_INTERVAL =
      ConfigOptions.key(PREFIX + "discovery-interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription("Time between two listings of a tree that is followed.");

  public static final ConfigOption<Integer> RELEASE_LISTINGS =
      ConfigOptions.key(PREFIX + "release-listings")
          .intType()
          .defaultValue(1)
          .withDescription(
              "Complete listings of the child tables that begin after a root file was first listed,"
                  + " before it is read. More than 1 for storages whose listings leave new files out"
                  + " for a while.");

  public static final ConfigOption<Duration> LATE_CHILDREN_TIMEOUT =
      ConfigOptions.key(PREFIX + "late-children-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(60))
          .withDescription(
              "How long a file of spans that is followed waits for proof that its attributes are"
                  + " there, which today's exporter can publish later. Files read without proof are"
                  + " named and counted.");

  public static final ConfigOption<OnLateChildren> ON_LATE_CHILDREN =
      ConfigOptions.key(PREFIX + "on-late-children")
          .enumType(OnLateChildren.class)
          .defaultValue(OnLateChildren.COUNT)
          .withDescription(
              "What happens when a followed tree shows child rows of root files that were read"
                  + " before: count (their file is named and counted, they are lost), side-output (the"
                  + " same, but each goes to OtapStreams.LATE_CHILDREN, once; needs keyed assembly) or"
                  + " fail.");

  public static final ConfigOption<Duration> IDLE_TIMEOUT =
      ConfigOptions.key(PREFIX + "idle-timeout")
          .durationType()
          .noDefaultValue()
          .withDescription(
              "How long a followed tree must have nothing to read until the source is idle, so that"
                  + " event time of other sources in the job goes on without it. Measured from"
                  + " listing to listing. By default event time waits for the next file.");

  public static final ConfigOption<Duration> FORGET_AFTER =
      ConfigOptions.key(PREFIX + "forget-after")
          .durationType()
          .defaultValue(Duration.ofDays(7))
          .withDescription(
              "How long a file that was read must be absent from all listings until it is forgotten."
                  + " If it came back then, it would be read again.");

  public static final ConfigOption<String> START_FROM =
      ConfigOptions.key(PREFIX + "start-from")
          .stringType()
          .defaultValue("earliest")
          .withDescription(
              "earliest, latest (only root files that appear after the start; of trees that are"
                  + " followed) or a time such as 2026-01-31T00:00:00Z (root files with records of"
                  + " that time or later).");

  public static final ConfigOption<String> TIME_RANGE =
      ConfigOptions.key(PREFIX + "time-range")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Two times, from/to, such as 2026-01-31T00:00:00Z/2026-02-01T00:00:00Z: root files"
                  + " that may have records from the first time on and before the second. Files are"
                  + " chosen, not records.");

  public static final ConfigOption<List<String>> INCLUDE =
      ConfigOptions.key(PREFIX + "include")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription(
              "Globs of paths below the tree, such as logs/**: root files of which one has to match."
                  + " Their children follow.");

  public static final ConfigOption<List<String>> EXCLUDE =
      ConfigOptions.key(PREFIX + "exclude")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription("Globs of paths below the tree: root files of which none may match.");

  public static final ConfigOption<Integer> MAX_OPEN_SPLITS =
      ConfigOptions.key(PREFIX + "max-open-splits")
          .intType()
          .defaultValue(1)
          .withDescription(
              "Splits that a reader has at a time. It reads one after the other; with more than 1 it"
                  + " need not wait for the next, which is faster with many small files, but large"
                  + " ones may be spread less evenly.");

  public static final ConfigOption<Integer> MAX_PENDING_SPLITS =
      ConfigOptions.key(PREFIX + "max-pending-splits")
          .intType()
          .defaultValue(8)
          .withDescription(
              "Splits of followed trees that wait in the enumerator for each reader, about. Root"
                  + " files beyond that wait to be cut.");

  public static final ConfigOption<Integer> MAX_LISTING_FAILURES =
      ConfigOptions.key(PREFIX + "max-listing-failures")
          .intType()
          .defaultValue(10)
          .withDescription(
              "Listings of followed trees that may fail in a row. One more fails the job with its"
                  + " cause.");

  public static final ConfigOption<Boolean> ASSUME_SINGLE_EXPORTER =
      ConfigOptions.key(PREFIX + "assume-single-exporter")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether a tree that is not partitioned by _part_id may be followed, because only one"
                  + " exporter, started once, ever writes it.");

  public static final ConfigOption<String> ON_CORRUPT =
      ConfigOptions.key(PREFIX + "on-corrupt")
          .stringType()
          .defaultValue("fail")
          .withDescription(
              "What happens when a file is corrupt, does not fit the model, needs files that"
                  + " source.after-read has removed, or is the only one that the storage does not"
                  + " give after source.retry.*: fail, skip (what cannot"
                  + " be read is left out, named and counted) or quarantine:DIR (as skip, and a line"
                  + " of JSON with file and reason is put into the folder).");

  public static final ConfigOption<Integer> RETRY_MAX_ATTEMPTS =
      ConfigOptions.key(PREFIX + "retry.max-attempts")
          .intType()
          .defaultValue(5)
          .withDescription(
              "How often a listing, the opening of a file or the reading of a range of it is tried"
                  + " while the storage fails. Not tried again: files that are gone, access that is"
                  + " denied, what is wrong in a file.");

  public static final ConfigOption<Duration> RETRY_INITIAL_BACKOFF =
      ConfigOptions.key(PREFIX + "retry.initial-backoff")
          .durationType()
          .defaultValue(Duration.ofMillis(200))
          .withDescription(
              "Longest pause before the second attempt; it doubles with every attempt. The pause is"
                  + " drawn between half of it and all of it.");

  public static final ConfigOption<Duration> RETRY_MAX_BACKOFF =
      ConfigOptions.key(PREFIX + "retry.max-backoff")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription("Longest pause between attempts.");

  public static final ConfigOption<Duration> RETRY_DEADLINE =
      ConfigOptions.key(PREFIX + "retry.deadline")
          .durationType()
          .defaultValue(Duration.ofMinutes(2))
          .withDescription("Time from the first attempt within which the last attempt must begin.");

  public static final ConfigOption<String> AFTER_READ =
      ConfigOptions.key(PREFIX + "after-read")
          .stringType()
          .defaultValue("keep")
          .withDescription(
              "What becomes of the files of followed trees when all that needs them has been read and"
                  + " the checkpoints that the job may go back to cover it: keep, delete or"
                  + " archive:DIR (moved, with their path below the tree).");

  public static final ConfigOption<Duration> AFTER_READ_DELAY =
      ConfigOptions.key(PREFIX + "after-read-delay")
          .durationType()
          .defaultValue(Duration.ofHours(1))
          .withDescription(
              "How long files that are not needed stay before after-read removes them. A root file"
                  + " that an exporter publishes later than files behind it may need them until then;"
                  + " later, it is treated as source.on-corrupt says. Longer than the exporter takes"
                  + " to the first file of its rarest signal.");

  public static final ConfigOption<Integer> RETAINED_CHECKPOINTS =
      ConfigOptions.key(PREFIX + "retained-checkpoints")
          .intType()
          .defaultValue(1)
          .withDescription(
              "Checkpoints that the job may go back to; after-read removes only files that none of"
                  + " them needs. At least execution.checkpointing.num-retained. Savepoints are not"
                  + " counted: a job cannot be restored from one whose files were removed.");

  /** All options, in the order of the documentation. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          SIGNALS,
          BATCH_SIZE,
          BATCH_BYTES,
          SPLIT_SIZE,
          ASSEMBLY,
          RECOVERY,
          VALIDATE_RELATIONS,
          READER_MEMORY,
          MAX_OPEN_SPLITS,
          RETRY_MAX_ATTEMPTS,
          RETRY_INITIAL_BACKOFF,
          RETRY_MAX_BACKOFF,
          RETRY_DEADLINE,
          ON_CORRUPT,
          START_FROM,
          TIME_RANGE,
          INCLUDE,
          EXCLUDE,
          MIN_FILE_AGE,
          DEFAULT_IS_MONOTONIC,
          CONTINUOUS,
          DISCOVERY_INTERVAL,
          RELEASE_LISTINGS,
          LATE_CHILDREN_TIMEOUT,
          ON_LATE_CHILDREN,
          IDLE_TIMEOUT,
          FORGET_AFTER,
          MAX_PENDING_SPLITS,
          MAX_LISTING_FAILURES,
          ASSUME_SINGLE_EXPORTER,
          AFTER_READ,
          AFTER_READ_DELAY,
          RETAINED_CHECKPOINTS);

  private OtapSourceOptions() {}

  /**
   * What shapes the batches, checked.
   *
   * @throws OtapException of kind CONFIG with the option, its value and what fits
   */
  public static ReadOptions readOptions(Configuration options) throws OtapException {
    return SourceSettings.of(options).read();
  }
}
