/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core;

import io.otap.core.scan.SplitPlan;

/** Plans that differ from others in one respect. */
public final class TestPlans {

  private TestPlans() {}

  /** The same range of a tree that may still get other files. */
  public static SplitPlan ofGrowingTree(SplitPlan plan) {
    return new SplitPlan(
        plan.signal(),
        plan.root(),
        plan.firstRow(),
        plan.endRow(),
        plan.owned(),
        plan.inputs(),
        false,
        plan.options());
  }
}
