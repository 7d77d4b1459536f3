/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.batch.IntVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ChildIdsTest {

  private static final int IDS = 60;

  /** Ids from 10 on, but not 30 to 39. */
  private static Zones roots() {
    Zones roots = new Zones();
    roots.add(10, 29);
    roots.add(40, IDS - 1);
    return roots;
  }

  private static ChildIds children() {
    ChildIds children = new ChildIds(roots());
    children.nextTable();
    return children;
  }

  private static ChildIds ofBlocks(int[]... blocks) {
    ChildIds children = children();
    for (int[] block : blocks) {
      children.addParents(new IntVector(block.length, null, block));
    }
    return children;
  }

  private static ChildIds ofRows(int[]... blocks) {
    ChildIds children = children();
    for (int[] block : blocks) {
      for (int parent : block) {
        children.add(-1, Integer.toUnsignedLong(parent));
      }
    }
    return children;
  }

  private static List<String> told(ChildIds children) {
    List<String> told = new ArrayList<>();
    for (Zones zones : List.of(children.used(), children.inside())) {
      StringBuilder text = new StringBuilder();
      for (int z = 0; z < zones.size(); z++) {
        text.append(zones.lo(z)).append('-').append(zones.hi(z)).append(' ');
      }
      told.add(text.toString());
    }
    return told;
  }

  @RepeatedTest(200)
  void blocksTellWhatTheirRowsTell(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    int[][] blocks = new int[1 + random.nextInt(6)][];
    int from = 0;
    for (int b = 0; b < blocks.length; b++) {
      int least = from;
      blocks[b] = random.ints(random.nextInt(8), least, IDS + 4).toArray();
      if (random.nextInt(4) > 0) {
        Arrays.sort(blocks[b]);
        from = blocks[b].length == 0 ? from : Math.min(IDS, blocks[b][blocks[b].length - 1]);
      }
    }
    assertThat(told(ofBlocks(blocks)))
        .as("seed %d: %s", seed, Arrays.deepToString(blocks))
        .isEqualTo(told(ofRows(blocks)));
  }

  @Test
  void risingParentsForbidNothing() {
    assertThat(told(ofBlocks(new int[] {10, 11}, new int[] {11, 12, 12, 29})))
        .containsExactly("10-29 40-59 ", "");
  }

  @Test
  void aParentThatDescendsForbidsABorderBehindIt() {
    assertThat(told(ofBlocks(new int[] {10, 11}, new int[] {11, 20, 20, 14})))
        .containsExactly("10-29 40-59 ", "15-20 ");
  }

  @Test
  void idsAboveHalfOfTheirRangeAreNotTakenForSmallOnes() {
    int[] large = {0x7fffffff, 0x80000000, 0x80000001};
    assertThat(told(ofBlocks(new int[] {10}, large)))
        .isEqualTo(told(ofRows(new int[] {10}, large)));
  }
}
