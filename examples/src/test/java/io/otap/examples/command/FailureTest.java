/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.error.Place;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class FailureTest {

  private static final OtapException CORRUPT =
      OtapException.of(OtapErrorKind.CORRUPT, "the file is empty").at(Place.file("a.parquet"));

  @Test
  void theKnownErrorAmongTheCauses() {
    assertThat(Failure.sentence(new ExecutionException(new RuntimeException("job", CORRUPT))))
        .isEqualTo("the file is empty (file a.parquet)");
  }

  @Test
  void theKnownErrorFromACluster() {
    assertThat(
            Failure.sentence(new SerializedThrowable(new RuntimeException("job failed", CORRUPT))))
        .isEqualTo("the file is empty (file a.parquet)");
  }

  @Test
  void elseTheFirstCauseOfAll() {
    assertThat(Failure.sentence(new RuntimeException("job", new IOException("disk\n is full"))))
        .isEqualTo("IOException: disk is full");
    assertThat(Failure.sentence(new RuntimeException("job", new IllegalStateException())))
        .isEqualTo("java.lang.IllegalStateException");
  }
}
