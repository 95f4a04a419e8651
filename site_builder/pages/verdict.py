"""A record in one sentence, the first thing on its page: what it is, why, by whom, since when, until when.

The sentence is made of clauses that the record's kind names (``Shown.sentence``); a clause is left out where one of its
fields is empty.
"""

from __future__ import annotations

import re
from typing import Final

from site_builder.kinds.shown import SHOWN
from site_builder.pages import urls
from site_builder.pages.contexts import Link
from site_builder.pages.surroundings import LETTER, Surroundings, told
from site_builder.public.cited import cited
from site_builder.public.view import View
from site_builder.vocabulary import Action

WAYS: Final = "#ways"
"""Where a record's page says what its subject can do."""

_FIELD: Final = re.compile(r"\{(\w+)\}")


def verdict(view: View) -> str:
    """The sentence of a record; empty where its kind has none."""
    return "".join(_clause(view, one) for one in SHOWN[view.kind].sentence)


def _clause(view: View, clause: str) -> str:
    """A clause with its fields put in: the first of those between ``|`` that has all of them, else nothing."""
    for one in clause.split("|"):
        fields = {name: cited(told(view, name)) for name in _FIELD.findall(one)}
        if all(fields.values()):
            said = _FIELD.sub(lambda match, fields=fields: fields[match[1]], one)  # type: ignore[misc]
            return said[1:] if said.startswith("因因") else said  # a cause that says 因 itself
    return ""


def doors(view: View, around: Surroundings) -> tuple[Link, ...]:
    """Where the subject turns that does not agree, and one that wants to leave; none where there is no subject."""
    shown = SHOWN[view.kind]
    if "objection" not in shown.overlay:
        return ()
    objection = urls.guide("objection")
    known = (one.href for one in (*around.letters, *around.guides) if one.href.removesuffix(LETTER) == objection)
    disputed = Link(next(known, WAYS), "不认可？")  # the letter, where there is one: it is filled in from this page
    decided = Action.REMOVED in shown.overlay or not shown.number or told(view, shown.number)  # a list is left anyhow
    leaving = shown.leaving and decided and not told(view, shown.kept)
    return (disputed, Link(WAYS, shown.leaving)) if leaving else (disputed,)
