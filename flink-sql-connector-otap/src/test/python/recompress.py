"""Writes a tree of Parquet files without length-prefixed ids again with another compression.

usage: recompress.py TREE OUT CODEC
"""
import pathlib
import sys

import pyarrow.parquet as parquet

tree, out, codec = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
for source in tree.rglob("*.parquet"):
    target = out / source.relative_to(tree)
    target.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(parquet.ParquetFile(source).read(), target, compression=codec, store_schema=False)
