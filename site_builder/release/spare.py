"""The spare: a second tree of the live release's files, so that a night on which only the day changes links none anew.

It is the release before, in which what that night changed was changed, too; no name serves it. What it is is told in
``state/spare.msgpack``, which is taken away before anything in it changes and written when all is done. So a spare is
no use, and is removed with the releases that go (``SitePlace.prune``), where that is missing, where it speaks of
another release than the live one, and where a name in either tree was touched since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
import os
from pathlib import Path, PurePosixPath
import shutil
from typing import Final

import msgspec

from site_builder.processes import flush_all
from site_builder.release import numbered

TREE: Final = "spare"
"""The folder's name in ``state/``."""

TOLD: Final = "spare.msgpack"


class Spare(msgspec.Struct, frozen=True, tag_field=numbered.SCHEMA, tag=1):
    """``files``: the digest of the list of files both trees hold.

    ``spare``, ``live``: when a name in each of their folders was changed last, in ns, by the folder's path.
    """

    files: str
    spare: dict[str, int]
    live: dict[str, int]


def take(state: Path, live: Path, files: str, root: Path) -> bool:
    """Make the spare of the release at ``live`` a new ``root``, where there is one; ``files``: its list's digest."""
    if not ready(state, live, files):
        return False
    (state / TOLD).unlink()
    (state / TREE).rename(root)
    return True


def ready(state: Path, live: Path, files: str) -> bool:
    """Whether there is a spare of the release at ``live``, and both are as they were left."""
    told = numbered.cached(state / TOLD, Spare)
    if told is None or told.files != files:
        return False
    return told.spare == _times(state / TREE, told.spare) and told.live == _times(live, told.live)


def keep(state: Path, old: Path, live: Path, files: str, paths: Iterable[str], changed: Iterable[str]) -> None:
    """Make ``old``, which is no release any more, the spare of the one at ``live``, where it can be.

    ``paths`` are all files of either, ``changed`` those that may differ, or be in one alone. Where anything else lies
    in ``old``, or another spare cannot be removed, it stays where it is.
    """
    there, folders = set(paths).difference(changed), {"."}
    with suppress(OSError):
        drop(state)
        for path in changed:
            (old / path).unlink(missing_ok=True)
            with suppress(FileNotFoundError):
                os.link(live / path, old / path, follow_symlinks=False)
                there.add(path)
        for folder in {path.rpartition("/")[0] for path in there}:
            folders.update(map(str, (PurePosixPath(folder), *PurePosixPath(folder).parents)))
        if sum(len(os.listdir(old / one)) for one in folders) != len(there) + len(folders) - 1:  # noqa: PTH208  # names
            return
        old.rename(state / TREE)
        flush_all(state)
        told = Spare(files, _times(state / TREE, folders), _times(live, folders))
        (state / TOLD).write_bytes(numbered.encode(TOLD, told))


def drop(state: Path) -> None:
    """Remove the spare, or what lies in its place. Raises ``OSError`` where it cannot be."""
    (state / TOLD).unlink(missing_ok=True)
    tree = state / TREE
    if tree.is_symlink() or tree.is_file():
        tree.unlink()
    elif tree.exists():
        shutil.rmtree(tree)


def _times(root: Path, folders: Iterable[str]) -> dict[str, int]:
    """When a name in each folder was changed last; a folder that is not there has no time."""
    return dict(_each(root, folders))


def _each(root: Path, folders: Iterable[str]) -> Iterator[tuple[str, int]]:
    for one in folders:
        with suppress(OSError):
            yield one, (root / one).lstat().st_ctime_ns
