/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import io.otap.core.annotation.Internal;
import io.otap.core.storage.SeekableInput;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The footers that were read last, because a split looks at each of its files several times.
 * Bounded by an estimate of their memory. For one thread.
 */
@Internal
public final class FooterCache {

  private static final long MAX_BYTES = 16L << 20;

  private final Map<String, ParquetFooter> footers = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** The footer, read if it is not here or is of another length. */
  public ParquetFooter read(SeekableInput in, String file) throws IOException {
    ParquetFooter known = footers.get(file);
    if (known != null && known.fileLength() == in.length()) {
      return known;
    }
    ParquetFooter footer = ParquetFooter.read(in, file);
    bytes += footer.memory() - (known == null ? 0 : known.memory());
    footers.put(file, footer);
    Iterator<ParquetFooter> eldest = footers.values().iterator();
    while (bytes > MAX_BYTES && footers.size() > 1) {
      bytes -= eldest.next().memory();
      eldest.remove();
    }
    return footer;
  }

  /** The footer, or null if it is not here. */
  public ParquetFooter get(String file) {
    return footers.get(file);
  }
}
