"""``release-files.txt`` and ``release.json``: what a release is, and the digest of every file in it."""

from __future__ import annotations

from collections.abc import Iterable
import datetime as dt
import hashlib

import msgspec

from site_builder.vocabulary import Kind


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """``release.json``. ``valid_through`` is the earliest ``public_until``; ``files`` the digest of the file list."""

    version: str
    created: str
    as_of: dt.date
    export: str
    published: dict[Kind, int]
    valid_through: dt.date | None
    files: str


class ProvinceRelease(Release, frozen=True, kw_only=True):
    """``release.json`` of a site put together of others: no export, no records; the members by id with their addresses.

    ``version`` is the as-of day with dots.
    """

    member_sites: dict[str, str]


def file_list(files: Iterable[tuple[str, str]]) -> bytes:
    """(path, SHA-256 in hex) as ``sha256sum`` writes them; they come sorted by path."""
    return "".join([f"{digest}  {path}\n" for path, digest in files]).encode()


def release_json(release: Release) -> bytes:
    """The release as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(release), indent=2) + b"\n"


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()
