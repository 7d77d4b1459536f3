/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;

/**
 * Finds resources, scopes and records in a serialized request, without parsing the records. The
 * messages of the three signals differ in name only; their field numbers are the same.
 */
final class RequestWalk {

  /** Takes what is found, in its order. */
  interface Visitor {

    /**
     * @param own the fields of the message around the scopes, but for these
     */
    void resource(Ranges own);

    /**
     * @param own the fields of the message around the records, but for these
     */
    void scope(Ranges own);

    /** A record with the head of its field. */
    void record(int from, int to) throws IOException;
  }

  private final byte[] request;
  private final Visitor visitor;

  private RequestWalk(byte[] request, Visitor visitor) {
    this.request = request;
    this.visitor = visitor;
  }

  static void walk(byte[] request, Visitor visitor) throws IOException {
    RequestWalk walk = new RequestWalk(request, visitor);
    Ranges resources = new Ranges();
    walk.divide(
        0,
        request.length,
        ExportLogsServiceRequest.RESOURCE_LOGS_FIELD_NUMBER,
        new Ranges(),
        resources);
    for (int i = 0; i < resources.count(); i++) {
      walk.resource(resources.from(i), resources.to(i));
    }
  }

  private void resource(int from, int to) throws IOException {
    Ranges own = new Ranges();
    Ranges scopes = new Ranges();
    divide(content(from, to), to, ResourceLogs.SCOPE_LOGS_FIELD_NUMBER, own, scopes);
    visitor.resource(own);
    for (int i = 0; i < scopes.count(); i++) {
      scope(scopes.from(i), scopes.to(i));
    }
  }

  private void scope(int from, int to) throws IOException {
    Ranges own = new Ranges();
    Ranges records = new Ranges();
    divide(content(from, to), to, ScopeLogs.LOG_RECORDS_FIELD_NUMBER, own, records);
    visitor.scope(own);
    for (int i = 0; i < records.count(); i++) {
      visitor.record(records.from(i), records.to(i));
    }
  }

  /** Where a message begins whose field begins here. */
  private int content(int from, int to) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(request, from, to - from);
    in.readTag();
    in.readRawVarint32();
    return from + in.getTotalBytesRead();
  }

  /** Tells the message fields of one number from all others. */
  private void divide(int from, int to, int number, Ranges others, Ranges wanted)
      throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(request, from, to - from);
    while (!in.isAtEnd()) {
      int start = from + in.getTotalBytesRead();
      int tag = in.readTag();
      in.skipField(tag);
      boolean isWanted =
          WireFormat.getTagFieldNumber(tag) == number
              && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      (isWanted ? wanted : others).add(start, from + in.getTotalBytesRead());
    }
  }
}
