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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The files of an exporter's folder by name: {@code
 * <base>/<table>/[_part_id=<uuid>/]part-*.parquet} (ENGINE-OBSERVED 1). Root tables are listed
 * before their children, so that the children that were published before a root are seen with it.
 */
@Internal
public final class TreeListing {

  private static final String PART_ID = "_part_id=";
  private static final String SUFFIX = ".parquet";

  /** Folders within a table's folder. */
  private static final int MAX_DEPTH = 16;

  private final String base;
  private final Storage storage;
  private final List<String> tables = new ArrayList<>();
  private final List<ListedFile> found = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();

  private TreeListing(Storage storage, String base) {
    this.storage = storage;
    this.base = base;
  }

  /**
   * Lists a folder that is a tree.
   *
   * @throws OtapException of kind DISCOVERY if there is no tree of tables at the path, saying where
   *     one might be
   */
  public static TreeListing of(Storage storage, String base) throws IOException {
    TreeListing listing = new TreeListing(storage, base);
    if (listing.list() == 0) {
      throw listing.notATree();
    }
    return listing;
  }

  /** A listing of a folder that may become a tree, still to be made by {@link #growing()}. */
  public static TreeListing pending(Storage storage, String base) {
    return new TreeListing(storage, base);
  }

  /**
   * Lists a folder that may have no tables yet, as when the exporter has written nothing. If that
   * fails, {@link #files()} are those that were found until then.
   *
   * @throws OtapException of kind DISCOVERY if there is no folder, or one inside of a tree
   */
  public void growing() throws IOException {
    if (list() == 0 && insideOf() != null) {
      throw notATree();
    }
  }

  /** In no particular order. */
  public List<ListedFile> files() {
    return found;
  }

  /** Paths that are no tables, or files that are still being written. */
  public List<String> ignored() {
    return ignored;
  }

  /**
   * @throws OtapException of kind DISCOVERY if the tables have no files
   */
  void requireFiles() throws OtapException {
    if (found.isEmpty()) {
      throw OtapException.of(
              OtapErrorKind.DISCOVERY,
              "no Parquet file in the tables "
                  + String.join(", ", tables.stream().sorted().toList())
                  + "; the exporter makes files visible when it closes them")
          .at(Place.file(base));
    }
  }

  /**
   * Root tables, then what is there after that, so that the folder of a child table that is made
   * meanwhile is not missed.
   */
  private int list() throws IOException {
    if (base.isBlank()) {
      throw OtapException.of(
          OtapErrorKind.DISCOVERY, "the path is empty; give the folder that holds logs, spans, …");
    }
    tables(PayloadType::isRoot);
    for (Storage.Entry entry : tables(table -> !table.isRoot())) {
      if (!entry.folder() || PayloadType.ofFolder(entry.name()) == null) {
        if (!hidden(entry)) {
          ignored.add(entry.path());
        }
      }
    }
    return tables.size();
  }

  private List<Storage.Entry> tables(Predicate<PayloadType> chosen) throws IOException {
    List<Storage.Entry> entries = entries(base);
    for (Storage.Entry entry : entries) {
      PayloadType table = entry.folder() ? PayloadType.ofFolder(entry.name()) : null;
      if (table != null && chosen.test(table)) {
        tables.add(entry.name());
        folder(table, "", entry.path(), 0);
      }
    }
    return entries;
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
        found.add(new ListedFile(table, partition, entry.path(), entry.length(), entry.modified()));
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

  /** What the folder is if it is one inside of a tree, and where the tree is; else null. */
  private String insideOf() {
    String trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    int slash = trimmed.lastIndexOf('/');
    String name = trimmed.substring(slash + 1);
    String parent = slash > 0 ? trimmed.substring(0, slash) : ".";
    if (PayloadType.ofFolder(name) != null) {
      return base + " is the folder of one table; give the folder above it: " + parent;
    }
    if (name.startsWith(PART_ID)) {
      int up = parent.lastIndexOf('/');
      return base
          + " is one partition of one table; give the folder above the tables: "
          + (up > 0 ? parent.substring(0, up) : ".");
    }
    return null;
  }

  private OtapException notATree() throws IOException {
    String problem = insideOf();
    if (problem == null) {
      List<Storage.Entry> entries = entries(base);
      problem =
          entries.isEmpty()
              ? base + " is empty"
              : base
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
