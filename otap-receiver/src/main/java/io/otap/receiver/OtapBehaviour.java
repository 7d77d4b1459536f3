/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.receiver;

/** Decides how batches are answered. Called by several threads at once. */
@FunctionalInterface
public interface OtapBehaviour {

  /** Takes everything at once. */
  OtapBehaviour WILLING = call -> OtapReply.take();

  OtapReply reply(OtapCall call);
}
