"""What is on disk, and whether ``release-files.txt`` and ``release.json`` say the same.

The paths of a site are held in several lists, and there may be a million: each is held once (``sys.intern``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
import datetime as dt
import hashlib
import os
from pathlib import Path
import re
import sys
from types import MappingProxyType
from typing import Final

import msgspec

from site_builder.pages import urls
from site_builder.vocabulary import Kind

UNLISTED: Final = frozenset({urls.RELEASE, urls.RELEASE_FILES, urls.RELEASE_SIGNATURE})
"""The files the list does not name: itself, what holds its digest, and the signature over that."""

_LINE: Final = re.compile(r"([0-9a-f]{64})  ([^\n]+)")


class Told(msgspec.Struct, frozen=True):
    """``release.json`` as served."""

    version: str
    created: str
    as_of: dt.date
    export: str
    published: dict[Kind, int]
    valid_through: dt.date | None
    files: str


class OnDisk(msgspec.Struct, frozen=True):
    """Regular files by path with their sizes, and what is neither a file nor a folder."""

    sizes: dict[str, int]
    odd: tuple[str, ...]


def on_disk(root: Path) -> OnDisk:
    """Everything below ``root``, links not followed."""
    sizes: dict[str, int] = {}
    odd: list[str] = []
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(root / folder) as entries:
            for entry in entries:
                path = sys.intern(f"{folder}{entry.name}")
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    sizes[path] = entry.stat(follow_symlinks=False).st_size
                else:
                    odd.append(path)
    return OnDisk(dict(sorted(sizes.items())), tuple(sorted(odd)))


def read_list(
    root: Path, known: Mapping[str, str] = MappingProxyType({})
) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """Path → digest of the file list, and (line, what is wrong) with it.

    ``known``: a list that is in memory anyway; a digest that stands there too is not held twice.
    """
    try:
        text = (root / urls.RELEASE_FILES).read_text("utf-8")
    except (OSError, UnicodeError):
        return {}, [(0, "没有文件清单，或者读不懂")]
    listed: dict[str, str] = {}
    faults: list[tuple[int, str]] = []
    last = ""
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is None:
            faults.append((number, "不是「摘要  路径」"))
            continue
        if match[2] <= last:
            faults.append((number, "没有按路径排序，或者重复"))
        last = sys.intern(match[2])
        listed[last] = known[last] if known.get(last) == match[1] else match[1]
    return listed, faults


def read_release(root: Path) -> Told | None:
    """``release.json``, or None where there is none that can be read."""
    try:
        return msgspec.json.decode((root / urls.RELEASE).read_bytes(), type=Told)
    except (OSError, msgspec.MsgspecError):
        return None


def list_digest(root: Path) -> str:
    """The digest of the file list, or nothing where there is none."""
    path = root / urls.RELEASE_FILES
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def differing(disk: OnDisk, listed: Mapping[str, str], unread: Collection[str]) -> Iterator[tuple[str, str]]:
    """(path, what is wrong) where the disk and the list name other files, or a file was ``unread``."""
    for path in disk.odd:
        yield path, "不是普通文件（链接或特殊文件）"
    for path in disk.sizes:
        if path not in listed and path not in UNLISTED:
            yield path, "文件清单里没有这个文件"
    for path in listed:
        if path not in disk.sizes:
            yield path, "文件清单里的文件不存在"
    for path in unread:
        yield path, "没有审核"
