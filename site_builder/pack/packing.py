"""From an office's file to the rows of one list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
import datetime as dt
from functools import partial
from pathlib import Path

import msgspec

from site_builder.errors import Exit, Finding, SiteBuilderError
from site_builder.pack.heading import Heading, known_headings
from site_builder.pack.ledger import Ledger
from site_builder.pack.mapping import ListMap
from site_builder.pack.reading import find_headings
from site_builder.pack.rows import Packed, pack_rows
from site_builder.pack.tables import read_tables
from site_builder.vocabulary import Kind


def pack_list(
    kind: Kind,
    paths: Sequence[Path],
    mapping: ListMap,
    ledger: Ledger | None,
    photos: Mapping[str, str],
    *,
    created: dt.date,
    quarantine: bool,
) -> tuple[Packed, Sequence[str]]:
    """The rows of a list in an office's files, with their faults; and what is said of the sheets that are not read.

    ``photos``: the office's picture names → resource names. ``created``: the day of the export. Raises
    SiteBuilderError where there is no table to go by.
    """
    headings: list[Heading] = []
    unread: list[str] = []
    faults: list[Finding] = []
    for path in paths:
        try:
            tables = read_tables(path, mapping, partial(known_headings, kind=kind, mapping=mapping))
            found = find_headings(kind, tables, mapping, several=len(paths) > 1)
        except SiteBuilderError as error:
            if error.exit_code is not Exit.FINDINGS:
                raise
            faults += error.findings
            continue
        headings += found.headings
        unread += found.unread
    if not headings:
        raise SiteBuilderError(faults)
    packed = pack_rows(kind, headings, mapping, ledger, photos, created=created, quarantine=quarantine)
    return msgspec.structs.replace(packed, faults=(*faults, *packed.faults)), unread
