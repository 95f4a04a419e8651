"""A record for programs, beside its page: the fields of the JSON lines, what they mean, and where it leads.

Each says what it is by JSON-LD 1.1 and JSON Schema 2020-12. A natural person's says neither: it is no linked data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import msgspec

from site_builder.outputs.columns import COLUMNS, words_of
from site_builder.pages import urls
from site_builder.public.columns import ShownColumn
from site_builder.public.view import URL, View
from site_builder.vocabulary import LABELS, Kind

_TYPES: Final = {"boolean": "xsd:boolean", "date": "xsd:date"}
_encode: Final = msgspec.json.Encoder().encode


def record_json(
    view: View, line: bytes, measures: Sequence[str], articles: Sequence[str], canonical: Callable[[str], str]
) -> bytes:
    """The file of a record whose JSON line is ``line``; ``measures`` and ``articles`` are addresses of the site."""
    head = b"{"
    if not view.is_person:
        says = {
            "@context": canonical(urls.CONTEXT),
            "@id": canonical(urls.record(view.kind, view.id)),
            "$schema": canonical(urls.schema(view.kind)),
        }
        head = _encode(says)[:-1] + b","
    links = {"measures": [*map(canonical, measures)], "articles": [*map(canonical, articles)]}
    return head + line.strip()[1:-1] + b',"links":' + _encode(links) + b"}\n"


def context(kinds: Iterable[Kind], canonical: Callable[[str], str]) -> bytes:
    """What the names of fields mean: a word of the data dictionary each, days and flags with their types."""
    terms: dict[str, Any] = {
        "@version": 1.1,
        "@vocab": f"{canonical(urls.DATA)}#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "$schema": None,
        "links": None,
    }
    for kind in kinds:
        for column in COLUMNS[kind]:
            if column.name == URL.name:
                terms[column.name] = {"@id": "https://schema.org/url", "@type": "@id"}
            elif column.type in _TYPES:
                terms[column.name] = {"@type": _TYPES[column.type]}
            elif column.type == "list":
                terms[column.name] = {"@container": "@set"}
    for name, term in terms.items():
        if isinstance(term, dict) and "@id" not in term:
            term["@id"] = f"{terms['@vocab']}{name}"
    return _formatted({"@context": terms})


def schema(kind: Kind, canonical: Callable[[str], str]) -> bytes:
    """The JSON Schema of a kind's records, one at a time."""
    addresses = {"type": "array", "items": {"type": "string", "format": "uri"}}
    properties: dict[str, Any] = {
        "@context": {"type": "string"},
        "@id": {"type": "string"},
        "$schema": {"type": "string"},
    }
    properties |= {column.name: _property(column) for column in COLUMNS[kind]}
    properties["links"] = {"type": "object", "properties": {"measures": addresses, "articles": addresses}}
    told = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": canonical(urls.schema(kind)),
        "title": LABELS[kind],
        "type": "object",
        "required": [*(column.name for column in COLUMNS[kind]), "links"],
        "additionalProperties": False,
        "properties": properties,
    }
    return _formatted(told)


def _property(column: ShownColumn) -> dict[str, Any]:
    told: dict[str, Any] = {"title": column.label, "description": column.about}
    if column.words:
        told["description"] += f"：{words_of(column)}"
    if column.type == "list":
        return told | {"type": "array", "items": {"type": "string"}}
    if column.type == "boolean":
        return told | {"type": "boolean"}
    kind: dict[str, Any] = {"type": "string" if column.required else ["string", "null"]}
    if column.type == "date":
        kind["format"] = "date"
    if column.pattern:
        kind["pattern"] = f"^({column.pattern})$"
    if column.words:
        kind["enum"] = [*column.words, *([] if column.required else [None])]
    return told | kind


def _formatted(told: object) -> bytes:
    return msgspec.json.format(_encode(told), indent=2) + b"\n"
