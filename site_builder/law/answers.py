"""A site's answers on the rules that rank above its city's, held against those rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from site_builder.config.review import Applies, ReviewAnswer
from site_builder.config.source import Faults
from site_builder.rules.above import Norm
from site_builder.vocabulary import LABELS, Level

RANKS: Final = {
    Level.LAW: 3,
    Level.ADMINISTRATIVE_REGULATION: 2,
    Level.NATIONAL_RULE: 1,
    Level.LOCAL_REGULATION: 0,
    Level.NORMATIVE_DOCUMENT: 0,
}
"""What ranks above what; a local regulation does not by itself prevail over a national rule (立法法, on conflicts)."""


def hold_against(answers: Iterable[ReviewAnswer], norms: Iterable[Norm], faults: Faults) -> None:
    """Note answers on rules the city does not have above it, and norms too low to keep a rule from applying."""
    known: Mapping[str, Norm] = {one.rule: one for one in norms if one.rule}
    for one in answers:
        norm = known.get(one.rule)
        if norm is None:
            hint = f"可以答复的：{'、'.join(known) or '没有'}"
            faults.add("bad-value", one.row, f"上位的规定里没有「{one.rule}」", hint)
        elif one.answer is Applies.NOT_APPLICABLE and one.norm_level and RANKS[one.norm_level] < RANKS[norm.rank]:
            enough = "、".join(LABELS[level] for level in Level if RANKS[level] >= RANKS[norm.rank])
            message = f"{LABELS[one.norm_level]}不能使《{norm.title}》不适用：层级不够"
            faults.add("bad-value", one.row, message, f"写层级相同或者更高的规定（{enough}）")


def applying(answers: Iterable[ReviewAnswer]) -> frozenset[str]:
    """The rules answered to apply."""
    return frozenset(one.rule for one in answers if one.answer is Applies.APPLIES)


def waiting(answers: Iterable[ReviewAnswer], norms: Iterable[Norm]) -> frozenset[str]:
    """The rules that nobody has answered on."""
    answered = {one.rule for one in answers if one.answer is not Applies.PENDING}
    return frozenset(one.rule for one in norms if one.rule and one.rule not in answered)
