/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What an exporter's folder holds: {@code <base>/<table>/[_part_id=<uuid>/]part-*.parquet}
 * (ENGINE-OBSERVED 1). Names that do not end in {@code .parquet} are files still being written;
 * they and folders that are no tables are left out and named.
 *
 * @param base the folder that was listed
 * @param files the Parquet files with what their footers tell, in no particular order
 * @param ignored paths that were left out
 * @param modified milliseconds since 1970 of the last change of each file, by path
 */
@Internal
public record OtapTree(
    String base, List<DataFile> files, List<String> ignored, Map<String, Long> modified) {

  /** Decides about a file that cannot be read. */
  @FunctionalInterface
  public interface Unreadable {

    /** The file is left out, unless this throws. */
    void leaveOut(OtapException problem) throws OtapException;
  }

  public OtapTree {
    files = List.copyOf(files);
    ignored = List.copyOf(ignored);
    modified = Map.copyOf(modified);
  }

  /**
   * Lists a folder and reads each file's footer.
   *
   * @throws OtapException of kind DISCOVERY if there is no tree of tables at the path, saying where
   *     one might be; CORRUPT or SCHEMA if a footer cannot be used
   */
  public static OtapTree list(Storage storage, String base) throws IOException {
    return list(
        storage,
        base,
        problem -> {
          throw problem;
        });
  }

  /** As {@link #list(Storage, String)}, without the files that cannot be read. */
  public static OtapTree list(Storage storage, String base, Unreadable unreadable)
      throws IOException {
    return list(storage, base, file -> true, unreadable);
  }

  /**
   * The same without some files, which are not opened.
   *
   * @param needed the files that matter
   */
  public static OtapTree list(
      Storage storage, String base, Predicate<ListedFile> needed, Unreadable unreadable)
      throws IOException {
    TreeListing listing = TreeListing.of(storage, base);
    listing.requireFiles();
    List<ListedFile> files = listing.files().stream().filter(needed).toList();
    List<FooterScan.Scanned> scanned = new ArrayList<>();
    for (FooterScan.Outcome outcome : FooterScan.readEach(storage, files)) {
      if (outcome.problem() == null) {
        scanned.add(outcome.scanned());
      } else {
        unreadable.leaveOut(outcome.problem());
      }
    }
    requireOneExporter(base, scanned);
    return new OtapTree(
        base,
        scanned.stream().map(FooterScan.Scanned::file).toList(),
        listing.ignored(),
        files.stream().collect(Collectors.toMap(ListedFile::path, ListedFile::modified)));
  }

  /**
   * Root files with rows that changed within a time before now; their children may not be there.
   */
  public Set<DataFile> rootsYoungerThan(Duration age) {
    long settled = System.currentTimeMillis() - age.toMillis();
    return age.isZero()
        ? Set.of()
        : files.stream()
            .filter(f -> f.table().isRoot() && f.rows() > 0 && modified.get(f.path()) > settled)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Ids of several exporters overlap, and nothing in a child file says which of them wrote it. */
  private static void requireOneExporter(String base, List<FooterScan.Scanned> scanned)
      throws OtapException {
    List<String> exporters =
        scanned.stream()
            .filter(s -> s.file().partition().isEmpty() && s.exporter() != null)
            .map(FooterScan.Scanned::exporter)
            .distinct()
            .sorted()
            .toList();
    if (exporters.size() > 1) {
      throw OtapException.of(
              OtapErrorKind.PARTITION,
              "files of "
                  + exporters.size()
                  + " exporters ("
                  + String.join(", ", exporters)
                  + ") lie in folders without _part_id, so their child rows cannot be told apart;"
                  + " let the exporter partition by _part_id, or give each its own folder")
          .at(Place.file(base));
    }
  }
}
