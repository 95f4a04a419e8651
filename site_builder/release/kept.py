"""The exports of the live release and of the newest ever accepted, kept whole in ``state/exports/<digest>/``.

So a release can be built again whatever has become of the export's own place: the nightly rebuild, ``withhold``.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
import shutil
from typing import Final

EXPORTS: Final = "exports"
"""The folder in ``state/``."""


def keep(state: Path, work: Path, export: str, source: Path, paths: Iterable[str]) -> None:
    """Copy an export's files; ``export`` is its digest, ``paths`` are relative to ``source``. Whole or not at all."""
    place = state / EXPORTS / export
    if place.is_dir():
        return
    aside = work / EXPORTS
    for path in paths:
        target = aside.joinpath(*path.split("/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source.joinpath(*path.split("/")), target)
    place.parent.mkdir(exist_ok=True)
    aside.rename(place)


def kept(state: Path, export: str) -> Path | None:
    """Where an export is kept, or None."""
    place = state / EXPORTS / export
    return place if place.is_dir() else None


def forget_others(state: Path, exports: frozenset[str]) -> None:
    """Remove every kept export but these."""
    folder = state / EXPORTS
    if not folder.is_dir():
        return
    for place in sorted(folder.iterdir()):
        if place.name not in exports:
            shutil.rmtree(place)
    if not exports:
        folder.rmdir()
