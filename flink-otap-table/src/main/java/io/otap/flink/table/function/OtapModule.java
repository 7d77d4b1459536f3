/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.flink.table.function;

import java.util.Optional;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;

/** The functions of the connector in every catalog: {@code LOAD MODULE otap}. */
@PublicEvolving
public final class OtapModule implements Module {

  @Override
  public Set<String> listFunctions() {
    return OtapFunctions.names();
  }

  @Override
  public Optional<FunctionDefinition> getFunctionDefinition(String name) {
    return Optional.ofNullable(OtapFunctions.of(name));
  }
}
