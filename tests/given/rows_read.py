"""Writes bytes to a file and reads them back through the common interface."""

from pathlib import Path
import tempfile

from site_builder.export.descriptor import Resource, ResourceFormat
from site_builder.export.readers import read

HEADERS = {"id": "id", "记录编号": "id", "cause": "cause", "认定事由": "cause", "basis": "basis", "认定依据": "basis"}


def read_bytes(data, kind, *, rows=None, encoding="utf-8", headers=HEADERS, ignore=(), batch_rows=2000):
    """The batches read, and the faults as (code, place) pairs."""
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        path.write_bytes(data)
        resource = Resource("severe-list", "list", ResourceFormat(kind), encoding, len(data), "", rows)
        batches = list(read(path, resource, headers, frozenset(ignore), faults, batch_rows))
    for fault in faults:
        str(fault).encode()
    return batches, [(fault.code, str(fault.place).removeprefix("list").removeprefix(":")) for fault in faults]


def rows_of(batches):
    return [row for batch in batches for row in batch.rows]


def numbers_of(batches):
    return [number for batch in batches for number in batch.numbers]
