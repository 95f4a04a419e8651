"""The index read back, for the audit: the rows it shows and every string it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
import numpy as np

from site_builder.search.lookup.blocks import MANIFEST, NAME_LENGTH, unpack
from site_builder.search.lookup.leaves import HEAD
from site_builder.search.lookup.rows import LookupRow
from site_builder.search.lookup.shown import BLOCK_ROWS, SEGMENT_ROWS
from site_builder.search.lookup.units import END

_NEXT = ord("\n")
"""Ends an entry; no key has it."""

_BINARY = frozenset({"leaf", "list", "column", "near"})


def decode(files: Mapping[str, bytes]) -> Iterator[LookupRow]:
    """The rows, the oldest first, from the index's files by their paths below ``search/lookup/``."""
    manifest = msgspec.json.decode(files[MANIFEST])
    tables = msgspec.json.decode(unpack(files[f"tables/{manifest['tables']}.bin"]))
    segments = tables["segment"]
    for first in range(0, manifest["rows"], BLOCK_ROWS):
        place = first // SEGMENT_ROWS * NAME_LENGTH
        name = f"{segments[place : place + NAME_LENGTH]}-{first % SEGMENT_ROWS // BLOCK_ROWS}"
        columns = msgspec.json.decode(unpack(files[f"row/{name}.bin"]), type=list[list[str]])
        yield from (LookupRow(*fields) for fields in zip(*columns, strict=True))


def strings(files: Mapping[str, bytes]) -> Iterator[str]:
    """Every string in the index: what rows show, pieces of keys in the leaves and their directory, facet values.

    Those of a leaf come as one, a line each. Pieces of keys are cut anywhere; half of a pair cut in two is left out.
    """
    for path, data in files.items():
        folder = path.partition("/")[0]
        if folder == "leaf":
            yield _leaf_text(unpack(data))
        elif folder not in _BINARY:
            for text in _json_strings(msgspec.json.decode(data if path == MANIFEST else unpack(data))):
                yield text.rstrip(END)


def _leaf_text(data: bytes) -> str:
    """What the entries of a leaf say, a line each, letter by letter as far as it is stored."""
    count, letters = int.from_bytes(data[:2], "little"), int.from_bytes(data[2:6], "little")
    columns = np.frombuffer(data, np.uint8, offset=HEAD)
    shared, added = columns[:count].astype(np.int32), columns[count : 2 * count].astype(np.int32)
    low, high = columns[2 * count :][:letters], columns[2 * count + letters :][:letters]
    units = low.astype(np.uint16) | high.astype(np.uint16) << np.uint16(8)
    if not len(shared) == len(added) == count or not len(low) == len(high) == letters == added.sum():
        raise ValueError("a leaf of another length")
    ends = shared + added
    if count and (shared[0] or (shared[1:] > ends[:-1]).any()):
        raise ValueError("a leaf whose entries do not follow one another")
    first = np.cumsum(added, dtype=np.int32) - ends
    entries = np.arange(count, dtype=np.int32)
    table = np.full((count, int(ends.max(initial=0)) + 1), _NEXT, np.uint16)
    for place in range(table.shape[1] - 1):
        # A letter is the last entry's that did not share it with the one before.
        of = np.maximum.accumulate(np.where(shared <= place, entries, 0))
        np.copyto(table[:, place], units.take(first[of] + place, mode="clip"), where=place < ends)
    text = table[np.arange(table.shape[1]) <= ends[:, None]].tobytes().decode("utf-16-le", "ignore")
    return text.replace(END, "").removesuffix("\n")


def _json_strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _json_strings(item)
        case dict():
            for key, item in value.items():
                yield str(key)
                yield from _json_strings(item)
        case _:
            pass
