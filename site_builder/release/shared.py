"""What a release may share with the live one: files of the same bytes, as hard links.

``state/pages.msgpack`` tells of every page of the live release what it was rendered from (a digest) and where the as-of
day stands in it, so that a page is rendered again only where that differs. The bytes are those of a full build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import errno
import hashlib
from heapq import merge
import io
import os
from pathlib import Path
import sys

import msgspec

from site_builder.release import numbered

PAGES = "pages.msgpack"
"""The file's name in ``state/``."""


class Page(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A page as it was written: ``key``, the digest of what it came from; ``days``, where the as-of day stands."""

    key: bytes
    days: tuple[int, ...] = ()


class Written(msgspec.Struct, frozen=True):
    """What was written, packed, for there may be a million of them.

    ``files``: a line each, ``path TAB digest LF``, in the order of bytes; the digest is SHA-256 in hex. ``pages``: what
    is known of the pages among them, path → ``Page``, as MessagePack. A folder that is made as a whole, such as an
    index, is a page too; its path ends in ``/``.
    """

    files: bytes
    pages: bytes


def pack(files: Iterable[tuple[str, str]], pages: Iterable[tuple[str, Page]]) -> Written:
    """Files as (path, digest) and pages as (path, page), packed."""
    lines = "".join(sorted([f"{path}\t{digest}\n" for path, digest in files]))
    return Written(lines.encode(), msgspec.msgpack.encode(dict(sorted(pages))))


def listed(parts: Iterable[Written]) -> Iterator[tuple[str, str]]:
    """(path, digest) of all that was written, in the order of paths. Raises where two parts wrote the same one."""
    before = ""
    for line in merge(*(io.BytesIO(one.files) for one in parts)):
        path, _, digest = line.decode().rstrip("\n").partition("\t")
        if path == before:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path)
        before = path
        yield path, digest


def pages_of(parts: Iterable[bytes]) -> dict[str, Page]:
    """Pages by path, unpacked. Raises ``msgspec.MsgspecError``."""
    pages: dict[str, Page] = {}
    for part in parts:
        pages |= msgspec.msgpack.decode(part, type=dict[str, Page])
    return pages


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """A release to share with: its web root, the SHA-256 of each file in hex, and its pages, both by path."""

    root: Path
    digests: dict[str, str]
    pages: dict[str, Page]


class Pages(msgspec.Struct, frozen=True, tag_field=numbered.SCHEMA, tag=1):
    """``files``: the digest of the list of files of the release whose pages these are."""

    files: str
    pages: list[bytes]


def read_shared(state: Path, root: Path, file_list: str) -> Shared:
    """The release at ``root``; without its list of files nothing is shared, without its memory no page is kept."""
    memory = numbered.cached(state / PAGES, Pages)
    try:
        known = memory is not None and memory.files == hashlib.sha256((root / file_list).read_bytes()).hexdigest()
        return shared_at(root, file_list, pages_of(memory.pages if memory is not None and known else ()))
    except (FileNotFoundError, UnicodeDecodeError, msgspec.MsgspecError):
        return Shared(root=root, digests={}, pages={})


def shared_at(root: Path, file_list: str, pages: dict[str, Page]) -> Shared:
    """A web root with its list of files and what is known of its pages. Raises where the list cannot be read."""
    lines = (root / file_list).read_text("utf-8").splitlines()
    digests = {sys.intern(path): digest for digest, _, path in (line.partition("  ") for line in lines)}
    return Shared(root=root, digests=digests, pages=pages)


def encode_pages(files: str, parts: Iterable[Written]) -> dict[str, bytes]:
    """The pages of a release about to be live, as a file of ``state/``; ``files`` is its list's digest."""
    return {PAGES: numbered.encode(PAGES, Pages(files, sorted(one.pages for one in parts)))}
