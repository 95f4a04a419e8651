"""A column of the downloads: what visitors are told a shown field is called, means, and comes from."""

from __future__ import annotations

from collections.abc import Iterable
import enum
from typing import Final

import msgspec

from site_builder.vocabulary import AMOUNT

SUMS: Final = "万元"
"""What sums are counted in."""

_DECIMAL: Final = (
    "十进制数，最多六位小数，各种格式里都写成文本（8 排在 12 后面）：排序、比较、求和以前先转成数，每个值都转得了"
)


class ShownColumn(msgspec.Struct, frozen=True):
    """One column of a download.

    ``type`` is a Table Schema type (``string``, ``date``, ``boolean``, ``integer``, ``list``); ``words`` the allowed
    machine names; ``source`` the articles of a site's law it comes from, in words; ``about`` what it means, ``unit``
    what it is counted in, ``pattern`` how every value is written (a regular expression of the whole).
    """

    name: str
    label: str
    type: str = "string"
    words: tuple[str, ...] = ()
    source: str = ""
    required: bool = False
    about: str = ""
    unit: str = ""
    pattern: str = ""


def text(name: str, label: str, *, required: bool = False, about: str = "") -> ShownColumn:
    """A column of text."""
    return ShownColumn(name, label, required=required, about=about)


def date(name: str, label: str, *, required: bool = False, about: str = "") -> ShownColumn:
    """A column of days."""
    return ShownColumn(name, label, "date", required=required, about=about, unit="日")


def amount(name: str, label: str, *, about: str = "") -> ShownColumn:
    """A column of sums: text in every format, of which each is a plain decimal number (``vocabulary.AMOUNT``)."""
    return ShownColumn(name, label, about=f"{about}；{_DECIMAL}", unit=SUMS, pattern=AMOUNT)


def list_of(name: str, label: str, *, about: str = "") -> ShownColumn:
    """A column of several texts."""
    return ShownColumn(name, label, "list", about=about)


def word(
    name: str,
    label: str,
    members: Iterable[enum.StrEnum],
    *,
    required: bool = True,
    about: str = "",
) -> ShownColumn:
    """A column of an enumeration."""
    return ShownColumn(name, label, words=tuple(member.value for member in members), required=required, about=about)
