/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

/** Decides how requests are answered. Called by several threads at once. */
@FunctionalInterface
public interface Behaviour {

  /** Takes everything at once. */
  Behaviour WILLING = call -> Reply.take();

  Reply reply(OtlpCall call);
}
