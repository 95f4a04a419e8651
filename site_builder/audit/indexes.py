"""Whether the lookup and the sitemap hold exactly the published records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import hashlib
import html
from pathlib import Path
import re
from typing import Final
import zlib

import msgspec

from site_builder.kinds.shown import SHOWN
from site_builder.pages import urls
from site_builder.public.view import View
from site_builder.search.lookup import LookupRow, decode, write_near
from site_builder.vocabulary import Kind

NEAR: Final = f"{urls.LOOKUP}near/"

_LOC: Final = re.compile(r"<loc>([^<]*)</loc>")
_KINDS: Final = {urls.FOLDER_OF[kind].rstrip("/"): kind for kind in Kind}
FOLDERS: Final = "|".join(_KINDS)
"""The folders of records' pages, as one of a pattern."""

_RECORD: Final = re.compile(rf"({FOLDERS})/([A-Za-z0-9][A-Za-z0-9._-]{{0,63}})\.html")


SEARCHED: Final = frozenset({"id"}).union(
    *((one.title, one.code, one.number, one.authority, one.list_name) for one in SHOWN.values())
)
"""The fields the lookup is searched by."""


class Files(Mapping[str, bytes]):
    """The files below a folder, read when asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, path: str) -> bytes:
        try:
            return (self._folder / path).read_bytes()
        except OSError:
            raise KeyError(path) from None

    def __iter__(self) -> Iterator[str]:
        return (one.relative_to(self._folder).as_posix() for one in self._folder.rglob("*") if one.is_file())

    def __len__(self) -> int:
        return sum(1 for _ in self)


def lookup_rows(root: Path) -> list[bytes] | None:
    """What the lookup shows, a digest a row, or None where it cannot be read."""
    try:
        return [digest(told(row)) for row in decode(Files(root / urls.LOOKUP))]
    except (KeyError, TypeError, ValueError, msgspec.MsgspecError, zlib.error):
        return None


def row_texts(block: bytes) -> set[bytes] | None:
    """What an unpacked block of rows says, each text once; None where the bytes are not just that."""
    try:
        columns = msgspec.json.decode(block, type=list[list[str]])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if msgspec.json.encode(columns) != block:
        return None
    return {one.encode() for one in {text for column in columns for text in column}}


def near_faults(root: Path) -> list[str]:
    """The blocks of names for the mistyped, by their paths, that are not just what the lookup's own rows make.

    They hold hashes alone, in which no value can be looked for: a hash too many would tell a name that is withheld.
    Only where the rows can be read.
    """
    left = {path.relative_to(root).as_posix() for path in (root / NEAR).glob("**/*") if path.is_file()}
    wrong: list[str] = []

    def out(path: str, data: bytes) -> None:
        path = f"{urls.LOOKUP}{path}"
        if path not in left or (root / path).read_bytes() != data:
            wrong.append(path)
        left.discard(path)

    write_near(decode(Files(root / urls.LOOKUP)), out)
    return sorted(left | set(wrong))


def lookup_of(view: View) -> tuple[str, ...]:
    """What the lookup must say of a record: kind, id, address, name, code, number, day, last day, type of subject."""
    shown = SHOWN[view.kind]
    found = [getattr(view, name) if name else "" for name in (shown.title, shown.code, shown.number, shown.day)]
    until = "" if view.public_until is None else view.public_until.isoformat()
    subject = str(getattr(view, "subject_type", ""))
    return (view.kind.value, view.id, urls.record(view.kind, view.id), *map(str, found), until, subject)


def told(row: LookupRow) -> tuple[str, ...]:
    """The same of a row of the lookup."""
    return row.kind, row.id, row.href, row.title, row.code, row.number, row.date, row.public_until, row.subject_type


def sitemap_addresses(root: Path) -> Iterator[str]:
    """Every address of ``sitemap.xml`` and its parts."""
    for path in sorted(root.glob("sitemap*.xml")):
        yield from (html.unescape(one) for one in _LOC.findall(path.read_text("utf-8", "replace")))


def record_of(address: str) -> tuple[Kind, str] | None:
    """The kind and id of a record's address below the web root, or None where it is none."""
    match = _RECORD.fullmatch(address)
    if match is None or match[2] == "index":
        return None
    return _KINDS[match[1]], match[2]


def digest(fields: tuple[str, ...]) -> bytes:
    """The fields of a row as 16 bytes."""
    return hashlib.blake2b("\0".join(fields).encode("utf-8", "surrogatepass"), digest_size=16).digest()
