"""``classes.yml``: the standards sectors have published by which a penalty's conduct is minor, general or severe.

Nothing here is the program's own: every item names its document, and a site without the file has no standard.
"""

from __future__ import annotations

from collections.abc import Iterable
import datetime as dt
from decimal import Decimal
import os
from pathlib import Path
import re
from typing import Final

import msgspec

from site_builder.config.fields import Fields, list_of
from site_builder.config.source import Faults, parse_yaml, read_text
from site_builder.vocabulary import LABELS, Gravity

CLASSES: Final = "classes.yml"
KEYS: Final = ("sector", "authorities", "class", "test", "number", "source", "day")
"""The keys of an item."""

_WORDS: Final = {word: one for one in Gravity for word in (one.value, LABELS[one])}
_SUM: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")


class ClassStandard(msgspec.Struct, frozen=True, kw_only=True):
    """One class of one sector's standard. A penalty is of it where all that ``test`` says holds.

    ``authorities``: whose penalties are of the sector, beside those that say so. ``types`` and ``violations``: texts
    one of which stands in 处罚类别, or in 违法行为类型. ``fine_from`` (inclusive), ``fine_below`` (exclusive): in 万元.
    ``document``: the standard, with its number and day; before ``day``, when it is published, it classes nothing.
    """

    sector: str
    gravity: Gravity
    document: str
    day: dt.date
    authorities: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()
    fine_from: Decimal | None = None
    fine_below: Decimal | None = None
    otherwise: bool = False


def read_classes(path: Path) -> tuple[ClassStandard, ...]:
    """The standards in a site's ``classes.yml``, in the file's order, the first that fits decides; none without a file.

    Raises ``SiteBuilderError`` with every fault and its row.
    """
    if not os.path.lexists(path):
        return ()
    faults = Faults(str(path))
    root = parse_yaml(read_text(path), faults)
    found = [_standard(fields) for fields in (() if root is None else list_of(root, faults))]
    faults.stop()
    return tuple(one for one in found if one is not None)


def published(standards: Iterable[ClassStandard], as_of: dt.date) -> tuple[ClassStandard, ...]:
    """The standards that are published by a day."""
    return tuple(one for one in standards if one.day <= as_of)


def publication_after(standards: Iterable[ClassStandard], as_of: dt.date) -> dt.date | None:
    """The first later day on which a standard is published."""
    return min((one.day for one in standards if one.day > as_of), default=None)


def _standard(fields: Fields) -> ClassStandard | None:
    test = fields.section("test")
    gravity = fields.choice("class", tuple(_WORDS), required=True)
    number, source = fields.text("number", required=True), fields.text("source", required=True)
    day = fields.day("day", required=True)
    standard = ClassStandard(
        sector=fields.text("sector", required=True),
        gravity=_WORDS.get(gravity, Gravity.MINOR),
        document=_document(source, number, day),
        day=day or dt.date.max,
        authorities=fields.texts("authorities"),
        types=test.texts("types", also="处罚类别"),
        violations=test.texts("violations", also="违法行为类型"),
        fine_from=_sum(test, "fine_from"),
        fine_below=_sum(test, "fine_below"),
        otherwise=test.flag("otherwise"),
    )
    low, high = standard.fine_from, standard.fine_below
    if not any((standard.types, standard.violations, standard.otherwise)) and low is None and high is None:
        hint = "写明怎样归到这一类：types、violations、fine_from、fine_below；其余都归到这一类的，写 otherwise: true"
        fields.faults.add("missing-key", fields.row_of("test"), "「test」没有写怎样归到这一类", hint)
    if low is not None and high is not None and low >= high:
        hint = "罚款不低于 fine_from、低于 fine_below：前一个应当小于后一个"
        fields.faults.add("bad-value", fields.row_of("test"), "「test」的罚款没有一个数符合", hint)
    if not re.search("《.+》", source):
        fields.faults.add("bad-value", fields.row_of("source"), "「source」没有写明《…》", "写行业公布的标准的全称")
    test.finish()
    fields.finish()
    return standard if gravity else None


def _document(source: str, number: str, day: dt.date | None) -> str:
    return f"{source}（{number}，{day} 公布）"


def _sum(fields: Fields, key: str) -> Decimal | None:
    written = fields.text(key, pattern=_SUM.pattern, expected="应当是以万元计的数，如 10、0.5")
    return Decimal(written) if _SUM.fullmatch(written) else None
