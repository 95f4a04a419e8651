"""From documents to the whole full text: Pagefind's index, the documents' own text, and which is which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import hashlib
from pathlib import Path
import re
import zlib

import msgspec

from site_builder.search.facets import FACETS, told
from site_builder.search.fulltext.documents import FIELDS, FullTextDoc
from site_builder.search.fulltext.pagefind import run
from site_builder.search.fulltext.tokens import BREAK, tokens
from site_builder.search.lookup.blocks import MANIFEST, Out, write_json

FORMAT = 2
"""Raised when the browser's side of an older release could not read the index."""

BLOCK_DOCUMENTS = 8
"""Documents of a text block."""

BATCH_CHARACTERS = 2_000_000
"""Characters Pagefind is given at once: it takes some 600 bytes of memory for each."""

_NAME_LENGTH = 20
_URL = re.compile(rb'"url":"/([0-9a-f]+)\.html"')
_GZIP = 31


def page_name(href: str) -> str:
    """The name a document goes to Pagefind by: it depends on nothing but the address."""
    return hashlib.sha256(href.encode()).hexdigest()[:_NAME_LENGTH]


def build(documents: Iterable[FullTextDoc], out: Out, scratch: Path | None = None) -> None:
    """Write the full text; ``out`` takes paths below ``search/fulltext/``. The documents' order does not matter.

    What Pagefind works on lies below ``scratch`` meanwhile; without one, in the machine's temporary folder.

    ``index.json`` names ``table``, which says for each document, the newest first, Pagefind's name for it and its
    facets, and names the blocks the documents stand in. Pagefind's files stand in ``pagefind/0/``, ``pagefind/1/``, …
    """
    ordered = sorted(documents, key=lambda one: (one.date, one.href), reverse=True)
    numbers = {page_name(one.href): number for number, one in enumerate(ordered)}
    found = [""] * len(ordered)
    batches = list(_batches(reversed(ordered)))
    for batch, inside in enumerate(batches):
        shipped, fragments = run(((page_name(one.href), _words(one)) for one in inside), scratch)
        for path, data in shipped.items():
            out(f"pagefind/{batch}/{path}", data)
        for path, data in fragments.items():
            name = path.removeprefix("fragment/").removesuffix(".pf_fragment")
            found[numbers[_page_of(data)]] = f"{batch}/{name}"
    blocks = [
        write_json("text", ordered[start : start + BLOCK_DOCUMENTS], out)
        for start in range(0, len(ordered), BLOCK_DOCUMENTS)
    ]
    values, columns = _facets(ordered)
    rows = [one.row for one in ordered]
    table = {"fragment": found, "value": values, "column": columns, "row": rows, "text": "".join(blocks)}
    manifest = {
        "format": FORMAT,
        "batches": len(batches),
        "table": write_json("table", table, out),
        "fields": FIELDS,
        "facets": told(FACETS, {one.kind for one in ordered}),
    }
    out(MANIFEST, msgspec.json.encode(manifest))


def _batches(oldest_first: Iterable[FullTextDoc]) -> Iterator[list[FullTextDoc]]:
    """The documents in parts; a new document changes the last part alone."""
    batch: list[FullTextDoc] = []
    size = 0
    for one in oldest_first:
        length = len(one.title) + len(one.text)
        if batch and size + length > BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += length
    if batch:
        yield batch


def _words(document: FullTextDoc) -> str:
    return f"{tokens(document.title)} {BREAK} {tokens(document.text)}"


def _page_of(fragment: bytes) -> str:
    """The page's name, from the address in a fragment."""
    match = _URL.search(zlib.decompress(fragment, _GZIP))
    if match is None:
        raise ValueError("a Pagefind fragment without the page's address")
    return match[1].decode()


def _facets(documents: list[FullTextDoc]) -> tuple[list[list[str]], list[list[int]]]:
    """For each facet its values in order and, for each document, the value's place."""
    values, columns = [], []
    for facet in FACETS:
        column = [getattr(one, facet.name) for one in documents]
        different = sorted(set(column))
        places = {value: place for place, value in enumerate(different)}
        values.append(different)
        columns.append([places[value] for value in column])
    return values, columns
