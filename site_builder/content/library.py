"""The regulations of a site, read from their files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from site_builder.config.site import LawSource
from site_builder.config.source import read_text
from site_builder.content.citations import LawIndex, index_law
from site_builder.content.laws import Law, parse_law
from site_builder.errors import Exit, Finding, SiteBuilderError


@dataclass(frozen=True, slots=True)
class ShelvedLaw:
    """A regulation of the site: what ``site.yml`` says of it, its text, and its index for citations."""

    source: LawSource
    law: Law
    index: LawIndex


def read_laws(folder: Path, sources: tuple[LawSource, ...]) -> tuple[ShelvedLaw, ...]:
    """The regulations in the order of ``site.yml``; ``folder`` is the site folder.

    Each is read from its ``file``; where that is not there, from the digest ``laws/<name>.md`` of the folder.
    Raises :class:`SiteBuilderError` with the faults of all of them.
    """
    shelved: list[ShelvedLaw] = []
    found: list[Finding] = []
    for source in sources:
        path = source.file if source.file.is_file() else folder / "laws" / f"{source.name}.md"
        try:
            law = parse_law(read_text(path), str(path))
        except SiteBuilderError as error:
            found.extend(error.findings)
        else:
            shelved.append(ShelvedLaw(source, law, index_law(source.name, source.code, source.title, law)))
    if found:
        raise SiteBuilderError(found, Exit.USAGE)
    return tuple(shelved)
