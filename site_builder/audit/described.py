"""Whether what tells of the downloads tells of all that are there, and as they are.

Written a second time are the schemas, the context and the checksums. Of the descriptor, the catalogue, the addresses
and the database's notes it is asked that they name every file (or table) there is, and no other, with its digest and
columns, and nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
import re
from typing import Any, Final

import msgspec

from site_builder.audit.context import Audit
from site_builder.audit.search import Found
from site_builder.audit.staged import Expected
from site_builder.outputs import formats
from site_builder.outputs.columns import COLUMNS, heading, words_of
from site_builder.outputs.formats import MEASURE_ENTRIES, MEASURE_LINKS, sqlite, table_of
from site_builder.pages import urls
from site_builder.public.columns import ShownColumn
from site_builder.vocabulary import LABELS, Kind

DIFFERS: Final = "不是应当有的内容：与下载文件不一致"

_TABLES: Final = (MEASURE_LINKS, MEASURE_ENTRIES)
_YEAR: Final = re.compile(r"-\d{4}$")
_NAMED: Final = re.compile(r"\{(\w+)\}")
_SHOWS: Final = (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)
"""What a document of another shape is told by."""


def described_faults(audit: Audit) -> Iterator[tuple[str, Found]]:
    """The files that are not as they must be."""
    expected = audit.expected
    if expected is None:
        return
    wanted: dict[str, bytes] = {urls.schema(kind): _formatted(_schema(kind, audit.canonical)) for kind in expected.rows}
    wanted[urls.CONTEXT] = _formatted({"@context": _context(audit)})
    beside = sorted(audit.data() - {urls.CHECKSUMS}, key=lambda path: path.removeprefix(urls.DATA))
    sums = (f"{audit.listed.get(path, '')}  {path.removeprefix(urls.DATA)}\n" for path in beside)
    wanted[urls.CHECKSUMS] = "".join(sums).encode()
    for path, data in wanted.items():
        if audit.read(path) != data:
            yield path, Found("accounting", 0, "", DIFFERS)
    for path, holds in _HOLDS.items():
        data = audit.read(path)
        try:
            told = msgspec.json.decode(data)
            same = _formatted(told) == data and holds(told, audit, expected)
        except (*_SHOWS, msgspec.MsgspecError):
            same = False
        if not same:
            yield path, Found("accounting", 0, "", DIFFERS)


def _formatted(told: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"


def _schema(kind: Kind, canonical: Callable[[str], str]) -> dict[str, Any]:
    """The JSON Schema of a kind's records."""
    names = [column.name for column in COLUMNS[kind]]
    links = {"type": "array", "items": {"type": "string", "format": "uri"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": canonical(urls.schema(kind)),
        "title": LABELS[kind],
        "type": "object",
        "required": [*names, "links"],
        "additionalProperties": False,
        "properties": {
            **{name: {"type": "string"} for name in ("@context", "@id", "$schema")},
            **dict(zip(names, map(_property, COLUMNS[kind]), strict=True)),
            "links": {"type": "object", "properties": {"measures": links, "articles": links}},
        },
    }


def _property(column: ShownColumn) -> dict[str, Any]:
    about = f"{column.about}：{words_of(column)}" if column.words else column.about
    told: dict[str, Any] = {"title": column.label, "description": about}
    if column.type == "list":
        return told | {"type": "array", "items": {"type": "string"}}
    if column.type == "boolean":
        return told | {"type": "boolean"}
    told["type"] = "string" if column.required else ["string", "null"]
    if column.type == "date":
        told["format"] = "date"
    if column.pattern:
        told["pattern"] = f"^({column.pattern})$"
    if column.words:
        told["enum"] = [*column.words] if column.required else [*column.words, None]
    return told


def _context(audit: Audit) -> dict[str, Any]:
    """What the names of fields mean (JSON-LD 1.1)."""
    vocabulary = f"{audit.canonical(urls.DATA)}#"
    typed = {"date": {"@type": "xsd:date"}, "boolean": {"@type": "xsd:boolean"}, "list": {"@container": "@set"}}
    terms: dict[str, Any] = {"@version": 1.1, "@vocab": vocabulary, "xsd": "http://www.w3.org/2001/XMLSchema#"}
    terms |= {"$schema": None, "links": None}
    for column in (column for kind in audit.kinds for column in COLUMNS[kind]):
        if column.name == "url":
            terms["url"] = {"@id": "https://schema.org/url", "@type": "@id"}
        elif column.type in typed:
            terms[column.name] = {**typed[column.type], "@id": vocabulary + column.name}
    return terms


def _package(told: Any, audit: Audit, expected: Expected) -> bool:  # noqa: ANN401  # JSON
    """Every download with its size, its digest and its columns (Data Package v2)."""
    about = (told["name"], told["version"], told["created"])
    tables = {one.name: one for one in (*map(table_of, audit.kinds), *_TABLES)}
    described = {urls.DATA_PACKAGE, urls.DATASETTE, urls.CHECKSUMS, urls.IDS, urls.CONTEXT, urls.OPENAPI}
    wanted: dict[str, tuple[object, ...]] = {}
    for path in audit.data() - described - set(map(urls.schema, audit.kinds)):
        stem, _, extension = path.rpartition("/")[2].partition(".")
        table = tables.get(_YEAR.sub("", stem))
        columns = _fields(table.columns, formats.named(extension)) if table is not None and audit.sizes[path] else None
        wanted[path.removeprefix(urls.DATA)] = (audit.sizes[path], f"sha256:{audit.listed.get(path)}", columns)
    found = {one["path"]: (one["bytes"], one["hash"], _told_fields(one)) for one in told["resources"]}
    same = about == (expected.name, expected.version, expected.created.isoformat())
    return same and found == wanted and len(told["resources"]) == len(wanted)


def _fields(columns: tuple[ShownColumn, ...], one: formats.Format) -> list[tuple[str, str]] | None:
    """(name, type) of the columns, where the format has no types of its own."""
    lists = "array" if one.arrays else "string"
    names = [heading(column) if one.in_words else column.name for column in columns]
    types = [lists if column.type == "list" else column.type for column in columns]
    return list(zip(names, types, strict=True)) if one.schema else None


def _told_fields(resource: dict[str, Any]) -> list[tuple[str, str]] | None:
    return [(one["name"], one["type"]) for one in resource["schema"]["fields"]] if "schema" in resource else None


def _catalogue(told: Any, audit: Audit, _: Expected) -> bool:  # noqa: ANN401  # JSON
    """Every kind's downloads, and the entities, with their sizes and digests (DCAT 3)."""
    wanted = {kind.value: [urls.download(kind, one.name) for one in formats.of_a_kind()] for kind in audit.kinds}
    wanted["entities"] = [urls.ENTITIES]
    files = {
        name: [(audit.canonical(path), audit.sizes[path], audit.listed.get(path)) for path in paths]
        for name, paths in wanted.items()
    }
    found = {
        one["identifier"]: [
            (file["downloadURL"], file["byteSize"], file["checksum"]["checksumValue"]) for file in one["distribution"]
        ]
        for one in told["dataset"]
    }
    itself: bool = told["@id"] == audit.canonical(urls.CATALOGUE)
    return itself and found == files and len(told["dataset"]) == len(files)


def _addresses(told: Any, audit: Audit, _: Expected) -> bool:  # noqa: ANN401  # JSON
    """Every file for programs, and none that is not there (OpenAPI 3.1)."""
    there = audit.data() | {urls.RELEASE, urls.RELEASE_FILES, urls.CHANGES_INDEX, urls.FEED, urls.CATALOGUE}
    there |= {path for path in audit.sizes if path.startswith(urls.FEEDS) and path.endswith(".xml")}
    there |= {path for path in audit.sizes if path.startswith(urls.STATISTICS) and path.endswith(".csv")}
    free = {f"/{urls.DATA_BY_YEAR}{{kind}}-{{year}}.{one.name}" for one in formats.by_line()}
    free |= {f"/{urls.FOLDER_OF[kind]}{{id}}.json" for kind in audit.kinds} if audit.record_json else set()
    free.add(f"/{urls.FEEDS}authority/{{authority}}.xml")
    patterns: list[str] = []
    for address, one in told["paths"].items():
        named = {each["name"]: each["schema"].get("enum") for each in one["get"].get("parameters", ())}
        names = _NAMED.findall(address)
        if all(named[name] for name in names):
            chosen = (dict(zip(names, values, strict=True)) for values in product(*(named[name] for name in names)))
            if not all(_filled(address[1:], values) in there for values in chosen):
                return False
        elif address not in free:
            return False
        groups = {name: "|".join(map(re.escape, named[name] or ())) or "[^/]+" for name in names}
        patterns.append(_filled(re.escape(address[1:]).replace(r"\{", "{").replace(r"\}", "}"), groups, "(?:{})"))
    known = re.compile("|".join(patterns))
    untold = {urls.OPENAPI, urls.NEWS_FEED}
    home = told["servers"][0]["url"] == audit.canonical("").rstrip("/")
    return home and free <= told["paths"].keys() and all(known.fullmatch(path) for path in there - untold)


def _filled(address: str, values: dict[str, str], each: str = "{}") -> str:
    """An address with these in the place of its names."""
    return _NAMED.sub(lambda name: each.format(values[name[1]]), address)


def _database(told: Any, audit: Audit, _: Expected) -> bool:  # noqa: ANN401  # JSON
    """Every table of the database with its columns."""
    tables = {name: list(one["columns"]) for name, one in told["databases"]["credit"]["tables"].items()}
    wanted = sqlite.tables_of(audit.kinds)
    return tables == {name: [column.name for column in columns] for name, columns in wanted.items()}


_HOLDS: Final[dict[str, Callable[[Any, Audit, Expected], bool]]] = {
    urls.DATA_PACKAGE: _package,
    urls.CATALOGUE: _catalogue,
    urls.OPENAPI: _addresses,
    urls.DATASETTE: _database,
}
