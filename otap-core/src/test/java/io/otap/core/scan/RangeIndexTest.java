/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.model.PayloadType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeIndexTest {

  private static DataFile file(int number, IdRange ids) {
    return new DataFile(PayloadType.LOGS, "p", "f" + number, 1, 1, ids, null, null, null, null);
  }

  @Test
  void findsWhatASearchOfAllFilesFinds() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      List<DataFile> files = new ArrayList<>();
      for (int i = random.nextInt(30); i > 0; i--) {
        long min = random.nextInt(100);
        files.add(
            switch (random.nextInt(8)) {
              case 0 -> file(i, null);
              case 1 -> file(i, IdRange.ALL);
              default -> file(i, new IdRange(min, min + random.nextInt(20)));
            });
      }
      RangeIndex index = new RangeIndex(files, DataFile::ids);
      for (int q = 0; q < 20; q++) {
        long from = random.nextInt(110) - 5;
        IdRange wanted =
            random.nextInt(10) == 0
                ? IdRange.ALL
                : new IdRange(from, from + random.nextInt(15) - 2);
        List<DataFile> found = new ArrayList<>();
        index.meeting(wanted, found::add);
        assertThat(found)
            .as("seed %d, %s", seed, wanted)
            .containsExactlyInAnyOrderElementsOf(
                files.stream().filter(f -> wanted.meets(f.ids())).toList());
      }
    }
  }
}
