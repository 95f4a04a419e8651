"""The files beside ``site.yml``: list profiles, authorities, overlay and holidays. A file that is absent is empty.

Reading gives frozen values or raises :class:`SiteBuilderError` with every fault and its row.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass
import datetime as dt
import os
from pathlib import Path
import re
from typing import Final

import msgspec

from site_builder.config.fields import Fields, list_of
from site_builder.config.source import Faults, Mapping, Node, Scalar, parse_yaml, read_text
from site_builder.kinds.shown import SHOWN
from site_builder.vocabulary import ACTION_LABELS, ACTION_WORDS, LABELS, Action, Kind

DEFAULT_LIST = "default"
"""The key in ``lists.yml`` that speaks for lists without a profile of their own."""

_SATURDAY = 5
_ID = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
LINK: Final = r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][^\s\"'<>\\^`{|}]*)?"
"""A whole web address."""
LINK_EXPECTED: Final = "应当是 http:// 或 https:// 开头的完整网址"


@dataclass(frozen=True, slots=True)
class IssuedRules:
    """A document the law asks the office to make and to publish; what is empty is not shown."""

    number: str = ""
    """Its number."""
    day: dt.date | None = None
    """The day it was published."""
    issuer: str = ""
    """Who issued it."""
    link: str = ""
    """Where it can be read, ``http`` or ``https``."""

    @property
    def lacking(self) -> tuple[str, ...]:
        """What of it is not told, as it is called."""
        told = {"文号": self.number, "日期": self.day, "制定单位": self.issuer, "网址": self.link}
        return tuple(name for name, value in told.items() if not value)

    @property
    def cited(self) -> str:
        """Its number, who issued it and when, in words; empty where nothing is told."""
        day = f"{self.day} 公布" if self.day else ""
        return "，".join(filter(None, (self.number, self.issuer, day)))


class ListProfile(msgspec.Struct, frozen=True):
    """What a list must say of itself (LY 21, 25(2)); several lines are allowed, what is empty is not shown."""

    recognition: str = ""
    """认定办法: by which rules subjects are put on the list."""
    removal: str = ""
    """移出: how a subject leaves it."""
    objection: str = ""
    """异议: how to object."""
    repair: str = ""
    """修复: how to repair one's credit."""
    basis: str = ""
    """设立依据: the law or regulation the list rests on, where no registry of lists has it; cites a 《…》."""
    number: str = ""
    """文号: of those rules."""
    day: dt.date | None = None
    """日期: the day they were published."""
    issuer: str = ""
    """制定单位: who issued them."""
    link: str = ""
    """网址: where they can be read."""

    @property
    def says_more(self) -> bool:
        """Whether it says anything beside what the list rests on."""
        return bool(self.recognition or self.removal or self.objection or self.repair)

    @property
    def issued(self) -> IssuedRules:
        """The rules by which subjects are put on the list, as a document."""
        return IssuedRules(self.number, self.day, self.issuer, self.link)


class Authority(msgspec.Struct, frozen=True):
    """How to reach an authority; what is empty is not shown."""

    phone: str = ""
    """Its telephone number."""
    address: str = ""
    """Where it is."""
    hours: str = ""
    """When it is open."""
    link: str = ""
    """Its page, ``http`` or ``https``."""


def founded(profiles: dict[str, ListProfile]) -> frozenset[str]:
    """The lists of which the site says what law they rest on."""
    return frozenset(name for name, profile in profiles.items() if profile.basis and name != DEFAULT_LIST)


NOTHING_KNOWN: Final = Authority()
"""An authority nobody can reach."""


class Arrangement(msgspec.Struct, frozen=True):
    """The holidays of one year, as a notice of the State Council's office arranges them."""

    year: int
    """The year they are of."""
    notice: str
    """The notice: its number, its day."""
    holidays: tuple[dt.date, ...]
    """Days off, those of weekends among them."""
    workdays: tuple[dt.date, ...]
    """Days of weekends that are worked."""


class OverlayItem(msgspec.Struct, frozen=True):
    """One thing that cannot wait for the next export: from ``on`` it marks or withholds a record."""

    kind: Kind
    """The record's kind."""
    id: str
    """The record's id, as the overlay writes it."""
    on: dt.date
    """The first day it acts."""
    what: Action
    """What it says."""
    closed_on: dt.date | None
    """The day an objection was closed; for objections alone."""
    by: str
    """Who ordered it; never shown to visitors."""
    why: str
    """The reason; never shown to visitors and never in a message."""
    row: int = 0
    """Its row in ``overlay.yml``, for messages."""


OVERLAY_PAIRS: dict[Kind, frozenset[Action]] = {kind: frozenset(one.overlay) for kind, one in SHOWN.items()}
"""What the overlay may say of each kind (contract, section 3)."""


def read_lists(path: Path) -> dict[str, ListProfile]:
    """``lists.yml``: a list's name, or ``default``, and its profile."""
    faults = Faults(str(path))
    profiles = {}
    for name, fields in _named(_load(path, faults), faults):
        profile = ListProfile(
            recognition=fields.text("recognition", also="认定办法", lines=True),
            removal=fields.text("removal", also="移出", lines=True),
            objection=fields.text("objection", also="异议", lines=True),
            repair=fields.text("repair", also="修复", lines=True),
            basis=fields.text("basis", also="设立依据", pattern=".*《.+》.*", expected="应当写明《…》"),
            number=fields.text("number", also="文号"),
            day=fields.day("日期" if "日期" in fields.names() else "day"),
            issuer=fields.text("issuer", also="制定单位"),
            link=fields.text("link", also="网址", pattern=LINK, expected=LINK_EXPECTED),
        )
        fields.finish()
        profiles[name] = profile
    faults.stop()
    return profiles


def profile_for(lists: dict[str, ListProfile], name: str) -> ListProfile | None:
    """The profile of a list: its own, where that says more than what it rests on, else ``default``, else None."""
    own = lists.get(name)
    return own if own is not None and own.says_more else lists.get(DEFAULT_LIST, own)


def read_authorities(path: Path) -> dict[str, Authority]:
    """``authorities.yml``: an authority's name and how to reach it."""
    faults = Faults(str(path))
    authorities = {}
    for name, fields in _named(_load(path, faults), faults):
        authority = Authority(
            phone=fields.text("phone"),
            address=fields.text("address"),
            hours=fields.text("hours"),
            link=fields.text("link", pattern=LINK, expected=LINK_EXPECTED),
        )
        fields.finish()
        authorities[name] = authority
    faults.stop()
    return authorities


def read_holidays(path: Path) -> tuple[Arrangement, ...]:
    """``holidays.yml``: a year, its notice, its days off and the weekend days worked; in the file's order."""
    faults = Faults(str(path))
    found = []
    for name, fields in _named(_load(path, faults), faults):
        notice = fields.text("notice", also="通知", required=True)
        holidays = fields.days("holidays", also="放假", required=True)
        workdays = fields.days("workdays", also="上班")
        fields.finish()
        if not re.fullmatch("[12][0-9]{3}", name):
            faults.add("bad-value", fields.row, f"「{name[:40]}」不是年份", "写成 2027")
            continue
        year = int(name)
        _check_days(fields, year, holidays, workdays)
        found.append(Arrangement(year, notice, holidays, workdays))
    faults.stop()
    return tuple(found)


def _check_days(fields: Fields, year: int, holidays: Iterable[dt.date], workdays: Iterable[dt.date]) -> None:
    """Days are the year's, or of the December before; one is not both; a working day named is a weekend's."""
    for key, days in (("holidays", holidays), ("workdays", workdays)):
        for day in days:
            if day.year != year and (day.year, day.month) != (year - 1, 12):
                fields.faults.add("bad-value", fields.row_of(key), f"{day} 不在 {year} 年的安排里", "核对年份")
    for day in workdays:
        if day in holidays:
            fields.faults.add("bad-value", fields.row_of("workdays"), f"{day} 又放假又上班", "只留一处")
        elif day.weekday() < _SATURDAY:
            fields.faults.add("bad-value", fields.row_of("workdays"), f"{day} 不是周末", "只写调休上班的周末")


def read_overlay(path: Path) -> tuple[OverlayItem, ...]:
    """``overlay.yml``, in the file's order. No message repeats anything written in it."""
    faults = Faults(str(path))
    root = _load(path, faults)
    items = []
    for fields in () if root is None else list_of(root, faults, discreet=True):
        item = _overlay_item(fields)
        fields.finish()
        if item is not None:
            items.append(item)
    faults.stop()
    return tuple(items)


def _overlay_item(fields: Fields) -> OverlayItem | None:
    kind = _either(fields, "kind", tuple(Kind), {LABELS[kind]: kind for kind in Kind})
    record = fields.text("id", required=True, pattern=_ID, expected="应当是记录编号")
    on = fields.day("on", required=True)
    what = _either(fields, "what", tuple(Action), ACTION_WORDS)
    closed_on = fields.day("closed_on")
    by = fields.text("by", required=True)
    why = fields.text("why", required=True, lines=True)
    if kind and what:
        allowed = OVERLAY_PAIRS[Kind(kind)]
        if Action(what) not in allowed:
            fields.faults.add(
                "bad-value",
                fields.row_of("what"),
                f"「{LABELS[kind]}」不能写 {what}（{ACTION_LABELS[Action(what)]}）",
                f"可以写：{'、'.join(f'{word}（{ACTION_LABELS[word]}）' for word in Action if word in allowed)}",
            )
    if closed_on is not None and what and what != Action.OBJECTION:
        fields.faults.add("bad-value", fields.row_of("closed_on"), "「closed_on」只用于 objection", "删去这一行")
    elif closed_on is not None and on is not None and closed_on < on:
        fields.faults.add("bad-value", fields.row_of("closed_on"), "「closed_on」早于「on」", "改正日期")
    if not (kind and record and on and what and by and why):
        return None
    return OverlayItem(Kind(kind), record, on, Action(what), closed_on, by, why, fields.row)


def _either(fields: Fields, key: str, allowed: tuple[str, ...], words: Map[str, str]) -> str:
    """One of the words ``allowed``, or a Chinese one that stands for it; the machine word."""
    written = words.get(str(fields.plain(key)).strip())
    return written if written and fields.text(key) else fields.choice(key, allowed, required=True)


def _load(path: Path, faults: Faults) -> Node | None:
    # A dangling link is no absent file: reading it says so.
    if not os.path.lexists(path):
        return None
    return parse_yaml(read_text(path), faults)


def _named(root: Node | None, faults: Faults) -> list[tuple[str, Fields]]:
    """The named mappings of a file, whose names are free; a name with nothing under it is an empty mapping."""
    if root is None or (isinstance(root, Scalar) and root.is_null):
        return []
    if not isinstance(root, Mapping):
        faults.add("wrong-type", root.row, "这里应当是「名称: 内容」")
        return []
    named: list[tuple[str, Fields]] = []
    for key, value in root.entries:
        name = key.text.strip()
        if not name or re.search(r"[\n\t]", name):
            faults.add("bad-value", key.row, "名称是空的，或分成了几行")
        elif any(name == other for other, _ in named):
            faults.add("duplicate-key", key.row, "同一个名称写了两次", "只留一个")
        else:
            named.append((name, Fields(value, faults, path=f"{name}.")))
    return named
