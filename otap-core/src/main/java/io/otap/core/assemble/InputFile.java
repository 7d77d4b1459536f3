/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.assemble;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import io.otap.core.scan.DataFile;
import io.otap.core.storage.SeekableInput;
import io.otap.core.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;

/** Opening the pinned files of a split, and naming them in errors. */
final class InputFile {

  private InputFile() {}

  static SeekableInput open(Storage storage, DataFile file) throws IOException {
    try {
      return storage.open(file.path());
    } catch (FileNotFoundException e) {
      throw OtapException.of(
              OtapErrorKind.MISSING_FILE,
              "the file was there when the split was made, but is gone; keep files until they are"
                  + " read",
              e)
          .at(place(file));
    }
  }

  /** The error with the file it came from; errors of the program pass as they are. */
  static IOException placed(Exception e, DataFile file) {
    if (e instanceof RuntimeException bug) {
      throw bug;
    }
    return e instanceof OtapException known ? known.at(place(file)) : (IOException) e;
  }

  private static Place place(DataFile file) {
    return new Place(file.partition(), file.table().folder(), file.path(), null, -1);
  }
}
