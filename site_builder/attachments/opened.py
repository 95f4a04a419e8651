"""What an attachment is once it was read to the end."""

from __future__ import annotations

import msgspec


class Opened(msgspec.Struct, frozen=True):
    """An attachment read to the end. ``data``: the bytes to be published, written anew from what was read.

    ``texts`` are all it says to whoever opens it, a paragraph or a cell a line. ``pictures``: whether a part of it can
    only be read by a person: a picture, or a page without text.
    """

    data: bytes
    texts: tuple[str, ...]
    pictures: bool = False

    def said(self) -> tuple[str, ...]:
        """The texts, and all of them once more without spaces and breaks: a name may go on in the next line."""
        return (*self.texts, "".join("".join(self.texts).split()))


class Refused(Exception):  # noqa: N818  # turned into a finding by who knows the file's place
    """Why a file may not be published: a message and what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
