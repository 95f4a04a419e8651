"""``.well-known/security.txt``: whom to tell of a weakness of the site (RFC 9116)."""

from __future__ import annotations

import datetime as dt
from typing import Final
from urllib.parse import quote

_MONTHS: Final = 3


def expires(as_of: dt.date) -> dt.date:
    """The day the file's answer ends: the first of the third month after the as-of day's, two to three months ahead.

    The nightly rebuild moves it on; it is the same all month, so that a night on which nothing else changes changes
    nothing else.
    """
    years, month = divmod(as_of.month - 1 + _MONTHS, 12)
    return dt.date(as_of.year + years, month + 1, 1)


def security_txt(email: str, page: str, canonical: str, until: dt.date) -> bytes:
    """The file. ``email`` may be empty; ``page`` says how to reach the site's unit; ``until`` is a day in China."""
    lines = [f"Contact: mailto:{quote(email, safe='@+')}"] if email else []
    lines += [f"Contact: {page}", f"Expires: {until}T00:00:00+08:00", "Preferred-Languages: zh"]
    return "\n".join([*lines, f"Canonical: {canonical}", ""]).encode()
