/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.wire;

import io.otap.core.model.Column;
import java.util.List;

/** A field of the Arrow schema of a table, as the model knows it. */
sealed interface Field {

  /**
   * A field with values.
   *
   * @param keyWidth bytes of a key into the dictionary; 0 without one
   * @param dictionary id of the dictionary
   * @param encoding of an id
   */
  record Leaf(Column column, int keyWidth, long dictionary, IdEncoding encoding) implements Field {}

  /** A struct of the model, whose fields are columns. */
  record Struct(List<Field> fields) implements Field {}

  /** A list of values. */
  record Values(Leaf item) implements Field {}

  /** A list of structs, of whose fields each is a column. */
  record Items(List<Leaf> fields) implements Field {}
}
