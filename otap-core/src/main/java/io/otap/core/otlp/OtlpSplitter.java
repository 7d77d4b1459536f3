/*
 * Copyright The OTAP Connector Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.otap.core.otlp;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.otap.core.annotation.PublicEvolving;
import io.otap.core.error.OtapErrorKind;
import io.otap.core.error.OtapException;
import io.otap.core.model.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the records of serialized requests (log records, spans, metrics) and cuts requests between
 * records. The bytes of a record are copied, not parsed.
 */
@PublicEvolving
public final class OtlpSplitter {

  private final byte[] request;
  private final int limit;
  private final List<OtlpPart> parts = new ArrayList<>();
  private PartBuilder part = new PartBuilder();

  private OtlpSplitter(byte[] request, int limit) {
    this.request = request;
    this.limit = limit;
  }

  /**
   * Records of a request.
   *
   * @throws OtapException of kind WIRE if the bytes are no request
   */
  public static int records(OtlpRequest request) throws OtapException {
    Counter counter = new Counter();
    try {
      RequestWalk.walk(request.bytes(), counter);
    } catch (IOException e) {
      throw broken(request.signal(), e);
    }
    return counter.records;
  }

  /**
   * The request in parts of at most {@code limit} bytes, as few as the order of the records allows.
   * Each part repeats the resource and the scope of its records. Resources and scopes without
   * records are left out.
   *
   * @return the parts in the order of the request; none if there are no records
   * @throws TooLargeRecordException if a record with its resource and scope is larger
   * @throws OtapException of kind WIRE if the bytes are no request
   */
  public static List<OtlpPart> split(OtlpRequest request, int limit) throws IOException {
    OtlpSplitter splitter = new OtlpSplitter(request.bytes(), limit);
    try {
      RequestWalk.walk(request.bytes(), splitter.new Cutter());
      splitter.finishPart();
    } catch (TooLargeRecordException e) {
      throw e;
    } catch (IOException e) {
      throw broken(request.signal(), e);
    }
    return splitter.parts;
  }

  private static OtapException broken(Signal signal, IOException cause) {
    return OtapException.of(
        OtapErrorKind.WIRE,
        "the bytes are no OTLP request of " + signal.id() + ": " + cause.getMessage(),
        cause);
  }

  private void finishPart() throws IOException {
    if (part.records > 0) {
      parts.add(new OtlpPart(part.write(request), part.records));
      part = new PartBuilder();
    }
  }

  /** Bytes of a message field with this content. */
  private static long field(long content) {
    return 1 + CodedOutputStream.computeUInt64SizeNoTag(content) + content;
  }

  private static final class Counter implements RequestWalk.Visitor {

    private int records;

    @Override
    public void resource(Ranges own) {
      // only records count
    }

    @Override
    public void scope(Ranges own) {
      // only records count
    }

    @Override
    public void record(int from, int to) {
      records++;
    }
  }

  private final class Cutter implements RequestWalk.Visitor {

    private Ranges resource;
    private Ranges scope;

    @Override
    public void resource(Ranges own) {
      part.closeResource();
      resource = own;
    }

    @Override
    public void scope(Ranges own) {
      part.closeScope();
      scope = own;
    }

    @Override
    public void record(int from, int to) throws IOException {
      if (part.bytesWith(resource, scope, to - from) > limit) {
        finishPart();
        long alone = part.bytesWith(resource, scope, to - from);
        if (alone > limit) {
          throw new TooLargeRecordException(alone, limit);
        }
      }
      part.add(resource, scope, from, to);
    }
  }

  private record ScopePart(Ranges own, Ranges records) {

    long bytes() {
      return (long) own.bytes() + records.bytes();
    }
  }

  private record ResourcePart(Ranges own, List<ScopePart> scopes) {

    long bytes() {
      return own.bytes() + scopes.stream().mapToLong(scope -> field(scope.bytes())).sum();
    }
  }

  /** A part that grows at its end: in the open scope, if there is one, of the open resource. */
  private static final class PartBuilder {

    private final List<ResourcePart> resources = new ArrayList<>();
    private ResourcePart openResource;
    private ScopePart openScope;

    /** Bytes of the resources that are closed. */
    private long closedResources;

    /** Bytes of the open resource without its open scope. */
    private long closedScopes;

    private int records;

    long bytesWith(Ranges resource, Ranges scope, int record) {
      long scopeBytes = (openScope == null ? scope.bytes() : openScope.bytes()) + record;
      long resourceBytes = openResource == null ? resource.bytes() : closedScopes;
      return closedResources + field(resourceBytes + field(scopeBytes));
    }

    void add(Ranges resource, Ranges scope, int from, int to) {
      if (openResource == null) {
        openResource = new ResourcePart(resource, new ArrayList<>());
        closedScopes = resource.bytes();
        resources.add(openResource);
      }
      if (openScope == null) {
        openScope = new ScopePart(scope, new Ranges());
        openResource.scopes().add(openScope);
      }
      openScope.records().add(from, to);
      records++;
    }

    void closeScope() {
      if (openScope != null) {
        closedScopes += field(openScope.bytes());
        openScope = null;
      }
    }

    void closeResource() {
      closeScope();
      if (openResource != null) {
        closedResources += field(closedScopes);
        openResource = null;
      }
    }

    byte[] write(byte[] request) throws IOException {
      closeResource();
      byte[] bytes = new byte[Math.toIntExact(closedResources)];
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      for (ResourcePart resource : resources) {
        head(ExportLogsServiceRequest.RESOURCE_LOGS_FIELD_NUMBER, resource.bytes(), out);
        resource.own().copy(request, out);
        for (ScopePart scope : resource.scopes()) {
          head(ResourceLogs.SCOPE_LOGS_FIELD_NUMBER, scope.bytes(), out);
          scope.own().copy(request, out);
          scope.records().copy(request, out);
        }
      }
      out.checkNoSpaceLeft();
      return bytes;
    }

    private static void head(int field, long bytes, CodedOutputStream out) throws IOException {
      out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt64NoTag(bytes);
    }
  }
}
