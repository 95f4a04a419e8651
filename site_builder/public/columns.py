"""A column of the downloads: what visitors are told a shown field is called, means, and comes from."""

from __future__ import annotations

from collections.abc import Iterable
import enum

import msgspec


class ShownColumn(msgspec.Struct, frozen=True):
    """One column of a download.

    ``type`` is a Table Schema type (``string``, ``date``, ``boolean``, ``integer``, ``list``); ``words`` the allowed
    machine names; ``source`` the articles of a site's law it comes from, in words; ``about`` what it means, ``unit``
    what it is counted in.
    """

    name: str
    label: str
    type: str = "string"
    words: tuple[str, ...] = ()
    source: str = ""
    required: bool = False
    about: str = ""
    unit: str = ""


def text(name: str, label: str, *, required: bool = False, about: str = "") -> ShownColumn:
    """A column of text."""
    return ShownColumn(name, label, required=required, about=about)


def date(name: str, label: str, *, required: bool = False, about: str = "") -> ShownColumn:
    """A column of days."""
    return ShownColumn(name, label, "date", required=required, about=about, unit="日")


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
