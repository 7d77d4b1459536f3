"""Requests as the engine's OTLP exporter can send them.

The exporter writes the dropped_attributes_count of a link under a number that a link does not have, so that receivers see
0. This copies files of requests without these counts and says how many there were; all else is copied as it is.

    without_link_counts.py TOOLS IN OUT     TOOLS: the folder with otlp_wire.py
"""

import pathlib
import sys

tools, source, target = sys.argv[1:]
sys.path.insert(0, tools)
from otlp_wire import REQUEST, read_delimited, signal_of, write_delimited  # noqa: E402

pathlib.Path(target).mkdir(parents=True, exist_ok=True)
left_out = 0
for path in sorted(pathlib.Path(source).iterdir()):
    signal = signal_of(path.name)
    with open(pathlib.Path(target, path.name), "wb") as out:
        for payload in read_delimited(str(path)):
            if signal == "traces":
                request = REQUEST[signal].FromString(payload)
                for resource in request.resource_spans:
                    for scope in resource.scope_spans:
                        for span in scope.spans:
                            for link in span.links:
                                left_out += link.dropped_attributes_count != 0
                                link.ClearField("dropped_attributes_count")
                payload = request.SerializeToString()
            write_delimited(out, payload)
print(f"{left_out} dropped counts of links left out of what is wanted")
