"""The nightly build: the live release's own export on a later day on which nothing it publishes has changed.

Only the day itself differs, and where it stands in each page is known; all other files become hard links, or stand
already where the root is the spare (``release.spare``). On the way each is held against its digest by its time, which
is made of that (``release.tree.time_of``), and one in sixteen by its bytes, others every night; ``audit`` reads them
all.
"""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt
import hashlib
from itertools import islice
import os
from pathlib import Path

import msgspec

from site_builder.audit.file_list import UNLISTED
from site_builder.errors import Exit, Place, SiteBuilderError, refuse
from site_builder.outputs.manifest import Release, digest, file_list, release_json
from site_builder.outputs.security import expires
from site_builder.pages import urls
from site_builder.release import squeezed
from site_builder.release.live import Live
from site_builder.release.shared import Page, Shared, Written, listed, pack
from site_builder.release.tree import Tree, time_of
from site_builder.workers import Engine

BATCH = 2000
"""Files in one job."""


class Rolling(msgspec.Struct, frozen=True):
    """What the jobs share: the release to take over, the new root, the new day's digits.

    Files whose digest begins with ``read`` are read this night. ``spare``: all stand in the root but those of the day.
    """

    shared: Shared
    root: Path
    day: bytes
    squeeze: bool
    read: str
    spare: bool


def can_roll(live: Live, as_of: dt.date) -> bool:
    """Whether nothing but the day changes from the live release to ``as_of``; the inputs are known to be the same.

    With a month ``security.txt`` changes too.
    """
    quiet = live.next_change is None or as_of < live.next_change
    return live.as_of < as_of and quiet and expires(live.as_of) == expires(as_of)


def roll(
    shared: Shared, root: Path, as_of: dt.date, engine: Engine, *, squeeze: bool, spare: bool = False
) -> list[Written]:
    """Write the web root of the later day; ``spare``: the root is one. Raises where a live file is not what it was."""
    turn = Rolling(shared, root, as_of.isoformat().encode(), squeeze, turn_of(as_of), spare)
    for path in changing(shared) if spare else ():
        (root / path).unlink(missing_ok=True)
    folders = pack((), ((path, page) for path, page in shared.pages.items() if path.endswith("/")))
    written = [folders, *engine.run(_turn, turn, _batches(shared))]
    files = file_list(listed(written))
    last = Tree(root)
    last.write(urls.RELEASE_FILES, files)
    live = _told(shared.root)
    last.write(urls.RELEASE, release_json(msgspec.structs.replace(live, as_of=as_of, files=digest(files))))
    last.close()
    return written


def _told(root: Path) -> Release:
    try:
        return msgspec.json.decode((root / urls.RELEASE).read_bytes(), type=Release)
    except (OSError, msgspec.MsgspecError):
        raise _damaged(urls.RELEASE) from None


def changing(shared: Shared) -> Iterator[str]:
    """The files that are another day's: pages that tell it, their squeezed forms, and what tells of the whole tree."""
    yield from UNLISTED
    for path, page in shared.pages.items():
        if page.days:
            yield path
            yield from (path + extension for extension in squeezed.EXTENSIONS)


def turn_of(as_of: dt.date) -> str:
    """The first digit of the digests whose files are read on a night.

    The turns move on every sixteen days: a site that is built every second night, or once in eight, reads all too.
    """
    day = as_of.toordinal()
    return f"{(day + day // 16) % 16:x}"


def _batches(shared: Shared) -> Iterator[tuple[str, ...]]:
    paths = (path for path in shared.digests if not _beside_dated(shared, path))
    while batch := tuple(islice(paths, BATCH)):
        yield batch


def _beside_dated(shared: Shared, path: str) -> bool:
    """Whether a file is the squeezed form of a page that tells the day; it is made with the page."""
    bare, dot, extension = path.rpartition(".")
    page = shared.pages.get(bare) if dot + extension in squeezed.EXTENSIONS else None
    return page is not None and bool(page.days)


def _turn(turn: Rolling, paths: tuple[str, ...]) -> Written:
    tree = Tree(turn.root, turn.shared, squeeze=turn.squeeze)
    live = turn.shared.root
    for path in paths:
        page = turn.shared.pages.get(path)
        if page is not None and page.days:
            data = _whole(live, path, turn.shared.digests[path])
            tree.write(path, _with_day(data, page.days, turn.day), Page(b"", page.days))
            continue
        _look_at(turn, turn.root if turn.spare else live, path)
        if turn.spare:
            tree.stands(path)
        else:
            tree.share(path)
    return tree.close()


def _look_at(turn: Rolling, root: Path, path: str) -> None:
    """Hold a file that goes on being live against its digest. Raises where it is not what it was.

    An empty one is read: power that fails leaves files their time and not their bytes.
    """
    digest = turn.shared.digests[path]
    try:
        told = os.stat(f"{root}/{path}")  # noqa: PTH116
        same = told.st_size > 0 and told.st_mtime_ns == time_of(digest)[0] * 10**9
    except OSError:
        same = False
    if not same or digest.startswith(turn.read):
        _whole(root, path, digest)


def _whole(root: Path, path: str, digest: str) -> bytes:
    try:
        data = (root / path).read_bytes()
    except OSError:
        data = None
    if data is None or hashlib.sha256(data).hexdigest() != digest:
        raise _damaged(path)
    return data


def _damaged(path: str) -> SiteBuilderError:
    hint = "线上的文件在发布之后被改动、损坏或删除：用 --full 重新生成全部文件，并查明原因"
    return refuse("damaged", "线上版本里的一个文件与它的清单不符", hint=hint, place=Place(path), exit_code=Exit.MACHINE)


def _with_day(data: bytes, places: tuple[int, ...], day: bytes) -> bytes:
    """The page with another day of the same length at these offsets."""
    page = bytearray(data)
    for place in places:
        page[place : place + len(day)] = day
    return bytes(page)
