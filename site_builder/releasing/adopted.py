"""The memory rebuilt from the live web root itself, where ``state/`` was lost: what visitors may read, and no more.

So an older export, rows left out and a fall in numbers are seen as before. What the live release withheld cannot be
read there: instead, a record that by its own dates should have stood there on its day, and does not, is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
import hashlib
from pathlib import Path

import msgspec

from site_builder.audit.file_list import Told, list_digest, read_list, read_release
from site_builder.errors import Finding, Place, SiteBuilderError
from site_builder.export.descriptor_fields import version_key
from site_builder.pages import urls
from site_builder.release.guards import Adopted, Fates, Memory
from site_builder.release.live import Count, Live
from site_builder.release.place import live_name
from site_builder.releasing.remembered import Remembered, remember
from site_builder.vocabulary import Kind


class _DownloadRow(msgspec.Struct):
    """What is asked of a row of a download."""

    id: str
    subject_code: str | None = None


def remember_or_adopt(folder: Path) -> Remembered:
    """What is remembered of ``output/<site>``, what is lost of it rebuilt; ``lost`` still tells what was.

    Raises ``SiteBuilderError`` with that and why nothing can be rebuilt: the live web root is not whole either.
    """
    found = remember(folder)
    return adopt(folder, found) if found.lost else found


def adopt(folder: Path, found: Remembered) -> Remembered:
    """The memory with what is lost of it rebuilt. Raises as ``remember_or_adopt``."""
    name = live_name(folder)
    root = folder / "releases" / (name or "")
    told = read_release(root) if name is not None else None
    key = version_key(told.version) if told is not None else None
    if name is None or told is None or key is None:
        raise _not_whole(found, urls.RELEASE)
    rows = {kind: list(_rows(root, told, kind, found)) for kind in told.published}
    live, fates, newest = found.live, found.memory.live, found.memory.newest
    if live is None:
        fates = None
        newest = newest if newest is not None and newest.version_key > key else None
        live = _live(name, told, key, _attached(root))
    if fates is None:
        ids = {kind: frozenset(row.id for row in shown) for kind, shown in rows.items()}
        fates = Fates(version_key=key, export=told.export, published=ids, withheld={})
    codes = frozenset((row.subject_code or "").upper() for row in rows.get(Kind.SEVERE, ()))
    return Remembered(live, Memory(fates, newest or fates, Adopted(told.as_of, codes)), found.lost)


def told_of(found: Remembered) -> list[Finding]:
    """What was lost, once it is rebuilt: warnings."""
    hint = "有哪些记录曾经不公开，记忆里已经没有：逐条核对本次新公开的记录；旧的 state/ 不要再放回来"
    message = "丢失或与线上版本不符，已从线上版本接管"
    return [Finding("adopted", one.place, message, hint, warning=True) for one in found.lost]


def _attached(root: Path) -> dict[str, str]:
    """The files of announcements that stand on the live site; what they are written from is not known."""
    shown = (path.removeprefix(urls.NEWS) for path in read_list(root)[0] if path.startswith(urls.NEWS))
    return {path: "" for path in shown if path.count("/") == 1 and not path.endswith(".html")}


def _live(name: str, told: Told, key: tuple[int, ...], attached: dict[str, str]) -> Live:
    """The live release as far as its web root tells of it.

    Its export was accepted, so rows of it with faults, if there are any, were left out. What it was built with is not
    known: the next build makes all of it anew.
    """
    return Live(
        release=name,
        version=told.version,
        version_key=key,
        export=told.export,
        as_of=told.as_of,
        inputs="",
        allowed=(),
        quarantine=True,
        counts={kind: Count(number, number, {}, 0) for kind, number in told.published.items()},
        next_change=None,
        files=told.files,
        attached=attached,
    )


def _rows(root: Path, told: Told, kind: Kind, found: Remembered) -> Iterator[_DownloadRow]:
    """The rows of a kind's download, which is held against the release's own list of files on the way."""
    path = urls.download(kind, "jsonl")
    whole = hashlib.sha256()
    decode = msgspec.json.Decoder(_DownloadRow).decode
    try:
        with (root / path).open("rb") as lines:
            for line in lines:
                whole.update(line)
                yield decode(line)
    except (OSError, UnicodeError, msgspec.MsgspecError):
        raise _not_whole(found, path) from None
    if list_digest(root) != told.files or read_list(root)[0].get(path) != whole.hexdigest():
        raise _not_whole(found, path)


def _not_whole(found: Remembered, path: str) -> SiteBuilderError:
    message = "线上版本也不完整，不能从它接管"
    hint = "从备份恢复整个 output/<站点>/；没有备份的，换一个输出文件夹（--output）从头构建，再把网站指过去"
    return SiteBuilderError([*found.lost, Finding("state-lost", Place(path), message, hint)])
