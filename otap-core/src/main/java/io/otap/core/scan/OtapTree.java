/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.model.PayloadType;
import io.otap.core.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private static final String PART_ID = "_part_id=";
  private static final String SUFFIX = ".parquet";

  /** Folders within a table's folder. */
  private static final int MAX_DEPTH = 16;

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
    if (base.isBlank()) {
      throw OtapException.of(
          OtapErrorKind.DISCOVERY, "the path is empty; give the folder that holds logs, spans, …");
    }
    Listing listing = new Listing(storage);
    listing.base(base);
    List<FooterScan.Scanned> scanned = FooterScan.read(storage, listing.found);
    requireOneExporter(base, scanned);
    return new OtapTree(
        base,
        scanned.stream().map(FooterScan.Scanned::file).toList(),
        listing.ignored,
        listing.found.stream().collect(Collectors.toMap(Found::path, Found::modified)));
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

  /** A Parquet file as listed. */
  record Found(PayloadType table, String partition, String path, long length, long modified) {}

  private static final class Listing {

    private final Storage storage;
    private final List<Found> found = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();

    Listing(Storage storage) {
      this.storage = storage;
    }

    void base(String base) throws IOException {
      List<Storage.Entry> entries = entries(base);
      List<Storage.Entry> tables =
          entries.stream()
              .filter(e -> e.folder() && PayloadType.ofFolder(e.name()) != null)
              .toList();
      if (tables.isEmpty()) {
        throw notATree(base, entries);
      }
      for (Storage.Entry entry : entries) {
        PayloadType table = entry.folder() ? PayloadType.ofFolder(entry.name()) : null;
        if (table == null) {
          if (!hidden(entry)) {
            ignored.add(entry.path());
          }
        } else {
          folder(table, "", entry.path(), 0);
        }
      }
      if (found.isEmpty()) {
        throw OtapException.of(
                OtapErrorKind.DISCOVERY,
                "no Parquet file in the tables "
                    + tables.stream()
                        .map(Storage.Entry::name)
                        .sorted()
                        .collect(Collectors.joining(", "))
                    + "; the exporter makes files visible when it closes them")
            .at(Place.file(base));
      }
    }

    private void folder(PayloadType table, String partition, String folder, int depth)
        throws IOException {
      if (depth > MAX_DEPTH) {
        throw OtapException.of(
            OtapErrorKind.DISCOVERY,
            "the folder "
                + folder
                + " is nested deeper than any exporter does; is it a link to a folder above it?");
      }
      for (Storage.Entry entry : entries(folder)) {
        if (entry.folder()) {
          if (entry.name().startsWith(PART_ID)) {
            folder(table, entry.name().substring(PART_ID.length()), entry.path(), depth + 1);
          } else if (entry.name().indexOf('=') > 0) {
            folder(table, partition, entry.path(), depth + 1);
          } else if (!hidden(entry)) {
            ignored.add(entry.path());
          }
        } else if (entry.name().endsWith(SUFFIX) && !hidden(entry)) {
          found.add(new Found(table, partition, entry.path(), entry.length(), entry.modified()));
        } else {
          ignored.add(entry.path());
        }
      }
    }

    private List<Storage.Entry> entries(String folder) throws IOException {
      try {
        return storage.list(folder);
      } catch (OtapException e) {
        throw e;
      } catch (FileNotFoundException e) {
        throw OtapException.of(OtapErrorKind.DISCOVERY, "there is no folder " + folder, e);
      } catch (IOException e) {
        throw OtapException.of(
            OtapErrorKind.IO,
            "the folder "
                + folder
                + " cannot be listed: "
                + e.getMessage()
                + "; look at the storage and its permissions, and run again",
            e);
      }
    }

    private OtapException notATree(String base, List<Storage.Entry> entries) throws IOException {
      String trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
      int slash = trimmed.lastIndexOf('/');
      String name = trimmed.substring(slash + 1);
      String parent = slash > 0 ? trimmed.substring(0, slash) : ".";
      String problem;
      if (PayloadType.ofFolder(name) != null) {
        problem = base + " is the folder of one table; give the folder above it: " + parent;
      } else if (name.startsWith(PART_ID)) {
        int up = parent.lastIndexOf('/');
        problem =
            base
                + " is one partition of one table; give the folder above the tables: "
                + (up > 0 ? parent.substring(0, up) : ".");
      } else if (entries.isEmpty()) {
        problem = base + " is empty";
      } else {
        problem =
            base
                + " has no folder of a table (logs, spans, univariate_metrics, resource_attrs, …)"
                + below(entries);
      }
      return OtapException.of(OtapErrorKind.DISCOVERY, problem);
    }

    /** A hint at the first folder directly below that holds tables. */
    private String below(List<Storage.Entry> entries) throws IOException {
      for (Storage.Entry entry : entries) {
        if (entry.folder()
            && entries(entry.path()).stream()
                .anyMatch(e -> e.folder() && PayloadType.ofFolder(e.name()) != null)) {
          return "; " + entry.path() + " has";
        }
      }
      return "";
    }

    private static boolean hidden(Storage.Entry entry) {
      return entry.name().startsWith(".");
    }
  }
}
