"""Whether the other forms of the downloads say what the JSON lines say, which are held against the records themselves.

Parquet, the database, the tables of measures, their rows in the order of the CSV; and that ``data/`` holds nothing
else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
import datetime as dt
import hashlib
from itertools import zip_longest
from pathlib import Path
import sqlite3
import tempfile
from typing import Any, Final

import msgspec

from site_builder.audit.context import Audit
from site_builder.audit.described import described_faults
from site_builder.audit.jobs import JobRead
from site_builder.audit.json_rows import (
    DIFFERS,
    UNREADABLE,
    MalformedError,
    Row,
    in_csv,
    json_of,
    ordered,
    sorted_by_csv,
)
from site_builder.audit.rows import OWN
from site_builder.audit.search import Found
from site_builder.content.citations import clause_href, clause_label, resolve
from site_builder.outputs import formats
from site_builder.outputs.formats import MEASURE_ENTRIES, MEASURE_LINKS, Format, RowSet, sqlite, table_of
from site_builder.outputs.formats.format import UnreadableError
from site_builder.pages import urls
from site_builder.vocabulary import Kind

Faults = Iterator[tuple[str, Found]]

MORE: Final = "不是本站的下载文件"
_MISSING: Final = "没有这个下载文件"
_OTHER_TYPES: Final = "列的名称、次序或者类型不是应当有的"
_SURE: Final = ("csv", "jsonl")
"""Formats by line whose lines are read to the last byte."""


def read_tables(audit: Audit, read: JobRead, kind: Kind | None) -> None:
    """What is wrong with the other forms of a kind, or (None) of all kinds together.

    Those that hold the rows and nothing else are read: they need not be searched, because the JSON lines are.
    """
    root = audit.root
    try:
        read.found += _whole_faults(audit) if kind is None else _kind_faults(root, kind)
    except MalformedError as bad:
        read.found.append((bad.path.relative_to(root).as_posix(), Found("accounting", bad.line, "", bad.what)))
        return
    wrong = {path for path, _ in read.found}
    for path in sorted((_forms(kind) & audit.sizes.keys()) - wrong):
        audit.note(read, path, _digest(root / path))
        one = formats.named(path.rpartition(".")[2])
        if one.frame is not None:
            read.found += ((path, found) for found in audit.searcher.text(one.frame(root / path), one.name))


def _forms(kind: Kind | None) -> set[str]:
    """Those that are read to the last byte."""
    if kind is None:
        return {urls.DATABASE, *(f"{urls.MEASURE_ENTRIES}{extension}" for extension in _SURE)}
    return {urls.download(kind, one.name) for one in _typed() if one.frame is not None}


def _typed() -> tuple[Format, ...]:
    """The formats of a kind that are held against its JSON lines."""
    return tuple(one for one in formats.of_a_kind() if one.name not in OWN)


def _kind_faults(root: Path, kind: Kind) -> Faults:
    """The files of a kind with types of their own: these, and the rows."""
    table = table_of(kind)
    for one in _typed():
        path = urls.download(kind, one.name)
        if not (root / path).is_file():
            continue
        try:
            if one.types is not None and one.types(root / path) != _types_of(table):
                yield path, Found("accounting", 0, "", _OTHER_TYPES)
                continue
        except UnreadableError:
            yield path, Found("accounting", 0, "", UNREADABLE)
            continue
        there = map(tuple, one.read(root / path, table))
        yield from _first_difference(path, there, map(_values, ordered(root, table)))


def _types_of(table: RowSet) -> list[tuple[str, str, bool]]:
    """Of each column its name, its type, and whether a row may have none."""
    return [(one.name, one.type, not one.required and one.type not in {"boolean", "list"}) for one in table.columns]


def _whole_faults(audit: Audit) -> Faults:
    """The database, the tables of measures, what tells of the files, and what is there at all."""
    yield from _file_faults(audit)
    yield from _database_faults(audit.root, audit.kinds)
    yield from _measure_faults(audit)
    yield from described_faults(audit)


def _file_faults(audit: Audit) -> Faults:
    """What is there but the files by year."""
    there, kinds = audit.data(), audit.kinds
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
    more = {path for path in there - wanted if not path.startswith(urls.DATA_BY_YEAR)}
    yield from ((path, Found("accounting", 0, "", _MISSING)) for path in sorted(wanted - there))
    yield from ((path, Found("accounting", 0, "", MORE)) for path in sorted(more))


def _database_faults(root: Path, kinds: Sequence[Kind]) -> Faults:
    """Every table row by row; and that the file is, byte for byte, what these rows make and nothing else."""
    path = root / urls.DATABASE
    if not path.is_file():
        return
    tables = [*map(table_of, kinds), MEASURE_LINKS, MEASURE_ENTRIES]
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "copy.sqlite"
        with suppress(sqlite3.IntegrityError):  # a row twice: told below
            with sqlite.writing(copy, kinds) as base:
                for table in tables:
                    sqlite.fill(base, table, map(_stored, ordered(root, table)))
            if _digest(copy) == _digest(path):
                return
    for table in tables:
        wanted, there = map(_stored, ordered(root, table)), sqlite.read(path, table)
        different = list(_first_difference(urls.DATABASE, there, wanted, sqlite.name_of(table.name)))
        yield from different
        if different:
            return
    yield urls.DATABASE, Found("accounting", 0, "", "数据库里有行以外的内容")


def _measure_faults(audit: Audit) -> Faults:
    """Which entry names which measure, from the entries; the measures' links, from the measures and the laws."""
    root, laws, canonical = audit.root, audit.laws, audit.canonical
    entries, measures = map(table_of, (Kind.SEVERE, Kind.MEASURE))
    if not all(json_of(root, one).is_file() for one in (entries, measures, MEASURE_LINKS, MEASURE_ENTRIES)):
        return
    cited: dict[str, int] = {}
    wanted = (
        (measure, row.id, row.url, row.public_until)
        for row in sorted_by_csv(root, entries, _citing(json_of(root, entries)), lambda row: [row.id])
        for measure in _counted(row.measure_ids, cited)
    )
    yield from _others(f"{urls.MEASURE_ENTRIES}jsonl", map(_values, ordered(root, MEASURE_ENTRIES)), wanted)

    def address(href: str | None) -> str | None:
        return canonical(href) if href else None

    wanted_links = (
        (
            *(row["id"], row["url"], row["kind"], row["title"]),
            *(basis, address(resolve(basis or "", laws)), row["basis_level"], body),
            *(row["clause"], clause_label(row["clause"] or "", laws) or row["clause"]),
            *(address(clause_href(row["clause"] or "", laws)), row["effective_on"], cited.get(row["id"], 0)),
            address(urls.measure_entries(row["id"]) if row["id"] in cited else ""),
        )
        for row in ordered(root, measures)
        for basis in dict.fromkeys(row["basis"]) or [None]
        for body in dict.fromkeys(row["implementing_bodies"]) or [None]
    )
    yield from _others(f"{urls.MEASURE_LINKS}jsonl", map(_values, ordered(root, MEASURE_LINKS)), wanted_links)
    for table in (MEASURE_LINKS, MEASURE_ENTRIES):
        for one in formats.by_line():
            path = f"{urls.DATA}{table.name}.{one.name}"
            if one.name != "jsonl" and (root / path).is_file():
                told = (tuple(in_csv(row) if one.name == "csv" else _values(row)) for row in ordered(root, table))
                yield from _first_difference(path, map(tuple, one.read(root / path, table)), told)


def _others(path: str, found: Iterable[Sequence[Any]], wanted: Iterable[Sequence[Any]]) -> Faults:
    """Whether the rows are others than these, or in another order."""
    if _sum(found) != _sum(wanted):
        yield path, Found("accounting", 0, "", DIFFERS)


def _sum(told: Iterable[Sequence[Any]]) -> str:
    digest = hashlib.sha256()
    for row in told:
        digest.update(msgspec.json.encode(row) + b"\n")
    return digest.hexdigest()


def _first_difference(
    path: str, found: Iterable[tuple[Any, ...]], wanted: Iterable[tuple[Any, ...]], how: str = ""
) -> Faults:
    """The first row of a form that is not its JSON line, in its order."""
    try:
        for number, (row, line) in enumerate(zip_longest(found, wanted), start=1):
            if row != line:
                yield path, Found("accounting", number, how, DIFFERS)
                return
    except UnreadableError:
        yield path, Found("accounting", 0, how, UNREADABLE)


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


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
