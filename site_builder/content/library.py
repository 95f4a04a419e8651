"""The regulations of a site, read from their files."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
import datetime as dt
from pathlib import Path

from site_builder.config.site import LawSource
from site_builder.config.source import read_text
from site_builder.content.citations import LawIndex, index_law
from site_builder.content.dated_articles import change_days, wording_of
from site_builder.content.laws import Law, parse_law
from site_builder.errors import Exit, Finding, SiteBuilderError


@dataclass(frozen=True, slots=True)
class ShelvedLaw:
    """A regulation of the site: what ``site.yml`` says of it, its text, and its index for citations."""

    source: LawSource
    law: Law
    index: LawIndex


def read_laws(folder: Path, sources: tuple[LawSource, ...], day: dt.date) -> tuple[ShelvedLaw, ...]:
    """The regulations as they are in force on a day, in the order of ``site.yml``; ``folder`` is the site folder.

    Each is read from its ``file``; where that is not there, from the digest ``laws/<name>.md`` of the folder.
    Raises :class:`SiteBuilderError` with the faults of all of them.
    """
    shelved: list[ShelvedLaw] = []
    found: list[Finding] = []
    for source in sources:
        path = _file(folder, source)
        try:
            law = parse_law(wording_of(read_text(path), day, str(path)), str(path))
        except SiteBuilderError as error:
            found.extend(error.findings)
        else:
            shelved.append(ShelvedLaw(source, law, index_law(source.name, source.code, source.title, law)))
    if found:
        raise SiteBuilderError(found, Exit.USAGE)
    return tuple(shelved)


def law_days(folder: Path, sources: tuple[LawSource, ...]) -> set[dt.date]:
    """The days on which the wording of a regulation changes; a file that cannot be read is told by ``read_laws``."""
    found: set[dt.date] = set()
    for path in law_files(folder, sources):
        with contextlib.suppress(SiteBuilderError):
            found |= change_days(read_text(path), str(path))
    return found


def law_files(folder: Path, sources: tuple[LawSource, ...]) -> tuple[Path, ...]:
    """The files the regulations are read from."""
    return tuple(_file(folder, source) for source in sources)


def _file(folder: Path, source: LawSource) -> Path:
    return source.file if source.file.is_file() else folder / "laws" / f"{source.name}.md"
