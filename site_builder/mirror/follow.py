"""Following a site: what it says is checked, what differs is fetched, and the whole is switched in, or nothing is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
import datetime as dt
from itertools import islice
import os
from pathlib import Path
import shutil
from typing import Final

import msgspec

from site_builder.errors import Finding, Place, SiteBuilderError, refuse
from site_builder.mirror.copy import Copy, digest_at
from site_builder.mirror.remote import Remote
from site_builder.mirror.told import Head, Told, check_signature, digest_of, read_files, read_told, served
from site_builder.pages import urls
from site_builder.progress import Listener

TRIES: Final = 5
"""How often it is begun again where the site is switched meanwhile."""

_CONNECTIONS: Final = 4
_BATCH: Final = 500
_RELEASE_MOST: Final = 1 << 20
_SIGNATURE_MOST: Final = 1 << 12
_LIST_MOST: Final = 1 << 29


Wanted = Callable[[str], bool]
"""Whether a file is to be taken."""


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did. ``root``: the web root to read. ``files`` are in the copy; ``fetched`` of them anew.

    ``deleted`` were in the copy and are no longer valid; ``left_out``: compressed forms, which have no address.
    ``taken``: bytes received; ``signed``: whether the signature was checked.
    """

    root: str
    version: str
    as_of: dt.date
    valid_through: dt.date | None
    unchanged: bool
    signed: bool
    files: int
    fetched: int
    deleted: int
    left_out: int
    taken: int


class SwitchedError(Exception):
    """The site is another release than the one that was begun."""


def follow(remote: Remote, copy: Copy, key: str, listener: Listener, wanted: Wanted = lambda _: True) -> Followed:
    """Bring the copy to the release the site has. Raises ``SiteBuilderError``; then the copy is as it was.

    ``key``: the site's public key; without one the signature is not checked. ``wanted``: which of its files are taken.
    """
    have: dict[str, Path] = {}
    for attempt in range(TRIES):
        try:
            head = _head(remote, key)
            _refuse_older(copy, head.told, remote)
            return _brought(remote, copy, head, have, copy.work / str(attempt), listener, wanted, signed=bool(key))
        except SwitchedError:
            continue
    message, hint = f"取的时候网站一再换版本（{TRIES} 次）", "过一会儿再运行一次；手里的副本没有动"
    raise refuse("mirror-changing", message, hint=hint, place=Place(remote.url))


def expired(told: Told | None, today: dt.date, place: str) -> list[Finding]:
    """A finding where a release is past the day it is valid through."""
    if told is None or told.valid_through is None or today <= told.valid_through:
        return []
    message = f"这一版（{told.name}）有效到 {told.valid_through}，已经过了：里面有公示期满的记录，网站还没有重建"
    return [Finding("mirror-expired", Place(place), message, "停止使用这份副本，直到网站重建；告诉主办单位")]


def _head(remote: Remote, key: str) -> Head:
    data = remote.read(urls.RELEASE, _RELEASE_MOST)
    place = remote.address(urls.RELEASE)
    if data is None:
        hint = "核对网址：应当是网站的首页，它下面有 release.json"
        raise refuse("mirror-release", "这里没有 release.json", hint=hint, place=Place(place))
    head = Head(data, read_told(data, place), remote.read(urls.RELEASE_SIGNATURE, _SIGNATURE_MOST))
    if key:
        if remote.read(urls.RELEASE, _RELEASE_MOST) != data:  # switched between the two
            raise SwitchedError
        check_signature(head, key, remote.address(urls.RELEASE_SIGNATURE))
    return head


def _refuse_older(copy: Copy, told: Told, remote: Remote) -> None:
    """Raise where the site is what it was before: by version or day, or, of one day, because the copy let go of it."""
    have = copy.told()
    hint = "从不退回：也许有人在重放旧的网站。向主办单位核对；确实退回了的，把副本的文件夹移开，重新取"
    if have is None:
        return
    if told.is_older(have):
        message = f"网站现在是 {told.name}，比副本的早（{have.name}）"
    elif told.as_of == have.as_of and told.files != have.files and told.files in copy.had():
        message = f"网站现在的内容（{told.name}）副本在这个核验日已经有过，后来换掉了"
        hint += "，或者等网站下一个核验日重建"
    else:
        return
    raise refuse("mirror-older", message, hint=hint, place=Place(remote.address(urls.RELEASE)))


def _brought(
    remote: Remote,
    copy: Copy,
    head: Head,
    have: dict[str, Path],
    root: Path,
    listener: Listener,
    wanted: Wanted,
    *,
    signed: bool,
) -> Followed:
    """Make the release in ``root`` and switch it in; ``have`` are files that were fetched before, by digest."""
    data = remote.read(urls.RELEASE_FILES, _LIST_MOST)
    if data is None or digest_of(data) != head.told.files:
        raise _differing(remote, head, urls.RELEASE_FILES)
    listed = read_files(data, remote.address(urls.RELEASE_FILES))
    every, before = served(listed), _list_of(copy.root)
    files = {path: digest for path, digest in every.items() if wanted(path)}
    root.mkdir()
    for folder in {path.rpartition("/")[0] for path in files}:
        (root / folder).mkdir(parents=True, exist_ok=True)
    listener.step("核对已有的文件", len(files))
    lacking = list(_lacking(copy.root, before, files, have, root, listener))
    listener.step("取变了的文件", len(lacking))
    _fetch(remote, head, files, lacking, have, root, listener)
    for path in files.keys() - lacking:
        have.setdefault(files[path], root / path)
    _write(root / urls.RELEASE_FILES, data)
    _write(root / urls.RELEASE, head.data)
    if head.signature is not None:
        _write(root / urls.RELEASE_SIGNATURE, head.signature)
    if remote.read(urls.RELEASE, _RELEASE_MOST) != head.data:
        raise SwitchedError
    unchanged = not lacking and _is_same(copy.root, root)
    place = copy.root if unchanged else None
    if place is None:
        place = copy.switch(root, f"{head.told.version}_{head.told.as_of}")
    return Followed(
        root=str(place),
        version=head.told.version,
        as_of=head.told.as_of,
        valid_through=head.told.valid_through,
        unchanged=unchanged,
        signed=signed,
        files=len(files),
        fetched=len(lacking),
        deleted=len(served(before).keys() - files.keys()),
        left_out=len(listed) - len(every),
        taken=remote.taken,
    )


def _list_of(root: Path | None) -> dict[str, str]:
    """The list of the copy as far as it can be read: it only says where the bytes of a digest may be."""
    path = root / urls.RELEASE_FILES if root is not None else None
    try:
        return read_files(path.read_bytes(), str(path)) if path is not None else {}
    except (OSError, SiteBuilderError):
        return {}


def _lacking(
    current: Path | None,
    before: Mapping[str, str],
    files: Mapping[str, str],
    have: Mapping[str, Path],
    root: Path,
    listener: Listener,
) -> Iterator[str]:
    """The files that are to be fetched; the others are linked, each held against its digest."""
    there = {digest: current / path for path, digest in before.items()} if current is not None else {}
    for path, digest in files.items():
        listener.advance(1)
        source = have.get(digest) or there.get(digest)
        if source is None or digest_at(source) != digest:
            yield path
            continue
        try:
            os.link(source, root / path, follow_symlinks=False)
        except OSError:  # another file system, or too many links
            shutil.copyfile(source, root / path)


def _fetch(
    remote: Remote,
    head: Head,
    files: Mapping[str, str],
    lacking: list[str],
    have: dict[str, Path],
    root: Path,
    listener: Listener,
) -> None:
    """Fetch what is lacking, each held against its digest; what came whole is kept in ``have``."""

    def one(path: str) -> str:
        if remote.save(path, root / path) != files[path]:
            raise _differing(remote, head, path)
        return path

    rest = iter(lacking)
    with ThreadPoolExecutor(_CONNECTIONS) as pool:
        while batch := list(islice(rest, _BATCH)):
            for path in pool.map(one, batch):
                have[files[path]] = root / path
                listener.advance(1)


def _differing(remote: Remote, head: Head, path: str) -> Exception:
    """What is to be raised for a file that is not as the release says: the site was switched, or it is damaged."""
    if remote.read(urls.RELEASE, _RELEASE_MOST) != head.data:
        return SwitchedError()
    hint = "过一会儿再运行一次；还是这样的，告诉主办单位；手里的副本没有动"
    message = "没有这个文件，或者内容与网站自己的清单不符"
    return refuse("mirror-differs", message, hint=hint, place=Place(remote.address(path)))


def _is_same(current: Path | None, root: Path) -> bool:
    """Whether the copy holds what was made, to the last file and byte, and nothing else."""
    if current is None:
        return False
    found, made = _names(current), _names(root)
    return found == made and all(_alike(current / one, root / one) for one in made)


def _names(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir() or path.is_symlink()}


def _alike(one: Path, other: Path) -> bool:
    return not one.is_symlink() and (one.samefile(other) or digest_at(one) == digest_at(other))


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
