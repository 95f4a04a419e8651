"""Whether the other forms of the downloads say what the JSON lines say, which are held against the records themselves.

By year, Parquet, the database, the tables of measures, the checksums; and that ``data/`` holds nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
import datetime as dt
import hashlib
from pathlib import Path
import re
import sqlite3
import tempfile
from typing import Any, Final

import msgspec

from site_builder.audit.by_year import DIFFERS, json_lines, sums, year_faults
from site_builder.audit.context import Audit
from site_builder.audit.downloads import guarded, in_turn
from site_builder.audit.jobs import JobRead
from site_builder.audit.json_rows import MalformedError, Row, rows
from site_builder.audit.rows import OWN
from site_builder.audit.search import Found
from site_builder.outputs import formats
from site_builder.outputs.formats import MEASURE_ENTRIES, MEASURE_LINKS, Format, RowSet, sqlite, table_of
from site_builder.outputs.formats.format import UnreadableError
from site_builder.pages import urls
from site_builder.vocabulary import Kind

Faults = Iterator[tuple[str, Found]]

_MISSING: Final = "没有这个下载文件"
_MORE: Final = "不是本站的下载文件"
_MALFORMED: Final = "下载文件的这一行读不懂，或者不是照本站的写法写的"
_EARLY: Final = 64
"""More columns than any table has: so many JSON lines may stand before their turn."""

_SURE: Final = ("csv", "jsonl")
"""Formats by line whose lines are read to the last byte: what is like the whole need not be searched by year too."""


def read_tables(audit: Audit, read: JobRead, kind: Kind | None) -> None:
    """What is wrong with the other forms of a kind, or (None) of all kinds together.

    Those that hold the rows and nothing else are read: they need not be searched, because the JSON lines are.
    """
    root = audit.root
    try:
        read.found += _whole_faults(audit) if kind is None else _kind_faults(root, kind)
    except MalformedError as bad:
        read.found.append((bad.path.relative_to(root).as_posix(), Found("accounting", bad.line, "", _MALFORMED)))
        return
    wrong = {path for path, _ in read.found}
    for path in audit.sizes:
        if path not in wrong and _is_form(path, kind):
            audit.note(read, path, _digest(root / path))
            one = formats.named(path.rpartition(".")[2])
            if one.frame is not None:
                read.found += ((path, found) for found in audit.searcher.text(one.frame(root / path), one.name))


def _is_form(path: str, kind: Kind | None) -> bool:
    if kind is None:
        return path == urls.DATABASE or path in {f"{urls.MEASURE_ENTRIES}{extension}" for extension in _SURE}
    by_year = re.fullmatch(rf"{urls.DATA_BY_YEAR}{kind}-\d{{4}}\.(?:{'|'.join(_SURE)})", path)
    return by_year is not None or path in {urls.download(kind, one.name) for one in _typed() if one.frame is not None}


def _typed() -> tuple[Format, ...]:
    """The formats of a kind that are held against its JSON lines."""
    return tuple(one for one in formats.of_a_kind() if one.name not in OWN)


def _kind_faults(root: Path, kind: Kind) -> Faults:
    """The files with types of their own and the files by year of a kind."""
    jsonl = root / urls.download(kind, "jsonl")
    if not jsonl.is_file():
        return
    table = table_of(kind)
    for one in _typed():
        path = urls.download(kind, one.name)
        if (root / path).is_file():
            wanted = map(_values, rows(jsonl, table))
            yield from _first_difference(path, map(tuple, one.read(root / path, table)), wanted, _id)
    for one in formats.by_line():
        yield from year_faults(root, kind, one)


def _whole_faults(audit: Audit) -> Faults:
    """The database, the tables of measures, the checksums, and what is there at all."""
    yield from _file_faults(audit.root, audit.sizes, audit.kinds)
    yield from _database_faults(audit.root, audit.kinds)
    yield from _measure_faults(audit.root, audit.canonical)
    yield from _checksum_faults(audit.root)


def _file_faults(root: Path, sizes: Iterable[str], kinds: Sequence[Kind]) -> Faults:
    there = {path for path in sizes if path.startswith(urls.DATA) and not path.endswith((".html", ".gz", ".br"))}
    by_line = [one.name for one in formats.by_line()]
    wanted = {
        urls.DATA_PACKAGE,
        urls.DATASETTE,
        urls.CHECKSUMS,
        urls.IDS,
        urls.ENTITIES,
        urls.CONTEXT,
        urls.OPENAPI,
        *map(urls.schema, kinds),
    }
    wanted |= {urls.download_of_all(one.name) for one in formats.together()}
    wanted |= {urls.download(kind, one.name) for kind in kinds for one in formats.of_a_kind()}
    wanted |= {f"{stem}{extension}" for stem in (urls.MEASURE_LINKS, urls.MEASURE_ENTRIES) for extension in by_line}
    for kind in kinds:
        jsonl = root / urls.download(kind, "jsonl")
        years = {year for year, _ in json_lines(jsonl, kind)} - {""} if jsonl.is_file() else set()
        wanted |= {urls.download_of_year(kind, year, extension) for year in years for extension in by_line}
    yield from ((path, Found("accounting", 0, "", _MISSING)) for path in sorted(wanted - there))
    yield from ((path, Found("accounting", 0, "", _MORE)) for path in sorted(there - wanted))


def _database_faults(root: Path, kinds: Sequence[Kind]) -> Faults:
    """Every table row by row; and that the file is, byte for byte, what these rows make and nothing else."""
    path = root / urls.DATABASE
    if not path.is_file():
        return
    tables = [*map(table_of, kinds), MEASURE_LINKS, MEASURE_ENTRIES]
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "copy.sqlite"
        with suppress(sqlite3.IntegrityError, UnreadableError):  # a row twice, or not a row of the table: told below
            with sqlite.writing(copy, kinds) as base:
                for table in tables:
                    if _json_of(root, table).is_file():
                        lines = map(_stored, rows(_json_of(root, table), table))
                        turns = in_turn(lines, sqlite.read(path, table), str, str, _EARLY)
                        sqlite.fill(base, table, (line for line, _ in turns if line is not None))
            if _digest(copy) == _digest(path):
                return
    for table in tables:
        wanted = map(_stored, rows(_json_of(root, table), table))
        there = sqlite.read(path, table)
        different = list(_first_difference(urls.DATABASE, there, wanted, str, sqlite.name_of(table.name)))
        yield from different
        if different:
            return
    yield urls.DATABASE, Found("accounting", 0, "", "数据库里有行以外的内容")


def _measure_faults(root: Path, canonical: Callable[[str], str]) -> Faults:
    """Which entry names which measure, from the entries; the measures' links, from the measures."""
    entries, measures = (root / urls.download(kind, "jsonl") for kind in (Kind.SEVERE, Kind.MEASURE))
    links, citing = (_json_of(root, table) for table in (MEASURE_LINKS, MEASURE_ENTRIES))
    if not all(path.is_file() for path in (entries, measures, links, citing)):
        return
    cited: dict[str, int] = {}
    wanted = (
        (measure, row.id, row.url, row.public_until)
        for row in _citing(entries)
        for measure in _counted(row.measure_ids, cited)
    )
    yield from _others(f"{urls.MEASURE_ENTRIES}jsonl", map(_values, rows(citing, MEASURE_ENTRIES)), wanted)
    names = ("id", "url", "kind", "title", "basis_level", "clause", "effective_on")
    held = ("measure_id", "measure_url", *names[2:], "basis", "implementing_body", "cited_by", "entries_url")
    found = (tuple(row[name] for name in held) for row in rows(links, MEASURE_LINKS))
    listed = {one: canonical(urls.measure_entries(one)) for one in cited}
    wanted_links = (
        (*(row[name] for name in names), basis, body, cited.get(row["id"], 0), listed.get(row["id"]))
        for row in rows(measures, table_of(Kind.MEASURE))
        for basis in dict.fromkeys(row["basis"]) or [None]
        for body in dict.fromkeys(row["implementing_bodies"]) or [None]
    )
    yield from _others(f"{urls.MEASURE_LINKS}jsonl", found, wanted_links)
    for table in (MEASURE_LINKS, MEASURE_ENTRIES):
        for one in formats.by_line():
            path = f"{urls.DATA}{table.name}.{one.name}"
            if one.name != "jsonl" and (root / path).is_file():
                told = map(_in_csv if one.name == "csv" else _values, rows(_json_of(root, table), table))
                yield from _first_difference(path, map(tuple, one.read(root / path, table)), told, str)


def _checksum_faults(root: Path) -> Faults:
    path = root / urls.CHECKSUMS
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        digest, _, name = line.partition("  ")
        file = root / urls.DATA / name
        if not file.is_file() or _digest(file) != digest:
            yield urls.CHECKSUMS, Found("accounting", number, "", "与文件的摘要不一致")


def _others(path: str, rows: Iterable[Sequence[Any]], wanted: Iterable[Sequence[Any]]) -> Faults:
    """Whether the rows are others than these, in whatever order."""
    if sums(("", row) for row in rows) != sums(("", row) for row in wanted):
        yield path, Found("accounting", 0, "", DIFFERS)


def _id(row: tuple[Any, ...]) -> str:
    return str(row[0])


def _first_difference(
    path: str,
    rows: Iterable[tuple[Any, ...]],
    lines: Iterable[tuple[Any, ...]],
    key: Callable[[tuple[Any, ...]], str],
    how: str = "",
) -> Faults:
    """The first row of a form that is not its JSON line; ``key`` tells whose line it is."""
    try:
        turns = in_turn(lines, rows, key, key, _EARLY)
        for number, (line, row) in enumerate(turns, start=1):
            if row != line:
                yield path, Found("accounting", number, how, DIFFERS)
                return
    except UnreadableError:
        yield path, Found("accounting", 0, how, "下载文件读不懂")


class _Citing(msgspec.Struct, gc=False):
    """What is asked of an entry about the measures it names."""

    id: str
    url: str
    measure_ids: list[str]
    public_until: str | None


def _citing(path: Path) -> Iterator[_Citing]:
    """The rows as far as they can be read; what cannot is told where the JSON lines are held against the records."""
    decode = msgspec.json.Decoder(_Citing).decode
    with path.open("rb") as lines:
        for line in lines:
            try:
                yield decode(line)
            except (msgspec.MsgspecError, UnicodeError):
                return


def _json_of(root: Path, table: RowSet) -> Path:
    """The JSON lines of a table."""
    return root / f"{urls.DATA}{table.name}.jsonl"


def _values(row: Row) -> tuple[Any, ...]:
    return tuple(row.values())


def _stored(row: Row) -> tuple[Any, ...]:
    """A row of JSON lines as a database holds it."""
    return tuple(map(_cell, row.values()))


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return msgspec.json.encode(value).decode() if isinstance(value, list) else value


def _counted(measures: Sequence[str], cited: dict[str, int]) -> Sequence[str]:
    for measure in measures:
        cited[measure] = cited.get(measure, 0) + 1
    return measures


def _in_csv(row: Row) -> tuple[str, ...]:
    """A row of JSON lines, without lists, as the cells of a CSV."""
    return tuple([guarded("" if value is None else str(value)) for value in row.values()])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
