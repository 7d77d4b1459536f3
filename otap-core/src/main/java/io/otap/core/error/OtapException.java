/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.error;

import io.otap.core.annotation.PublicEvolving;
import java.io.IOException;

/**
 * Input, option or storage that does not allow to go on. The message says what was found, where,
 * and what to do; {@link #kind()} is stable and counted in the metrics.
 *
 * <p>It is an {@link IOException}, so that it passes Flink's readers, enumerators and writers
 * unwrapped.
 */
@PublicEvolving
public final class OtapException extends IOException {

  private static final long serialVersionUID = 1L;

  private final OtapErrorKind kind;
  private final String problem;
  private final Place place;

  private OtapException(OtapErrorKind kind, String problem, Place place, Throwable cause) {
    super(place.describe(problem), cause);
    this.kind = kind;
    this.problem = problem;
    this.place = place;
  }

  public static OtapException of(OtapErrorKind kind, String problem) {
    return new OtapException(kind, problem, Place.UNKNOWN, null);
  }

  public static OtapException of(OtapErrorKind kind, String problem, Throwable cause) {
    return new OtapException(kind, problem, Place.UNKNOWN, cause);
  }

  /** The same error with what the caller knows of the place; what is already known stays. */
  public OtapException at(Place outer) {
    return new OtapException(kind, problem, place.orElse(outer), this);
  }

  public OtapErrorKind kind() {
    return kind;
  }

  public Place place() {
    return place;
  }
}
