/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.slice;

import org.apache.flink.api.common.typeutils.TypeInformationTestBase;

class OtapSliceTypeInfoTest extends TypeInformationTestBase<OtapSliceTypeInfo> {

  @Override
  protected OtapSliceTypeInfo[] getTestData() {
    return new OtapSliceTypeInfo[] {OtapSliceTypeInfo.INSTANCE};
  }
}
