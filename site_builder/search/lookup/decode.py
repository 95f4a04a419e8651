"""The index read back, for the audit: the rows it shows and every string it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from site_builder.search.lookup.blocks import MANIFEST, NAME_LENGTH, unpack
from site_builder.search.lookup.rows import FIELDS, LookupRow
from site_builder.search.lookup.shown import BLOCK_ROWS, SEGMENT_ROWS
from site_builder.search.lookup.units import END

_BINARY = frozenset({"leaf", "list", "column"})


def decode(files: Mapping[str, bytes]) -> list[LookupRow]:
    """The rows, the oldest first, from the index's files by their paths below ``search/lookup/``."""
    manifest = msgspec.json.decode(files[MANIFEST])
    tables = msgspec.json.decode(unpack(files[f"tables/{manifest['tables']}.bin"]))
    segments = tables["segment"]
    rows: list[LookupRow] = []
    for first in range(0, manifest["rows"], BLOCK_ROWS):
        place = first // SEGMENT_ROWS * NAME_LENGTH
        name = f"{segments[place : place + NAME_LENGTH]}-{first % SEGMENT_ROWS // BLOCK_ROWS}"
        columns = msgspec.json.decode(unpack(files[f"row/{name}.bin"]), type=list[list[str]])
        rows += [LookupRow(*fields) for fields in zip(*columns[: len(FIELDS)], strict=True)]
    return rows


def strings(files: Mapping[str, bytes]) -> Iterator[str]:
    """Every string in the index: what rows show, pieces of keys in the leaves and their directory, facet values.

    Pieces of keys are cut anywhere; half of a pair cut in two is left out.
    """
    for path, data in files.items():
        folder = path.partition("/")[0]
        if folder == "leaf":
            yield from _leaf_strings(unpack(data))
        elif folder not in _BINARY:
            for text in _json_strings(msgspec.json.decode(data if path == MANIFEST else unpack(data))):
                yield text.rstrip(END)


def _leaf_strings(data: bytes) -> Iterator[str]:
    """What the entries of a leaf say, letter by letter as far as it is stored."""
    count, letters = int.from_bytes(data[:2], "little"), int.from_bytes(data[2:6], "little")
    shared, added, rest = data[6 : 6 + count], data[6 + count : 6 + 2 * count], data[6 + 2 * count :]
    units = bytearray(2 * letters)
    units[::2], units[1::2] = rest[:letters], rest[letters : 2 * letters]
    text, at = bytearray(), 0
    for old, new in zip(shared, added, strict=True):
        text[2 * old :] = units[at : at + 2 * new]
        at += 2 * new
        yield text.decode("utf-16-le", "ignore").rstrip(END)


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
