"""What a download is called where it is saved: whose it is, what is in it, and as of which day."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from site_builder.pages import urls

LONGEST_SITE: Final = 20
LONGEST_TITLE: Final = 32
"""Characters of the site's name and of a title: file systems take 255 bytes of a name, and one may take four."""

_UNFIT: Final = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
_YEAR: Final = re.compile(rf"{urls.DATA_BY_YEAR}.*-(\d{{4}})\.[a-z]+")


def saved_as(address: str, title: str, site: str, day: dt.date) -> str:
    """``信用演示站-严重失信主体名单-2024年-2026-11-20.csv``: the name of the file at ``address``.

    ``title`` says what is in it, ``site`` is the site's name; ``day`` the export's.
    """
    year = _YEAR.fullmatch(address)
    extension = address.rpartition("/")[2].partition(".")[2]
    told = (fit(site, LONGEST_SITE), fit(title, LONGEST_TITLE), f"{year[1]}年" if year else "", day.isoformat())
    return f"{'-'.join(filter(None, told))}.{extension}"


def fit(text: str, longest: int) -> str:
    """A text as a file's name may hold it: without what some system forbids, and no longer than so many characters."""
    return _UNFIT.sub(" ", text).strip(" .")[:longest].rstrip()
