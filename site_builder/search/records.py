"""Published records as the search finds them: names, codes and numbers for the lookup, their text for full text."""

from __future__ import annotations

import datetime as dt
from typing import Final

from site_builder.kinds.shown import SHOWN
from site_builder.pages import urls
from site_builder.pages.surroundings import Surroundings, told
from site_builder.public.places import NOWHERE, Places
from site_builder.public.view import Shown, View
from site_builder.search.lookup.normalise import fold
from site_builder.search.lookup.rows import SYLLABLES, LookupRow
from site_builder.sound.readings import readings

OBJECTION: Final = "objection_received_on"


def lookup_row(view: View, around: Surroundings) -> LookupRow:
    """A published record: found by the fields its kind names, never by a responsible person."""
    shown = SHOWN[view.kind]
    day: dt.date = getattr(view, shown.day)
    until = view.public_until
    return LookupRow(
        kind=view.kind,
        id=view.id,
        href=urls.record(view.kind, view.id),
        title=told(view, shown.title),
        code=told(view, shown.code),
        number=told(view, shown.number),
        date=day.isoformat(),
        year=f"{day.year:04}",
        region=around.region(getattr(view, "region", "")),
        category=told(view, shown.category),
        authority=told(view, shown.authority),
        public_until=until.isoformat() if until is not None else "",
        list_name=told(view, shown.list_name),
        subject_type=str(getattr(view, "subject_type", "")),
        readings=readings_of(told(view, shown.title), around.places),
        note=" · ".join(filter(None, (_hit(view, shown, name) for name in shown.said))),
    )


def readings_of(title: str, places: Places = NOWHERE) -> str:
    """The ways a title is read, as a row has them; empty where they say no more than the title."""
    folded = fold(title)
    if folded.isascii():
        return ""
    found = readings(folded, places)
    return "\n".join(map(SYLLABLES.join, found)) if found[0] != tuple(folded) else ""


def _hit(view: View, shown: Shown, name: str) -> str:
    """One thing of what a search says of a record: the day in words, the mark of an open objection (DL 42, LY 32)."""
    if name == shown.day:
        return (shown.day_words or f"{shown.label(name)} {{}}").format(told(view, name))
    if name == OBJECTION:
        return "异议处理中" if getattr(view, name, None) else ""
    return told(view, name)
