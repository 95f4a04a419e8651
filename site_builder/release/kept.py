"""The exports of the live release and of the newest ever accepted, kept whole in ``state/exports/<digest>/``.

So a release can be built again whatever has become of the export's own place: the nightly rebuild, ``withhold``.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
import re
import shutil
from typing import Final

EXPORTS: Final = "exports"
"""The folder in ``state/``."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
"""What a kept export is called; nothing else in the folder is ours."""


def keep(state: Path, export: str, copy: Path, paths: Collection[str]) -> None:
    """Make a build's own copy of an export the one that is kept; ``export`` is its digest, ``paths`` all its files.

    One that is kept already is made good file by file, so that it is whole all the while.
    """
    place = state / EXPORTS / export
    if copy == place:
        return
    place.parent.mkdir(exist_ok=True)
    if not place.is_dir():
        copy.rename(place)
        return
    for path in paths:
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (copy / path).replace(target)
    for left in list(place.rglob("*")):
        if not left.is_dir() and left.relative_to(place).as_posix() not in paths:
            left.unlink()


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
        if place.name not in exports and _DIGEST.fullmatch(place.name):
            shutil.rmtree(place)
    if not any(folder.iterdir()):
        folder.rmdir()
