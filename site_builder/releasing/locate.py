"""Finding a record of an export as a person names it: by id, code or name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
import unicodedata

import msgspec

from site_builder.errors import Finding
from site_builder.export.descriptor import load_descriptor
from site_builder.export.package import open_in_place
from site_builder.export.readers import read
from site_builder.export.rows import read_rows
from site_builder.export.schema import headers
from site_builder.records.record import Record
from site_builder.search.lookup.normalise import fold
from site_builder.vocabulary import Kind


class Located(msgspec.Struct, frozen=True):
    """A record and where the export has it: the file and the spreadsheet row."""

    kind: Kind
    record: Record
    file: str
    row: int


class Search(msgspec.Struct, frozen=True):
    """Records that are meant (``exact``: same id, else same code or name), and those whose name holds the text."""

    exact: tuple[Located, ...]
    near: tuple[Located, ...]


def find_record(export: Path, text: str, *, most: int, ignore: frozenset[str]) -> Search:
    """Look through the folder of a kept export; rows with faults are passed over.

    An id is meant before a code or a name is. Names and codes are compared as the lookup folds them.
    """
    wanted = fold(text)
    by_id: list[Located] = []
    exact: list[Located] = []
    near: list[Located] = []
    for one in _records(export, most, ignore):
        if one.record.id.lower() == unicodedata.normalize("NFKC", text).strip().lower():
            by_id.append(one)
        elif wanted and wanted in (fold(one.record.name), fold(getattr(one.record, "subject_code", ""))):
            exact.append(one)
        elif wanted and wanted in fold(one.record.name):
            near.append(one)
    return Search(tuple(by_id or exact), tuple(near))


def same_subject(export: Path, record: Record, *, most: int, ignore: frozenset[str]) -> list[Located]:
    """The other records of the export with the same code or name."""
    names = {fold(record.name), fold(getattr(record, "subject_code", "") or record.name)}
    return [
        one
        for one in _records(export, most, ignore)
        if one.record.id.lower() != record.id.lower()
        and names & {fold(one.record.name), fold(getattr(one.record, "subject_code", "") or one.record.name)}
    ]


def _records(export: Path, most: int, ignore: frozenset[str]) -> Iterator[Located]:
    files = open_in_place(export, most)
    descriptor, _ = load_descriptor(files)
    faults: list[Finding] = []
    for kind in Kind:
        resource = descriptor.resource(kind)
        if resource is None:
            continue
        for batch in read(files.path(resource.path), resource, headers(kind), ignore, faults):
            rows = (batch.columns, batch.numbers, batch.rows, descriptor.pictures, descriptor.created_on)
            for row in read_rows(kind, batch.file, *rows):
                if row.record is not None:
                    yield Located(kind, row.record, batch.file, row.number)
