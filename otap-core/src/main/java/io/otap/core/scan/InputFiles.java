/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import io.otap.core.annotation.Internal;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.parquet.FooterCache;
import io.otap.core.parquet.ParquetFooter;
import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;

/** The files that splits pin, opened and named in errors. For one thread. */
@Internal
public final class InputFiles {

  private final Storage storage;
  private final FooterCache footers;

  public InputFiles(Storage storage, FooterCache footers) {
    this.storage = storage;
    this.footers = footers;
  }

  public SeekableInput open(DataFile file) throws IOException {
    try {
      return storage.open(file.path());
    } catch (IOException e) {
      throw placed(e, file);
    }
  }

  /**
   * The footer of an opened file.
   *
   * @throws OtapException of kind MISSING_FILE if it is not the file that was listed
   */
  public ParquetFooter footer(SeekableInput in, DataFile file) throws IOException {
    ParquetFooter footer = footers.read(in, file.path());
    if (footer.rows() != file.rows() || in.length() != file.length()) {
      throw OtapException.of(
          OtapErrorKind.MISSING_FILE,
          "the file was replaced after it was listed with "
              + file.rows()
              + " rows and "
              + file.length()
              + " bytes, and now has "
              + footer.rows()
              + " and "
              + in.length()
              + "; do not change files while they are read, and run again");
    }
    return footer;
  }

  /** The footer of a file that need not be open. */
  public ParquetFooter footer(DataFile file) throws IOException {
    ParquetFooter known = footers.get(file.path());
    if (known != null) {
      return known;
    }
    try (SeekableInput in = open(file)) {
      return footer(in, file);
    } catch (IOException e) {
      throw placed(e, file);
    }
  }

  /**
   * What reading the file threw, as an error with a kind and the file; errors of the program pass
   * as they are.
   */
  public static OtapException placed(Exception e, DataFile file) {
    if (e instanceof RuntimeException bug) {
      throw bug;
    }
    return placed(
        (IOException) e, new Place(file.partition(), file.table().folder(), file.path(), null, -1));
  }

  /** The same for a file of which only the place is known. */
  static OtapException placed(IOException e, Place place) {
    if (e instanceof OtapException known) {
      return known.at(place);
    }
    if (e instanceof FileNotFoundException) {
      return OtapException.of(
              OtapErrorKind.MISSING_FILE,
              "the file was listed but is gone; keep files until they are read, and list again",
              e)
          .at(place);
    }
    return OtapException.of(
            OtapErrorKind.IO,
            "reading failed: "
                + (e.getMessage() == null ? e : e.getMessage())
                + "; look at the storage and its permissions, and run again",
            e)
        .at(place);
  }
}
