#!/usr/bin/env python3
"""Joins trees of the complete flavour with DuckDB and with pyarrow, by plain equality of ids alone, and compares
the attributes of every resource, scope, record, event, link, data point and exemplar with the OTLP that was written.

    plain_joins.py TESTDATA TREES        TREES/<set> was written from TESTDATA/<set>/expected
"""
import collections
import glob
import os
import struct
import sys

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

TYPES = {None: 0, "string_value": 1, "int_value": 2, "double_value": 3, "bool_value": 4, "kvlist_value": 5,
         "array_value": 6, "bytes_value": 7}
POINTS = {"gauge": "number", "sum": "number", "histogram": "histogram", "exponential_histogram": "exp_histogram",
          "summary": "summary"}
ROOTS = {"logs": "severity_number", "spans": "name", "univariate_metrics": "name"}


def relations():
    """(attribute table, column of the owner that refers to it, owner table, a field of the owner)"""
    for root, field in ROOTS.items():
        yield "resource_attrs", "resource.id", root, field
        yield "scope_attrs", "scope.id", root, field
    yield "log_attrs", "id", "logs", "severity_number"
    yield "span_attrs", "id", "spans", "name"
    yield "span_event_attrs", "id", "span_events", "name"
    yield "span_link_attrs", "id", "span_links", "trace_state"
    yield "metric_attrs", "id", "univariate_metrics", "name"
    for kind in ("number", "histogram", "exp_histogram", "summary"):
        yield kind + "_dp_attrs", "id", kind + "_data_points", "time_unix_nano"
        if kind != "summary":
            yield kind + "_dp_exemplar_attrs", "id", kind + "_dp_exemplars", "time_unix_nano"


def canonical(kind, string, integer, double, boolean, data):
    if kind == 1:
        return string or ""
    if kind == 2:
        return integer or 0
    if kind == 3:
        return struct.pack(">d", double or 0.0).hex()
    if kind == 4:
        return bool(boolean)
    return (data or b"").hex() if kind == 7 else None


def attributes(kvs):
    out = []
    for kv in kvs:
        which = kv.value.WhichOneof("value")
        kind = TYPES[which]
        value = getattr(kv.value, which) if which and kind not in (5, 6) else None
        out.append((kv.key, kind, canonical(kind, *[value] * 5)))
    return tuple(sorted(out, key=repr))


def requests(path, message):
    data, pos = open(path, "rb").read(), 0
    while pos < len(data):
        size = shift = 0
        while True:
            byte, pos = data[pos], pos + 1
            size |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        yield message.FromString(data[pos:pos + size])
        pos += size


def truth(folder):
    """{(attribute table, owner table): multiset of (field of the owner, attributes)}"""
    found = collections.defaultdict(collections.Counter)

    def owner(table, owner_table, field, kvs):
        found[table, owner_table][field, attributes(kvs)] += 1

    for name, message, root, a, b, c, field in (
            ("logs", ExportLogsServiceRequest, "logs", "resource_logs", "scope_logs", "log_records", "severity_number"),
            ("traces", ExportTraceServiceRequest, "spans", "resource_spans", "scope_spans", "spans", "name"),
            ("metrics", ExportMetricsServiceRequest, "univariate_metrics", "resource_metrics", "scope_metrics", "metrics",
             "name")):
        path = os.path.join(folder, name + ".binpb")
        for request in requests(path, message) if os.path.exists(path) else ():
            for resource in getattr(request, a):
                for scope in getattr(resource, b):
                    for record in getattr(scope, c):
                        key = getattr(record, field)
                        owner("resource_attrs", root, key, resource.resource.attributes)
                        owner("scope_attrs", root, key, scope.scope.attributes)
                        if root == "logs":
                            owner("log_attrs", root, key, record.attributes)
                        elif root == "spans":
                            owner("span_attrs", root, key, record.attributes)
                            for event in record.events:
                                owner("span_event_attrs", "span_events", event.name, event.attributes)
                            for link in record.links:
                                owner("span_link_attrs", "span_links", link.trace_state, link.attributes)
                        else:
                            owner("metric_attrs", root, key, record.metadata)
                            which = record.WhichOneof("data")
                            for point in getattr(record, which).data_points if which else ():
                                kind = POINTS[which]
                                owner(kind + "_dp_attrs", kind + "_data_points", point.time_unix_nano, point.attributes)
                                for exemplar in point.exemplars if kind != "summary" else ():
                                    owner(kind + "_dp_exemplar_attrs", kind + "_dp_exemplars", exemplar.time_unix_nano,
                                          exemplar.filtered_attributes)
    return found


def grouped(rows):
    """Rows (row of the owner, field, key, type, values…), key being null without attributes → multiset of owners"""
    owners = collections.defaultdict(list)
    fields = {}
    for row, field, key, kind, *values in rows:
        fields[row] = field
        if key is not None:
            owners[row].append((key, kind, canonical(kind, *values)))
    return collections.Counter((fields[r], tuple(sorted(owners[r], key=repr))) for r in fields)


def files(tree, table):
    return sorted(glob.glob(os.path.join(tree, table, "*", "*.parquet")))


def with_duckdb(tree, table, reference, owner, field):
    source = "read_parquet(%r, union_by_name = true, hive_partitioning = false)"
    column = "epoch_ns(o.%s)" % field if field.endswith("nano") else "o." + field
    attrs = files(tree, table)
    values = "a.key, a.type, a.str, a.int, a.double, a.bool, a.bytes" if attrs else "NULL, " * 6 + "NULL"
    join = "LEFT JOIN %s a ON o.%s = a.parent_id" % (source % attrs, reference) if attrs else ""
    return duckdb.sql("SELECT o.row, %s, %s FROM (SELECT row_number() OVER () AS row, * FROM %s) o %s" % (
        column, values, source % files(tree, owner), join)).fetchall()


def with_pyarrow(tree, table, reference, owner, field):
    def read(name):
        return pa.concat_tables([pq.ParquetFile(f).read() for f in files(tree, name)], promote_options="permissive")

    owners = read(owner).flatten()
    column = owners[field]
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
    left = pa.table({"row": pa.array(range(len(owners))), "field": column,
                     "ref": owners[reference].cast(pa.uint32())})
    if not files(tree, table):
        return [(r["row"], r["field"], None, None) for r in left.to_pylist()]
    names = ["key", "type", "str", "int", "double", "bool", "bytes"]
    right = read(table)
    right = pa.table({"parent_id": right["parent_id"].cast(pa.uint32()), **{n: right[n] for n in names}})
    joined = left.join(right, keys="ref", right_keys="parent_id", join_type="left outer")
    return [tuple(r[n] for n in ["row", "field"] + names) for r in joined.to_pylist()]


def plain(counter):
    """Null and the default of a field mean the same."""
    out = collections.Counter()
    for (field, kvs), n in counter.items():
        out[field or None, kvs] += n
    return out


def main():
    testdata, trees = sys.argv[1:3]
    joins = 0
    for name in sorted(os.listdir(trees)):
        want = truth(os.path.join(testdata, name, "expected"))
        for table, reference, owner, field in relations():
            if not files(os.path.join(trees, name), owner):
                continue
            expected = plain(want[table, owner])
            for engine in (with_duckdb, with_pyarrow):
                got = plain(grouped(engine(os.path.join(trees, name), table, reference, owner, field)))
                joins += 1
                if got != expected:
                    missing, extra = expected - got, got - expected
                    sys.exit("%s, %s: %s joined to %s differs: missing %s, extra %s" % (
                        name, engine.__name__, table, owner, list(missing)[:1], list(extra)[:1]))
    print("%d joins with DuckDB %s and pyarrow %s agree with what was written" % (joins, duckdb.__version__, pa.__version__))


if __name__ == "__main__":
    main()
