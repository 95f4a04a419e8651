"""``data/openapi.json``: the static addresses programs read, as OpenAPI 3.1; the data page shows the same list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
import re
from typing import Any, Final

import msgspec

from site_builder.outputs import formats, ftm
from site_builder.outputs.datapackage import About
from site_builder.pages import urls
from site_builder.vocabulary import LABELS, Kind

VERSION: Final = "1.0.0"
"""That of the addresses; the data's own is in ``release.json``."""

_JSON: Final = "application/json"
_ATOM: Final = "application/atom+xml"
_NAMED: Final = re.compile(r"\{(\w+)\}")


class Address(msgspec.Struct, frozen=True):
    """An address below the web root, with ``{names}`` for what differs; what is there, its media type.

    ``values``: the names in it and what each may be; none: any id or year.
    """

    path: str
    about: str
    media: str
    values: dict[str, tuple[str, ...]] = {}


def addresses(kinds: Sequence[Kind], figures: tuple[str, ...], *, record_json: bool) -> tuple[Address, ...]:
    """Every address with data for programs, those that tell what is there first; ``figures``: the charts' names."""
    return tuple(_addresses(kinds, figures, record_json=record_json))


def _addresses(kinds: Sequence[Kind], figures: tuple[str, ...], *, record_json: bool) -> Iterator[Address]:
    yield Address(urls.RELEASE, "数据版本、核验日、有效到哪一天", _JSON)
    yield Address(urls.IDS, "现在公开的全部记录的编号；不在里面的应当从副本中删除", _JSON)
    yield Address(urls.CHANGES_INDEX, "最近公布和更新的记录", _JSON)
    names = tuple(kind.value for kind in kinds)
    for one in formats.of_a_kind():
        yield Address(f"{urls.DATA}{{kind}}.{one.name}", f"一类的全部记录（{one.label}）", one.media, {"kind": names})
    for one in formats.by_line():
        path = f"{urls.DATA_BY_YEAR}{{kind}}-{{year}}.{one.name}"
        yield Address(path, f"一类中一年的记录（{one.label}）", one.media, {"kind": names, "year": ()})
    for table in (formats.MEASURE_LINKS, formats.MEASURE_ENTRIES):
        for one in formats.by_line():
            yield Address(f"{urls.DATA}{table.name}.{one.name}", f"{table.title}（{one.label}）", one.media)
    yield Address(
        f"{urls.DATA}{{kind}}.schema.json", "一类记录的 JSON Schema", "application/schema+json", {"kind": names}
    )
    yield Address(urls.CONTEXT, "JSON-LD 的上下文", "application/ld+json")
    for kind in kinds if record_json else ():
        yield Address(f"{urls.FOLDER_OF[kind]}{{id}}.json", f"{LABELS[kind]}：一条记录", _JSON, {"id": ()})
    for one in formats.together():
        yield Address(urls.download_of_all(one.name), f"全部类别（{one.label}）", one.media)
    yield Address(urls.ENTITIES, f"{ftm.TITLE}（{ftm.FORMAT.label}）", ftm.FORMAT.media)
    yield Address(urls.DATA_PACKAGE, "各文件的描述和摘要（Data Package）", _JSON)
    yield Address(urls.CATALOGUE, "数据目录（DCAT）", _JSON)
    yield Address(urls.CHECKSUMS, "各文件的 SHA-256", "text/plain")
    yield Address(urls.DATASETTE, "数据库的说明（Datasette）", _JSON)
    if figures:
        yield Address(f"{urls.STATISTICS}{{name}}.csv", "统计图的数", "text/csv", {"name": figures})
    yield Address(urls.RELEASE_FILES, "全部文件的 SHA-256", "text/plain")
    yield Address(urls.FEED, "最近公布和更新的订阅（Atom）", _ATOM)
    yield Address(f"{urls.FEEDS}{{kind}}.xml", "一类的订阅", _ATOM, {"kind": names})
    yield Address(f"{urls.FEEDS}authority/{{authority}}.xml", "一个认定单位的订阅", _ATOM, {"authority": ()})


def openapi(about: About, home: str, listed: Iterable[Address]) -> bytes:
    """The document; ``home`` is the absolute address of the web root. Everything is read by ``GET`` and is a file."""
    told: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": about.title, "version": VERSION, "description": about.terms},
        "servers": [{"url": home.rstrip("/")}],
        "paths": {f"/{one.path}": {"get": _get(one)} for one in listed},
    }
    if about.licence:
        told["info"]["license"] = {"name": about.licence, "url": about.licence_url}
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"


def _get(one: Address) -> dict[str, Any]:
    told: dict[str, Any] = {
        "summary": one.about,
        "responses": {
            "200": {"description": one.about, "content": {one.media: {}}},
            "404": {"description": "现在没有公开的记录或者文件"},
        },
    }
    names = _NAMED.findall(one.path)
    if names:
        told["parameters"] = [
            {
                "name": name,
                "in": "path",
                "required": True,
                "schema": {"type": "string"} | ({"enum": list(one.values[name])} if one.values[name] else {}),
            }
            for name in names
        ]
    return told
