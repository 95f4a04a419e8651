"""A reward or penalty measure as the export says it (contract, section 1; DL 28)."""

from __future__ import annotations

import datetime as dt

import msgspec

from site_builder.vocabulary import Disclosure, Effect, Level


class Measure(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One row of ``measures``. Absent text is empty, absent dates are None; every value is trimmed."""

    id: str
    disclosure: Disclosure
    effect: Effect = msgspec.field(name="kind")
    title: str
    effective_on: dt.date
    published_on: dt.date
    content: str = ""
    targets: str = ""
    implementing_bodies: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    basis_level: Level | None = None
    clause: str = ""
    repealed_on: dt.date | None = None
    updated_on: dt.date | None = None
    change_note: str = ""
