/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.source.batch;

import org.apache.flink.api.common.typeutils.TypeInformationTestBase;

class OtapBatchTypeInfoTest extends TypeInformationTestBase<OtapBatchTypeInfo> {

  @Override
  protected OtapBatchTypeInfo[] getTestData() {
    return new OtapBatchTypeInfo[] {OtapBatchTypeInfo.INSTANCE};
  }
}
