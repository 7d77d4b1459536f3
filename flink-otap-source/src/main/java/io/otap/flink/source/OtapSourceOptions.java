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
          .defaultValue(MemorySize.ofMebiBytes(16))
          .withDescription("Bytes of a batch, by the same rule as the rows.");

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
              "Root files that changed within this time before they are listed are left out, named"
                  + " and counted, by the modification time of the file system; for exporters that"
                  + " write in place. Files of child tables are read whatever their age.");

  public static final ConfigOption<Boolean> DEFAULT_IS_MONOTONIC =
      ConfigOptions.key(PREFIX + "default.is-monotonic")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "What sums are in files without the column is_monotonic, which today's exporter never"
                  + " writes.");

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
          MIN_FILE_AGE,
          DEFAULT_IS_MONOTONIC);

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
