"""``data/datapackage.json``: the downloads as a Data Package v2 with a Table Schema each."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from site_builder.outputs.columns import COLUMNS, Column
from site_builder.outputs.workbook import LIST_SEPARATOR
from site_builder.vocabulary import LABELS, Kind

MEDIA: Final = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class File(msgspec.Struct, frozen=True):
    """One download on disk: its size in bytes, its SHA-256 in hex, its rows."""

    kind: Kind
    extension: str
    size: int
    sha256: str
    rows: int


def datapackage(
    name: str, title: str, version: str, created: str, licence: str, homepage: str, files: list[File]
) -> bytes:
    """The descriptor, one resource a file. ``created`` is the export's; paths are beside the descriptor."""
    described: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": title,
        "version": version,
        "created": created,
        "homepage": homepage,
        "licenses": [{"title": licence, "name": "other-open"}] if licence else [],
        "resources": [_resource(file) for file in files],
    }
    if not licence:
        del described["licenses"]
    return msgspec.json.format(msgspec.json.encode(described), indent=2) + b"\n"


def _resource(file: File) -> dict[str, Any]:
    return {
        "name": f"{file.kind}-{file.extension}",
        "title": f"{LABELS[file.kind]}（{file.extension.upper()}）",
        "path": f"{file.kind}.{file.extension}",
        "type": "table",
        "format": file.extension,
        "mediatype": MEDIA[file.extension],
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": {
            "fields": [_field(column, file.extension) for column in COLUMNS[file.kind]],
            "primaryKey": ["id"],
            "missingValues": [""],
        },
    }


def _field(column: Column, extension: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "title": column.label, "type": _type(column, extension)}
    notes = [f"依据：{column.source}"] if column.source else []
    if column.type == "list" and field["type"] == "string":
        notes.append(f"多项之间用「{LIST_SEPARATOR}」分隔")
    if notes:
        field["description"] = "；".join(notes)
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.words:
        constraints["enum"] = list(column.words)
    if constraints:
        field["constraints"] = constraints
    return field


def _type(column: Column, extension: str) -> str:
    if column.type == "list":
        return "array" if extension == "jsonl" else "string"
    return column.type
