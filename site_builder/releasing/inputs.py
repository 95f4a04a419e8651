"""The digest of all a web root depends on beside the export and the day: site folder, theme, code, libraries."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from site_builder.config.site import Site
from site_builder.program import digest_of, files_below, program_digest


def inputs_digest(site: Site, themes: Iterable[Path], *facts: str) -> str:
    """SHA-256 in hex over files, versions and ``facts``; no hidden file, no cache and no export is among the files."""
    laws = ((law.file.name, law.file) for law in site.laws if law.file.is_file())
    folders = map(files_below, (site.folder, *themes))
    return digest_of((*facts, program_digest()), chain(*folders, laws))
