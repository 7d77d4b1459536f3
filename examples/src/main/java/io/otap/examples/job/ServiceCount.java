/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.examples.job;

/**
 * How many records a service has in a window.
 *
 * @param service its name, empty if it has none
 * @param windowStart milliseconds since 1970
 */
public record ServiceCount(String service, long windowStart, long count) {}
