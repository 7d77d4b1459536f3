#!/usr/bin/env python3
"""Makes the run-length files in src/test/resources/recovery with the reference tool.

    recovery_oracle.py REFERENCE_TOOL GOLDEN_DIR OUTPUT_DIR

REFERENCE_TOOL is recovery_reference.py (needs pyarrow), GOLDEN_DIR holds one folder per set.
Each output file has the lines table,file,first_row,end_row,resource,scope,offset.
"""
import csv
import os
import subprocess
import sys
import tempfile


def runs(rows):
    """Joins neighbouring rows of one file that have the same answer."""
    last = None
    for row in rows:
        place, number = (row["table"], row["file"]), int(row["row"])
        answer = (row["resource"], row["scope"], row["offset"])
        if last and last[0] == place and last[3] == answer and last[2] == number:
            last[2] = number + 1
            continue
        if last:
            yield last
        last = [place, number, number + 1, answer]
    if last:
        yield last


def main(tool, golden, output):
    os.makedirs(output, exist_ok=True)
    for name in sorted(os.listdir(golden)):
        folder = os.path.join(golden, name)
        if not os.path.isdir(os.path.join(folder, "parquet")):
            continue
        with tempfile.TemporaryDirectory() as scratch:
            table = os.path.join(scratch, "rows.csv")
            subprocess.run([sys.executable, tool, "--set", folder, "--csv", table], check=True)
            with open(table, newline="", encoding="utf-8") as rows, \
                    open(os.path.join(output, name + ".csv"), "w", encoding="utf-8") as out:
                out.write("table,file,first_row,end_row,resource,scope,offset\n")
                for place, first, end, answer in runs(csv.DictReader(rows)):
                    out.write(",".join((*place, str(first), str(end), *answer)) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
