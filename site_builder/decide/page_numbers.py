"""Numbers of persons in what the site folder says itself: guides and announcements, asked before anything is written.

A resident ID stops, as it would when the finished site is read; here it has its line. Of a mobile or card number only
a person can tell whose it is: it is told of, unless the site's contacts hold it.
"""

from __future__ import annotations

from collections.abc import Iterator
import datetime as dt
from pathlib import Path
import re
from typing import Final

from site_builder.config.site import Site
from site_builder.content.announcements import FOLDER
from site_builder.content.pages import without_comments
from site_builder.errors import Finding, Place
from site_builder.records.values import is_credit_code
from site_builder.rules.numbers import numbers

PERSONAL: Final = "page-personal-data"
NUMBER: Final = "page-number"

AUTHORITIES: Final = "authorities.yml"
"""What stands in this, and in the site file, is an office's."""

_CONTACT_PAGE: Final = "pages/contact.md"
_DIGEST: Final = re.compile(r"\b[0-9a-f]{64}\b")


def page_numbers(site: Site, as_of: dt.date) -> Iterator[Finding]:
    """What stands in ``pages/*.md`` and ``news/*.md``, line by line; those to come are read as well."""
    contacts = (path for path in (site.file, site.folder / AUTHORITIES) if path.is_file())
    known = {one.digits for path in contacts for one in numbers(_text(path))}
    for path in (path for folder in ("pages", FOLDER) for path in sorted((site.folder / folder).glob("*.md"))):
        name = f"{path.parent.name}/{path.name}"
        for line, text in enumerate(without_comments(_text(path)).split("\n"), start=1):
            for one in numbers(_DIGEST.sub("|", text)):
                if one.born is not None and one.born <= as_of and not is_credit_code(one.digits):
                    hint = "删去这个号码；要说是谁的，写记录编号"
                    yield Finding(PERSONAL, Place(name, line), "疑似有身份证号", hint)
                elif one.born is None and one.digits not in known and name != _CONTACT_PAGE:
                    message = f"疑似有{one.what.value}"
                    hint = "是个人的，删去；是单位的联系方式的，写进 site.yml 的 unit 或者 authorities.yml，就不再提醒"
                    yield Finding(NUMBER, Place(name, line), message, hint, warning=True)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")
