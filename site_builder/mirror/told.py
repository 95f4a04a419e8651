"""What a site says of itself, read as a stranger reads it: ``release.json``, its signature, the list of files."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import Final

import msgspec

from site_builder.errors import Place, refuse
from site_builder.pages import urls
from site_builder.signing import signature_of, verifies

UNLISTED: Final = frozenset({urls.RELEASE, urls.RELEASE_FILES, urls.RELEASE_SIGNATURE})
"""The files the list does not name."""

COMPRESSED: Final = (".gz", ".br")
"""What stands beside a file is served in its place, never by an address of its own."""

_VERSION: Final = re.compile(r"\d{4}\.\d{2}\.\d{2}(?:\.\d{1,9})?")
_LINE: Final = re.compile(r"([0-9a-f]{64})  ([^\n]+)")
_LONGEST: Final = 255
"""Bytes of a name on most file systems."""


class Told(msgspec.Struct, frozen=True):
    """``release.json``; kinds this program does not know are no fault of it.

    ``member_sites``: id → address of the sites that a site without records of its own is put together of.
    """

    version: str
    as_of: dt.date
    valid_through: dt.date | None
    files: str
    published: dict[str, int]
    member_sites: dict[str, str] = {}

    @property
    def numbers(self) -> tuple[int, ...]:
        """The version's numbers, by which versions are ordered."""
        return tuple(map(int, self.version.split(".")))

    def is_older(self, than: Told) -> bool:
        """Whether its version or its as-of day is before the other's."""
        return self.numbers < than.numbers or self.as_of < than.as_of

    @property
    def name(self) -> str:
        """The release in words."""
        return f"版本 {self.version}，核验日 {self.as_of}"


class Head(msgspec.Struct, frozen=True):
    """``release.json`` as bytes and as read, and its signature where it has one."""

    data: bytes
    told: Told
    signature: bytes | None


def read_told(data: bytes, place: str) -> Told:
    """The release. Raises ``mirror-release`` where it is none."""
    try:
        told = msgspec.json.decode(data, type=Told)
    except (msgspec.MsgspecError, UnicodeError):
        told = None
    if told is None or not _VERSION.fullmatch(told.version) or not re.fullmatch("[0-9a-f]{64}", told.files):
        hint = "核对网址：应当是网站的首页，它下面有 release.json"
        raise refuse("mirror-release", "不是本程序所建网站的 release.json", hint=hint, place=Place(place))
    return told


def check_signature(head: Head, key: str, place: str) -> None:
    """Raise ``mirror-signature`` where ``release.json`` is not signed by ``key``."""
    signature = signature_of(head.signature) if head.signature is not None else None
    if signature is None:
        message = "网站没有签名，而给了公钥" if head.signature is None else "网站的签名不是一行 base64 的 Ed25519 签名"
    elif not verifies(key, signature, head.data):
        message = "release.json 不是这个公钥签的，或者签名之后被改动过"
    else:
        return
    hint = "不要用这份内容；向主办单位核对公钥和网址，手里的副本没有动"
    raise refuse("mirror-signature", message, hint=hint, place=Place(place))


def read_files(data: bytes, place: str) -> dict[str, str]:
    """Path → SHA-256 of the list. Raises ``mirror-list`` for a line that is none, a path that is not to be written."""
    listed: dict[str, str] = {}
    try:
        lines = data.decode().removesuffix("\n").split("\n") if data else []
    except UnicodeError:
        raise _bad(place, 0, "文件清单不是 UTF-8") from None
    for number, line in enumerate(lines, start=1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise _bad(place, number, "不是「摘要  路径」")
        if not is_inside(match[2]) or match[2] in UNLISTED:
            raise _bad(place, number, "路径会离开副本的文件夹，或者不是网站里的路径")
        if match[2] in listed:
            raise _bad(place, number, "路径重复")
        listed[match[2]] = match[1]
    folders = {folder for path in listed for folder in _above(path)}
    if both := min(folders & listed.keys(), default=None):
        raise _bad(place, list(listed).index(both) + 1, "同一路径既是文件又是文件夹")
    return listed


def is_inside(path: str) -> bool:
    """Whether a path names a file below the web root and nothing else: no step up, no hidden name, no odd character."""
    parts = path.split("/")
    shown = path == urls.SECURITY or not any(one.startswith(".") for one in parts)
    fit = all(one and len(one.encode()) <= _LONGEST for one in parts)
    return fit and shown and path.isprintable() and "\\" not in path


def served(listed: dict[str, str]) -> dict[str, str]:
    """The files that have an address of their own."""
    return {path: digest for path, digest in listed.items() if not _is_beside(path, listed)}


def _is_beside(path: str, listed: dict[str, str]) -> bool:
    return path.endswith(COMPRESSED) and path[:-3] in listed


def _above(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[: place + 1]) for place in range(len(parts))]


def digest_of(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def _bad(place: str, line: int, message: str) -> Exception:
    hint = "不要用这份内容；向主办单位报告，手里的副本没有动"
    return refuse("mirror-list", message, hint=hint, place=Place(place, line))
