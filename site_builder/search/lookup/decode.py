"""The index read back, for the audit: the rows it shows and every string it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from site_builder.search.lookup.blocks import MANIFEST, NAME_LENGTH, unpack
from site_builder.search.lookup.leaves import texts_of
from site_builder.search.lookup.rows import FIELDS, LookupRow
from site_builder.search.lookup.shown import BLOCK_ROWS, SEGMENT_ROWS
from site_builder.search.lookup.suffixes import END

_LEAF_HEAD = 3
_BINARY = frozenset({"leaf", "list"})


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

    Pieces of keys are cut anywhere; bytes of a character cut in two are left out.
    """
    for path, data in files.items():
        folder = path.partition("/")[0]
        if folder == "leaf":
            yield from _leaf_strings(unpack(data))
        elif folder not in _BINARY:
            text = msgspec.json.decode(data if path == MANIFEST else unpack(data))
            found = _json_strings(text)
            yield from map(_from_bytes, found) if folder in {"root", "page"} else found


def _leaf_strings(data: bytes) -> Iterator[str]:
    count = int.from_bytes(data[:2], "little")
    columns = [data[start : start + count] for start in range(_LEAF_HEAD, _LEAF_HEAD + data[2] * count, count)]
    for text in texts_of(columns, count):
        yield text.decode("utf-8", "ignore").rstrip(END)


def _from_bytes(text: str) -> str:
    """Directory strings hold a byte in each character."""
    return text.encode("latin-1").decode("utf-8", "ignore").rstrip(END)


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
