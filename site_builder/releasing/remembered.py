"""What is remembered in ``state/``, held against the live web root: a guard that forgets stops nothing.

``live.json`` names its release and the digest of that release's list of files, which the release's own ``release.json``
tells too; the other files are held against the digests in ``live.json``. So a file that is missing, garbled or of
another moment is known at once, and reading costs no more than the files themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
import hashlib
from pathlib import Path
from typing import TypeVar

import msgspec

from site_builder.audit.file_list import Told, read_release
from site_builder.errors import Finding, SiteBuilderError
from site_builder.release import journal, numbered
from site_builder.release.guards import LIVE_FATES, NEWEST_FATES, Fates, Memory
from site_builder.release.live import LIVE, Live
from site_builder.release.orders import ORDERS, Orders
from site_builder.release.place import live_name

T = TypeVar("T", bound=msgspec.Struct)


class Remembered(msgspec.Struct, frozen=True):
    """What of the live release and the newest export is remembered and fits; ``lost`` tells of each file that does not.

    Before the first release there is nothing, and nothing is lost.
    """

    live: Live | None
    memory: Memory
    lost: tuple[Finding, ...]


def remember(folder: Path) -> Remembered:
    """What is remembered of ``output/<site>``; also while a build of it is at its switch, or died there."""
    while True:
        name = live_name(folder)
        found = _remember(folder, name)
        if live_name(folder) == name:
            return found


def remember_whole(folder: Path) -> Remembered:
    """The same where nothing is lost. Raises ``SiteBuilderError`` otherwise."""
    found = remember(folder)
    if found.lost:
        raise SiteBuilderError(list(found.lost))
    return found


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """What ``Live.beside`` says of remembered files: the SHA-256 of each, by name."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def _remember(folder: Path, name: str | None) -> Remembered:
    files = {one: journal.read(folder / "state", one, name) for one in (LIVE, LIVE_FATES, NEWEST_FATES)}
    if name is None and not any(files.values()):
        return Remembered(None, Memory(None, None), ())
    lost: list[Finding] = []
    live = _read(LIVE, files[LIVE], Live, lost)
    if live is not None and name is not None:
        told = read_release(folder / "releases" / name)
        if _of_another(live, name, told):
            lost += numbered.lost(LIVE, f"说的是 {live.release}，与线上版本 {name} 不符").findings
            live = None
        elif told is not None:
            live = msgspec.structs.replace(live, files=told.files)
    fates = {one: _read(one, files[one], Fates, lost) for one in (LIVE_FATES, NEWEST_FATES)}
    if live is not None:
        digests = digests_of({one: files[one] or b"" for one in fates})
        for one, found in fates.items():
            if found is not None and not _belongs(live, one, found, digests[one]):
                lost += numbered.lost(one, f"与 {LIVE} 不是同一时刻的").findings
                fates[one] = None
        live = msgspec.structs.replace(live, beside=digests)
    lost += _newer_orders(journal.read(folder / "state", ORDERS, name))
    return Remembered(live, Memory(fates[LIVE_FATES], fates[NEWEST_FATES]), tuple(lost))


def _read(name: str, data: bytes | None, form: type[T], lost: list[Finding]) -> T | None:
    """A file's contents; None where it cannot be used, and ``lost`` tells why."""
    if data is None:
        lost += numbered.lost(name, "没有这个文件").findings
        return None
    try:
        return numbered.decode(name, data, form)
    except SiteBuilderError as error:
        lost += error.findings
        return None


def _newer_orders(data: bytes | None) -> list[Finding]:
    """The copy of the orders where a newer program wrote it. Else it decides nothing, and may be missing or garbled."""
    try:
        if data is not None:
            numbered.decode(ORDERS, data, Orders)
    except SiteBuilderError as error:
        return [one for one in error.findings if one.code == numbered.NEWER]
    return []


def _of_another(live: Live, name: str, told: Told | None) -> bool:
    """Whether a memory speaks of another release than the live one; what an older program wrote knows no ``files``."""
    if live.release != name:
        return True
    if told is None:
        return False
    return (live.version, live.export, live.as_of, live.files or told.files) != (
        told.version,
        told.export,
        told.as_of,
        told.files,
    )


def _belongs(live: Live, name: str, fates: Fates, digest: str) -> bool:
    """Whether fates were written with the live release; without digests, as far as can be told."""
    if live.beside:
        return live.beside.get(name) == digest
    if name == NEWEST_FATES:
        return fates.version_key >= live.version_key
    published = {kind: len(fates.published.get(kind, ())) for kind in live.counts}
    return fates.export == live.export and published == {kind: one.published for kind, one in live.counts.items()}
