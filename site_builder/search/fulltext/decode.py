"""The full text read back, for the audit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import zlib

import msgspec

from site_builder.search.fulltext.documents import FullTextDoc
from site_builder.search.fulltext.tokens import pairs_in
from site_builder.search.lookup.blocks import MANIFEST, NAME_LENGTH, unpack

_GZIP = 31


def decode(files: Mapping[str, bytes]) -> list[FullTextDoc]:
    """The documents, the newest first, from the index's files by their paths below ``search/fulltext/``."""
    manifest = msgspec.json.decode(files[MANIFEST])
    names = msgspec.json.decode(unpack(files[f"table/{manifest['table']}.bin"]))["text"]
    documents: list[FullTextDoc] = []
    for start in range(0, len(names), NAME_LENGTH):
        block = unpack(files[f"text/{names[start : start + NAME_LENGTH]}.bin"])
        documents += msgspec.json.decode(block, type=list[FullTextDoc])
    return documents


def strings(files: Mapping[str, bytes]) -> Iterator[str]:
    """Every string of the documents, and every pair of characters Pagefind's index knows."""
    for document in decode(files):
        yield from msgspec.structs.astuple(document)
    yield from bigrams(files)


def bigrams(files: Mapping[str, bytes]) -> set[str]:
    """The pairs of characters in Pagefind's own files, all of which are to stand in some document."""
    found: set[str] = set()
    for path, data in files.items():
        if path.endswith(".pf_index"):
            found.update(pairs_in(zlib.decompress(data, _GZIP)))
    return found
