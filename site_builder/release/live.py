"""What is remembered of the live release, in ``state/live.json``: private, outside every web root."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import msgspec

from site_builder.errors import Finding, Place, SiteBuilderError
from site_builder.release import numbered
from site_builder.vocabulary import Kind

LIVE = "live.json"
"""The file's name in ``state/``."""

TOMORROW: Final = dt.timedelta(days=1)
"""How far ahead of the machine's day a release may be."""

AHEAD: Final = "as-of-in-the-future"
BEFORE_LIVE: Final = "as-of-before-live"
ONCE: Final = frozenset({AHEAD, BEFORE_LIVE})
"""Findings that ``--allow`` lets pass for one run alone: no rebuild repeats it. The second only from a day to come."""


class Count(msgspec.Struct, frozen=True):
    """One resource accounted for: ``published + withheld + rejected = rows``; ``withheld`` is by first reason."""

    rows: int
    published: int
    withheld: dict[str, int]
    rejected: int


class Live(msgspec.Struct, frozen=True, kw_only=True, tag_field=numbered.SCHEMA, tag=1):
    """The live release: its folder, its export, its day, how it was built, and when it must change.

    ``inputs`` is the digest of all the web root depends on beside the export and the day. ``allowed``, ``quarantine``
    and ``warnings`` are repeated when the same export is built again. ``files`` is the digest of the release's list of
    files, as its own ``release.json`` tells it; ``beside`` the SHA-256 of each file that is remembered with this one,
    by name. Both are empty where they were not written down yet. ``applied``: the rules above the city's law it was
    decided by. ``attached``: the files of announcements that were asked what they name, those to come among them
    (``<announcement>/<file>``), and the SHA-256 of each as it lies in the site folder; empty where only its name is
    known.
    """

    release: str
    version: str
    version_key: tuple[int, ...]
    export: str
    as_of: dt.date
    inputs: str
    allowed: tuple[str, ...]
    quarantine: bool
    counts: dict[Kind, Count]
    next_change: dt.date | None
    warnings: tuple[Finding, ...] = ()
    files: str = ""
    beside: dict[str, str] = msgspec.field(default_factory=dict)
    applied: frozenset[str] = frozenset()
    attached: dict[str, str] = msgspec.field(default_factory=dict)


def read_live(state: Path) -> Live | None:
    """The live release, or None before the first. Raises ``SiteBuilderError`` where it cannot be read."""
    return numbered.read(state / LIVE, Live)


def live_told(state: Path) -> Live | None:
    """The live release as far as it can be read: None also where it cannot be."""
    try:
        return read_live(state)
    except (SiteBuilderError, OSError):
        return None


def encode_live(live: Live) -> bytes:
    """The release as it is written down."""
    return numbered.encode(LIVE, live)


def is_ahead(day: dt.date, today: dt.date) -> bool:
    """Whether a day is later than tomorrow by the machine's day ``today``: no release should be of that day."""
    return day - today > TOMORROW


def first_day(live: Live, today: dt.date | None) -> dt.date:
    """The first day the live export may be built again for: the live release's, or ``today`` where that is earlier.

    ``today`` is the machine's day in Asia/Shanghai; None where no clock is asked.
    """
    return live.as_of if today is None else min(live.as_of, today)


def same_export(live: Live | None, export: str, as_of: dt.date, today: dt.date | None = None) -> bool:
    """Whether this is the live release's own export again, on a day it may be built for: taking away is never refused.

    From a release of a day to come it goes back to the true day; ``today`` as in ``first_day``.
    """
    return live is not None and live.export == export and as_of >= first_day(live, today)


def against_live(
    live: Live | None,
    version: str,
    version_key: tuple[int, ...],
    export: str,
    as_of: dt.date,
    today: dt.date | None = None,
    *,
    leave: bool = False,
) -> list[Finding]:
    """What the live release forbids: other bytes under its version, an earlier day, an older version (a guard).

    ``leave`` lets another export go back from a release of a day to come, and no further than ``today``.
    """
    if live is None:
        return []
    found: list[Finding] = []
    place = Place("datapackage.json", 0, "version")
    if version == live.version and export != live.export:
        message = f"版本 {live.version} 已经发布过，但内容不同"
        found.append(Finding("other-bytes", place, message, "改了内容就要用新的版本号，例如在末尾加 .1"))
    if as_of < live.as_of and not same_export(live, export, as_of, today):
        found.append(_before(live, as_of, today, leave=leave))
    if version_key < live.version_key:
        message = f"版本 {version} 低于线上版本 {live.version}"
        found.append(Finding("older-export", place, message, "如果确实要退回较早的导出，用 --allow older-export"))
    return found


def day_ahead(as_of: dt.date, today: dt.date | None, *, leave: bool) -> list[Finding]:
    """A day that must not go live, for everything would be withheld that ends until then; ``leave`` lets it."""
    if today is None or not is_ahead(as_of, today):
        return []
    hint = (
        "核对 --as-of 和机器的钟；只想看看那一天的，用 check、serve 或 build --no-activate；"
        f"确需以那一天上线的用 --allow {AHEAD}，只对这一次有效"
    )
    return [Finding(AHEAD, Place(), f"核验日 {as_of} 晚于明天（今天是 {today}）", hint, warning=leave)]


def live_ahead(as_of: dt.date, today: dt.date) -> list[Finding]:
    """A live release of a day to come: by its own reckoning records have left that should stand there."""
    if not is_ahead(as_of, today):
        return []
    message = f"线上版本的核验日 {as_of} 在将来（今天是 {today}）"
    hint = "核对机器的钟；钟没有错，就用线上版本自己的导出构建一次，不写 --as-of，回到今天（docs/going-back.md）"
    return [Finding(AHEAD, Place(), message, hint)]


def _before(live: Live, as_of: dt.date, today: dt.date | None, *, leave: bool) -> Finding:
    message = f"核验日 {as_of} 早于线上版本的核验日 {live.as_of}"
    first = first_day(live, today)
    if first == live.as_of:
        return Finding(BEFORE_LIVE, Place(), message, "核验日只能与线上版本相同或者更晚")
    if as_of < first:
        message += f"，也早于今天 {first}"
        return Finding(BEFORE_LIVE, Place(), message, "不写 --as-of，用今天")
    hint = (
        "线上版本的核验日还没有到：先用它自己的导出构建一次（导出不在手边的，用 --export 指到输出文件夹的 "
        f"state/exports/{live.export}），回到今天，再发布这一份；那份导出也写着将来的日期、不能这样做的，"
        f"用 --allow {BEFORE_LIVE} 直接换上这一份"
    )
    return Finding(BEFORE_LIVE, Place(), message, hint, warning=leave)
