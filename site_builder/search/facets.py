"""What hits are filtered by, declared once: the indexes' headers tell it to the browser, which has no list of its own.

A facet is a field of ``LookupRow`` and of ``FullTextDoc``.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final

import msgspec

from site_builder.kinds.shown import SHOWN
from site_builder.vocabulary import NAMED_ONLY


class Facet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A field hits are filtered by, as visitors read it, in this order.

    ``group``: the facets of one group share one number in the lookup, because one's values belong to few of the
    other's. ``words`` are what values are called that do not say it themselves; of the kind, in the order hits are
    grouped, with ``tones``, see ``Shown.tone``. ``newest``: the values are listed the greatest first, not the most
    frequent; ``saved``: it is a column of a result saved as CSV.
    """

    name: str
    label: str
    group: int
    words: dict[str, str] = {}
    tones: dict[str, str] = {}
    newest: bool = False
    saved: bool = False


_TONES: Final = ("bad", "watch", "good", "")
"""The tones in the order hits are grouped: who may be harmed by overlooking it comes first."""

_KINDS: Final = {kind.value: SHOWN[kind] for kind in sorted(SHOWN, key=lambda kind: _TONES.index(SHOWN[kind].tone))}

FACETS: Final = (
    Facet(
        name="kind",
        label="类别",
        group=0,
        words={kind: shown.short for kind, shown in _KINDS.items()}
        | {"laws": "政策法规", "news": "公告动态", "pages": "办事指南"},
        tones={kind: shown.tone for kind, shown in _KINDS.items() if shown.tone},
    ),
    Facet(name="year", label="年份", group=1, newest=True),
    Facet(name="region", label="地区", group=2, saved=True),
    Facet(name="category", label="类型", group=0, saved=True),
    Facet(name="authority", label="单位", group=2, saved=True),
)


def told(facets: Iterable[Facet], met: Container[str]) -> tuple[Facet, ...]:
    """The facets as an index tells them in which the kinds ``met`` occur: no word of a kind the site need not know."""
    off = {kind.value for kind in NAMED_ONLY if kind.value not in met}
    return tuple(
        msgspec.structs.replace(
            one,
            words={value: word for value, word in one.words.items() if value not in off},
            tones={value: tone for value, tone in one.tones.items() if value not in off},
        )
        for one in facets
    )


WIDTHS: Final = (2, 2, 3)
"""Bytes each group's number takes."""

GROUPS: Final = tuple(tuple(one.name for one in FACETS if one.group == group) for group in range(len(WIDTHS)))
"""The names of each group's facets."""
