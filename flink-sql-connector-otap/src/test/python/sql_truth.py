"""What the queries of .ci/sql must answer, from the requests that were sent.

usage: sql_truth.py TOOLS GOLDEN

TOOLS has otlp_wire.py, GOLDEN the recorded sets. One line for each row of an answer, its columns separated by |.
"""
import sys
from collections import Counter

sys.path.insert(0, sys.argv[1])
import otlp_wire  # noqa: E402

golden = sys.argv[2]


def requests(name, signal):
    for payload in otlp_wire.read_delimited(f"{golden}/{name}/expected/{signal}.binpb"):
        yield otlp_wire.REQUEST[signal].FromString(bytes(payload))


def logs(name):
    for request in requests(name, "logs"):
        for resource in request.resource_logs:
            for scope in resource.scope_logs:
                yield from scope.log_records


def spans(name):
    for request in requests(name, "traces"):
        for resource in request.resource_spans:
            for scope in resource.scope_spans:
                yield from scope.spans


def metrics(name):
    for request in requests(name, "metrics"):
        for resource in request.resource_metrics:
            for scope in resource.scope_metrics:
                yield from scope.metrics


def answer(query, *counters):
    for key in sorted(counters[0]):
        print("|".join([query, str(key), *(str(counter[key]) for counter in counters)]))


records = list(logs("logs-multi"))
answer(
    "logs",
    Counter(record.severity_number for record in records),
    Counter(record.severity_number for record in records if any(record.trace_id)),
)

KINDS = ["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"]
ERROR = 2
recorded = list(spans("traces"))
answer(
    "spans",
    Counter(KINDS[span.kind] for span in recorded),
    Counter(KINDS[span.kind] for span in recorded if span.status.code == ERROR),
    Counter({kind: sum(len(s.events) for s in recorded if KINDS[s.kind] == kind) for kind in KINDS}),
)

rows, ints = Counter(), Counter()
for metric in metrics("metrics"):
    kind = metric.WhichOneof("data")
    points = list(getattr(metric, kind).data_points) if kind else []
    name = (kind or "empty").upper()
    rows[name] += max(1, len(points))
    ints[name] += sum(1 for p in points if kind in ("gauge", "sum") and p.WhichOneof("value") == "as_int")
answer("metrics", rows, ints)

few = list(logs("logs-small"))
for codec in ("gzip", "lz4", "snappy"):
    print("|".join(["codec", codec, str(len(few)), str(sum(len(record.attributes) for record in few))]))
