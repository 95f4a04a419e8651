"""Published records as the search finds them: names, codes and numbers for the lookup, their text for full text."""

from __future__ import annotations

import datetime as dt
from typing import assert_never

from site_builder.kinds.severe_list.shown import MeasureView, RoleModelView, SevereView, View
from site_builder.kinds.shown import SHOWN
from site_builder.pages import urls
from site_builder.pages.filed import told
from site_builder.pages.surroundings import Surroundings, label
from site_builder.public.view import FiledView
from site_builder.search.lookup.rows import LookupRow
from site_builder.vocabulary import Kind


def lookup_row(view: View, around: Surroundings) -> LookupRow:
    """A published record of any kind."""
    match view:
        case SevereView():
            return severe_lookup(view, around)
        case MeasureView():
            return measure_lookup(view)
        case RoleModelView():
            return role_model_lookup(view, around)
        case FiledView():
            return filed_lookup(view, around)
        case _:
            assert_never(view)


def severe_lookup(view: SevereView, around: Surroundings) -> LookupRow:
    """An entry: found by its subject's name and code and by its decision's number, never by a responsible person."""
    return LookupRow(
        kind=Kind.SEVERE,
        id=view.id,
        href=urls.record(Kind.SEVERE, view.id),
        title=view.subject_name,
        code=view.subject_code,
        number=view.decision_no,
        date=view.listed_on.isoformat(),
        year=str(view.listed_on.year),
        region=around.region(view.region),
        category=label(view.category),
        authority=view.authority,
        public_until=view.public_until.isoformat() if view.public_until is not None else "",
        note=_joined(
            view.authority, label(view.category), view.term_text, "异议处理中" if view.objection_received_on else ""
        ),
    )


def measure_lookup(view: MeasureView) -> LookupRow:
    """A measure: found by its title."""
    return LookupRow(
        kind=Kind.MEASURE,
        id=view.id,
        href=urls.record(Kind.MEASURE, view.id),
        title=view.title,
        date=view.effective_on.isoformat(),
        year=str(view.effective_on.year),
        category=label(view.effect),
        note=_joined(label(view.effect), "、".join(view.implementing_bodies), f"自 {view.effective_on} 起施行"),
    )


def role_model_lookup(view: RoleModelView, around: Surroundings) -> LookupRow:
    """A role model: found by its name, and an organisation by its code."""
    return LookupRow(
        kind=Kind.ROLE_MODEL,
        id=view.id,
        href=urls.record(Kind.ROLE_MODEL, view.id),
        title=view.name,
        code=view.subject_code,
        date=view.awarded_on.isoformat(),
        year=str(view.awarded_on.year),
        region=around.region(view.region),
        category=label(view.category),
        authority=view.awarded_by,
        public_until=view.public_until.isoformat() if view.public_until is not None else "",
        note=_joined(view.honour, view.awarded_by),
    )


def filed_lookup(view: FiledView, around: Surroundings) -> LookupRow:
    """A record of a further kind: found by the fields its kind names."""
    shown = SHOWN[view.kind]
    day: dt.date = getattr(view, shown.day)
    until = view.public_until
    category = told(view, shown.category)
    authority = told(view, shown.authority)
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
        category=category,
        authority=authority,
        public_until=until.isoformat() if until is not None else "",
        note=_joined(category, authority, f"{shown.label(shown.day)} {day}", objection(view)),
    )


def objection(view: FiledView) -> str:
    """The mark of an open objection (DL 42, LY 32)."""
    return "异议处理中" if getattr(view, "objection_received_on", None) else ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
