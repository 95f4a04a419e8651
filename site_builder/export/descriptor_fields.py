"""Reads single fields of a JSON object against their rules, noting every fault with its JSON path."""

from __future__ import annotations

from collections.abc import Mapping
import datetime as dt
import re
from typing import Final

from site_builder.errors import Finding, Place
from site_builder.export.names import shown
from site_builder.export.package import DESCRIPTOR

CHINA: Final = dt.timezone(dt.timedelta(hours=8))
"""The time of Asia/Shanghai, without summer time since 1992."""

_RFC_3339: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]+))?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VERSION: Final = re.compile(r"([0-9]{4})\.([0-9]{2})\.([0-9]{2})(?:\.(0|[1-9][0-9]{0,8}))?")


def version_key(version: str) -> tuple[int, ...] | None:
    """The numbers a version is ordered by; None where it is not ``YYYY.MM.DD`` or ``YYYY.MM.DD.N`` of a real day."""
    match = _VERSION.fullmatch(version)
    if not match:
        return None
    numbers = tuple(int(part) for part in match.groups() if part is not None)
    try:
        dt.date(*numbers[:3])
    except ValueError:
        return None
    return numbers


def parse_moment(text: str) -> dt.datetime | None:
    """An RFC 3339 moment with its offset, as China's time; None where it is none. Digits past µs are dropped."""
    match = _RFC_3339.fullmatch(text)
    if not match:
        return None
    day, time, fraction, offset = match.groups()
    try:
        moment = dt.datetime.fromisoformat(
            f"{day}T{time}.{(fraction or '')[:6]:0<6}{offset.upper().replace('Z', '+00:00')}"
        )
        return moment.astimezone(CHINA)
    except (ValueError, OverflowError):
        return None


def parse_day(text: str) -> dt.date | None:
    """A day written ``YYYY-MM-DD``; None where it is none."""
    try:
        return dt.date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


class DescriptorFields:
    """One JSON object of the descriptor under reading; every fault goes to the shared list of findings."""

    def __init__(self, value: object, path: str, findings: list[Finding]) -> None:
        self.path = path
        self.findings = findings
        self.values: Mapping[str, object] = value if isinstance(value, dict) else {}
        self.readable = isinstance(value, dict)
        if not self.readable:
            self._note("descriptor-field", path, "应为一个 JSON 对象")

    def fault(self, key: str, message: str, hint: str = "", code: str = "descriptor-field") -> None:
        """Note a fault of one field."""
        self._note(code, f"{self.path}.{key}" if self.path else key, message, hint)

    def text(self, key: str, *, optional: bool = False) -> str:
        """A non-empty text; empty after a fault, or where it is optional and absent."""
        value = self._get(key, optional=optional)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.fault(key, "应为非空的文字")
            return ""
        if any("\ud800" <= char <= "\udfff" for char in value):
            self.fault(key, "含不成对的 Unicode 代理字符")
            return ""
        return value.strip()

    def matching(self, key: str, rule: re.Pattern[str], expected: str) -> str:
        """A required text matching ``rule`` in full; empty after a fault."""
        value = self.text(key)
        if value and not rule.fullmatch(value):
            self.fault(key, f"是「{shown(value)}」，应为{expected}")
            return ""
        return value

    def count(self, key: str) -> int | None:
        """A required whole number from 0; None after a fault."""
        value = self._get(key, optional=False)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fault(key, "应为不小于 0 的整数")
            return None
        return value

    def moment(self, key: str, *, optional: bool = False) -> dt.datetime | None:
        """An RFC 3339 moment as China's time; None after a fault or where absent."""
        text = self.text(key, optional=optional)
        moment = parse_moment(text)
        if text and moment is None:
            self.fault(key, "应为带时区的 RFC 3339 时间，形如 2026-11-20T09:00:00+08:00")
        return moment

    def day(self, key: str) -> dt.date | None:
        """An optional day; None after a fault or where absent."""
        text = self.text(key, optional=True)
        day = parse_day(text)
        if text and day is None:
            self.fault(key, "应为日期，形如 2026-11-20")
        return day

    def _get(self, key: str, *, optional: bool) -> object:
        value = self.values.get(key)
        if value is None and not optional and self.readable:
            self.fault(key, "缺少这一项", "按导出格式补上", code="descriptor-missing")
        return value

    def _note(self, code: str, path: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding(code, Place(DESCRIPTOR, 0, path), message, hint))
