"""How a record was taken away: what is remembered of it, so that it does not come back unasked."""

from __future__ import annotations

import datetime as dt

import msgspec


class Taking(msgspec.Struct, frozen=True, array_like=True):
    """One thing that takes a record away (contract, section 3).

    ``reason``: ``suppressed`` ``revoked`` ``repaired`` ``removed`` or ``withdrawn``; ``since``: the day it holds from;
    ``ordered``: whether the overlay says so, and not the record's own date.
    """

    reason: str
    since: dt.date
    ordered: bool


def merged(older: tuple[Taking, ...], newer: tuple[Taking, ...]) -> tuple[Taking, ...]:
    """Both, the newer where both say the same thing of different days."""
    found = {(one.reason, one.ordered): one for one in (*older, *newer)}
    return tuple(found[key] for key in sorted(found))
