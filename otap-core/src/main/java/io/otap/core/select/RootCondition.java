/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.select;

import io.otap.core.annotation.PublicEvolving;
import java.io.Serializable;

/**
 * What a record must be like to be read. Conditions are data: they are compared with the statistics
 * of files before anything is read, and with the values of every row that is.
 */
@PublicEvolving
public sealed interface RootCondition extends Serializable
    permits TimeRange, NumberRange, AnyOf, ResourceAttribute, Partitions {}
