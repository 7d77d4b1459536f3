/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.connector;

import io.otap.flink.table.read.BatchRows;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

/** Asks the file system, once for each run of batches of one file. */
@Internal
public final class ModificationTimes implements BatchRows.FileTimes {

  private String file;
  private long modified;

  @Override
  public long modified(String path) throws IOException {
    if (!path.equals(file)) {
      Path asked = new Path(path);
      modified = asked.getFileSystem().getFileStatus(asked).getModificationTime();
      file = path;
    }
    return modified;
  }
}
