"""``data/datapackage.json``: the downloads as a Data Package v2 with a Table Schema each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from site_builder.outputs import formats, ftm
from site_builder.outputs.columns import heading
from site_builder.outputs.formats.format import LIST_SEPARATOR
from site_builder.pages import urls
from site_builder.public.columns import ShownColumn
from site_builder.vocabulary import LABELS


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One download on disk: its address, its size in bytes, its SHA-256 in hex; ``columns`` of its rows."""

    address: str
    title: str
    size: int
    sha256: str
    columns: tuple[ShownColumn, ...] = ()
    key: str = ""

    @property
    def format(self) -> formats.Format:
        """Its format, told by what its name ends in."""
        return ftm.FORMAT if self.address == urls.ENTITIES else formats.named(self.address.rpartition(".")[2])

    @property
    def beside(self) -> str:
        """Its path from the descriptor."""
        return self.address.removeprefix(urls.DATA)


class About(msgspec.Struct, frozen=True, kw_only=True):
    """The whole: ``created`` is the export's, ``publisher`` who runs the site, ``terms`` what users must keep to.

    ``licence_url``: where the text of the licence stands.
    """

    name: str
    title: str
    version: str
    created: str
    licence: str
    licence_url: str
    homepage: str
    publisher: str
    terms: str


def datapackage(about: About, files: Sequence[File]) -> bytes:
    """The descriptor, one resource a file; paths are beside the descriptor."""
    described: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": about.name,
        "title": about.title,
        "description": about.terms,
        "version": about.version,
        "created": about.created,
        "homepage": about.homepage,
        "contributors": [{"title": about.publisher, "roles": ["publisher"]}],
        "licenses": [{"name": "other-open", "path": about.licence_url, "title": about.licence}],
        "resources": [_resource(file) for file in files],
    }
    if not about.licence:
        del described["licenses"]
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"


def checksums(files: Sequence[File]) -> bytes:
    """``sha256sum -c`` in ``data/`` reads this."""
    return "".join(f"{file.sha256}  {file.beside}\n" for file in sorted(files, key=lambda one: one.beside)).encode()


def _resource(file: File) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": file.beside.removeprefix("by-year/").replace(".", "-"),
        "title": file.title,
        "path": file.beside,
        "format": file.format.name,
        "mediatype": file.format.media,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if not file.format.schema or not file.size:  # others carry their own types, and are files to the package
        return resource | {"type": "file"}
    field = _brief if file.address.startswith(urls.DATA_BY_YEAR) else _field
    fields = [field(column, arrays=file.format.arrays) for column in file.columns]
    if file.format.in_words:
        fields = [_in_words(told, column) for told, column in zip(fields, file.columns, strict=True)]
    schema: dict[str, Any] = {"fields": fields}
    if file.key:
        place = next(place for place, column in enumerate(file.columns) if column.name == file.key)
        schema["primaryKey"] = [fields[place]["name"]]
    return resource | {"type": "table", "encoding": "utf-8", "schema": schema | {"missingValues": [""]}}


def _brief(column: ShownColumn, *, arrays: bool) -> dict[str, Any]:
    """A field of a part; what it means is told of the whole."""
    field: dict[str, Any] = {"name": column.name, "type": _type(column, arrays=arrays)}
    return field | ({"constraints": {"required": True}} if column.required else {})


def _field(column: ShownColumn, *, arrays: bool) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "title": column.label, "type": _type(column, arrays=arrays)}
    notes = [column.about, f"依据：{column.source}" if column.source else ""]
    if column.type == "list" and field["type"] == "string":
        notes.append(f"多项之间用「{LIST_SEPARATOR}」分隔")
    field["description"] = "；".join(note for note in notes if note)
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.words:
        constraints["enum"] = list(column.words)
    if column.pattern:
        constraints["pattern"] = column.pattern
    if constraints:
        field["constraints"] = constraints
    return field


def _in_words(field: dict[str, Any], column: ShownColumn) -> dict[str, Any]:
    """A field of a file for people: its heading, and its values in words."""
    told = field | {"name": heading(column)}
    if column.words:
        told["constraints"] = field["constraints"] | {"enum": [LABELS[word] for word in column.words]}
    if column.type == "boolean":
        told |= {"trueValues": ["是"], "falseValues": ["否"]}
    return told


def _type(column: ShownColumn, *, arrays: bool) -> str:
    if column.type == "list":
        return "array" if arrays else "string"
    return column.type
