/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.parquet;

import static io.otap.core.error.OtapErrorKind.CORRUPT;

import io.otap.core.error.OtapException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * The leaves of a file's schema, by their path in the model. Lists are the three-level ones of the
 * format's specification, {@code name (LIST) / list / item}; the two inner names do not matter.
 */
final class FileSchema {

  private static final int MAX_DEPTH = 32;

  private final List<SchemaElement> elements;
  private final Map<String, Leaf> leaves = new LinkedHashMap<>();
  private int next = 1;

  private FileSchema(List<SchemaElement> elements) {
    this.elements = elements;
  }

  static FileSchema of(List<SchemaElement> elements) throws IOException {
    if (elements == null || elements.isEmpty()) {
      throw broken("it is empty");
    }
    FileSchema schema = new FileSchema(elements);
    Node root = new Node("", List.of(), 0, 0, 0);
    for (int i = children(elements.get(0)); i > 0; i--) {
      schema.node(root, false, 0);
    }
    if (schema.next != elements.size()) {
      throw broken(elements.size() - schema.next + " elements belong to no group");
    }
    return schema;
  }

  Leaf leaf(String path) {
    return leaves.get(path);
  }

  Collection<Leaf> leaves() {
    return leaves.values();
  }

  private record Node(
      String path, List<String> filePath, int definition, int repetition, int listDefinition) {}

  /**
   * @param hidden the element is one of the two that a list adds, so its name is not in the path
   */
  private void node(Node parent, boolean hidden, int depth) throws IOException {
    if (next >= elements.size() || depth > MAX_DEPTH) {
      throw broken("groups are nested wrongly");
    }
    SchemaElement element = elements.get(next++);
    if (element.getName() == null || element.getRepetition_type() == null) {
      throw broken("an element has no name or no repetition");
    }
    boolean repeated = element.getRepetition_type() == FieldRepetitionType.REPEATED;
    boolean optional = element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
    List<String> filePath = new ArrayList<>(parent.filePath);
    filePath.add(element.getName());
    String path =
        hidden
            ? parent.path
            : parent.path.isEmpty() ? element.getName() : parent.path + "." + element.getName();
    Node node =
        new Node(
            path,
            List.copyOf(filePath),
            parent.definition + (repeated || optional ? 1 : 0),
            parent.repetition + (repeated ? 1 : 0),
            repeated ? parent.definition : parent.listDefinition);
    int children = children(element);
    if (children == 0) {
      leaf(element, node);
      return;
    }
    boolean list = isList(element) && children == 1;
    boolean item = hidden && repeated && children == 1;
    for (int i = 0; i < children; i++) {
      node(node, list || item, depth + 1);
    }
  }

  private void leaf(SchemaElement element, Node node) throws IOException {
    Type type = element.getType();
    if (type == null) {
      throw broken("column " + node.path + " has no type");
    }
    if (type == Type.FIXED_LEN_BYTE_ARRAY && element.getType_length() <= 0) {
      throw broken("column " + node.path + " has length " + element.getType_length());
    }
    Leaf leaf =
        new Leaf(
            leaves.size(),
            node.path,
            node.filePath,
            element,
            node.definition,
            node.repetition,
            node.listDefinition);
    if (leaves.put(node.path, leaf) != null) {
      throw broken("column " + node.path + " is there twice");
    }
  }

  private static boolean isList(SchemaElement element) {
    return element.getConverted_type() == ConvertedType.LIST
        || element.isSetLogicalType() && element.getLogicalType().isSetLIST();
  }

  private static int children(SchemaElement element) throws IOException {
    int children = element.isSetNum_children() ? element.getNum_children() : 0;
    if (children < 0) {
      throw broken("group " + element.getName() + " has " + children + " children");
    }
    return children;
  }

  private static OtapException broken(String what) {
    return OtapException.of(CORRUPT, "the schema in the footer is broken: " + what);
  }
}
