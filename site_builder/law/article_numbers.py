"""Numbers of articles as the files of a law write them: 33, or 32-1 for an item; another law's with its code before."""

from __future__ import annotations

import re
from typing import Final

from site_builder.config.fields import Fields

CODE: Final = "[A-Z]{2,8}"
_ARTICLE: Final = re.compile(rf"({CODE} )?[1-9][0-9]{{0,2}}")
_CLAUSE: Final = re.compile(rf"({CODE}-)?[1-9][0-9]{{0,2}}(-[1-9][0-9]?)?")


def articles_of(fields: Fields, key: str, code: str) -> tuple[str, ...]:
    """The articles under a key, as ``DL 33``; of the law with this ``code`` where none is named before it."""
    found = []
    for one in fields.texts(key, required=True):
        if not _ARTICLE.fullmatch(one):
            fields.faults.add("bad-value", fields.row_of(key), f"「{key}」里的「{one}」不是条号", "写条号，如 [33, 35]")
            continue
        found.append(one if " " in one else f"{code} {one}")
    return tuple(found)


def clause_of(fields: Fields, key: str, written: str, code: str) -> str:
    """An article or an item of one, as ``DL-32-1``."""
    if not _CLAUSE.fullmatch(written):
        hint = "写条号，如 33；第三十二条第（一）项写 32-1"
        fields.faults.add("bad-value", fields.row_of(key), f"「{fields.path}{key}」里的「{written}」不是条号", hint)
        return ""
    return written if written[0].isalpha() else f"{code}-{written}"
