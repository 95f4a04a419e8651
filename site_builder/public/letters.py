"""What a subject fills in in the browser: a letter, or the list of papers to get ready."""

from __future__ import annotations

import msgspec


class LetterLine(msgspec.Struct, frozen=True, gc=False):
    """A line of a letter: a text, and in it what the record's page calls ``field`` (``|`` between names: the first).

    ``before`` and ``after`` stand around it; without a field ``before`` is the whole line.
    """

    before: str
    field: str = ""
    after: str = ""


class Letter(msgspec.Struct, frozen=True, gc=False):
    """A letter, or without ``to`` the papers alone: title, what it is for, to whom, grounds to tick, papers with it."""

    title: str
    about: str
    to: tuple[LetterLine, ...]
    grounds: tuple[LetterLine, ...]
    papers: tuple[LetterLine, ...]
