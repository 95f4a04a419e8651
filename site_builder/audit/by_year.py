"""The files by year of a kind: the lines of the whole, each in its year's file, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
import hashlib
from operator import attrgetter
from pathlib import Path
from typing import Final

import msgspec

from site_builder.audit.search import Found
from site_builder.outputs.columns import YEAR_OF
from site_builder.outputs.formats import Format, table_of
from site_builder.outputs.formats.format import UnreadableError
from site_builder.pages import urls
from site_builder.vocabulary import Kind

DIFFERS: Final = "与 JSON Lines 下载不一致"


def year_faults(root: Path, kind: Kind, one: Format) -> Iterator[tuple[str, Found]]:
    """The lines of the whole, each in its year's file, and no others."""
    lines = json_lines if one.name == "jsonl" else partial(_lines_by_year, one)
    whole = root / urls.download(kind, one.name)
    years = sums(lines(whole, kind)) if whole.is_file() else {}
    paths = {f"{urls.DATA_BY_YEAR}{file.name}" for file in (root / urls.DATA_BY_YEAR).glob(f"{kind}-*.{one.name}")}
    for path in sorted(paths | {urls.download_of_year(kind, year, one.name) for year in years}):
        year = path.rpartition("-")[2].removesuffix(f".{one.name}")
        there = sums(lines(root / path, kind)) if path in paths else {}
        if year not in years or there != {year: years[year]}:
            yield path, Found("accounting", 0, "", DIFFERS)


def sums(lines: Iterable[tuple[str, object]]) -> dict[str, tuple[int, int]]:
    """Of each year how many lines there are, and the sum of their digests: the same of the same lines in any order."""
    found: dict[str, tuple[int, int]] = {}
    for year, line in lines:
        data = line if isinstance(line, bytes) else msgspec.json.encode(line)
        count, of_all = found.get(year, (0, 0))
        found[year] = (count + 1, of_all + int.from_bytes(hashlib.sha256(data).digest()))
    return found


def json_lines(path: Path, kind: Kind) -> Iterator[tuple[str, object]]:
    """(year, line) of every line."""
    decode = msgspec.json.Decoder(msgspec.defstruct("Dated", [(YEAR_OF[kind], str)])).decode
    year_of = attrgetter(YEAR_OF[kind])
    with path.open("rb") as lines:
        for line in lines:
            try:
                yield year_of(decode(line))[:4], line
            except (msgspec.MsgspecError, UnicodeError):
                yield "", line


def _lines_by_year(one: Format, path: Path, kind: Kind) -> Iterator[tuple[str, object]]:
    """(year, cells) of every row; what cannot be read is a row of no year."""
    table = table_of(kind)
    place = table.names.index(YEAR_OF[kind])
    try:
        for row in one.read(path, table):
            yield str(row[place])[:4] if len(row) > place else "", row
    except UnreadableError:
        yield "", None
