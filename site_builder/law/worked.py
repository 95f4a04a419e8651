"""The cases worked by hand, tried against a city's rules: by the very functions a build decides and shows with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import datetime as dt
import enum
from typing import Final

import msgspec

from site_builder.law.cases import Examples, Ruling, Worked, WorkedCase, WorkedDeadline
from site_builder.law.text import ArticleRef
from site_builder.rules.decision import REASON_LABELS, Facts, Reason, Withhold
from site_builder.rules.ruleset import Law, RuleSet, decide_record, view_of
from site_builder.rules.workdays import Calendar
from site_builder.vocabulary import Kind


class Verdict(enum.StrEnum):
    """What came of a case; a disputed one that the program decides by one of its readings has not passed."""

    PASSED = "passed"
    FAILED = "failed"
    DISPUTED = "disputed"


class Difference(msgspec.Struct, frozen=True):
    """What a case expects and what was found, in words; ``day`` where it is of one."""

    what: str
    expected: str
    found: str
    day: dt.date | None = None


class Tried(msgspec.Struct, frozen=True):
    """A case and what came of it; ``reading``: which of a disputed case's readings the program follows, from 1."""

    name: str
    row: int
    verdict: Verdict
    reviewed: bool
    differences: tuple[Difference, ...] = ()
    reading: int = 0
    readings: tuple[str, ...] = ()


class LawTried(msgspec.Struct, frozen=True):
    """All cases of a city, and the withholding rules that no case speaks of: kind and reason."""

    cases: tuple[Tried, ...]
    untried: tuple[tuple[Kind, Reason], ...]

    def count(self, verdict: Verdict) -> int:
        """How many came to this."""
        return sum(one.verdict is verdict for one in self.cases)

    @property
    def unreviewed(self) -> int:
        """How many passed that nobody but their author has looked at."""
        return sum(one.verdict is Verdict.PASSED and not one.reviewed for one in self.cases)

    @property
    def holds(self) -> bool:
        """Whether every case passed or is disputed, and every rule has one."""
        return not self.untried and not self.count(Verdict.FAILED)


_FATE: Final = {True: "公开", False: "不公开"}


def try_law(examples: Examples, law: Law) -> LawTried:
    """Every case against the law of its days."""
    cases = (_try_case(one, examples.above.get(one.applies, law)) for one in examples.cases)
    deadlines = (_tried(one, _deadline(one, law.on(one.since))) for one in examples.deadlines)
    return LawTried((*cases, *deadlines), tuple(_untried(examples.cases, law)))


def found(case: WorkedCase, day: dt.date, law: Law) -> Ruling:
    """What the law of a day makes of a case's record."""
    record, rules = case.record, law.on(day)
    facts = Facts(
        as_of=day,
        show_responsible=rules.show_responsible,
        orders={(record.kind, record.id.lower()): case.orders},
        listed_codes=case.listed,
        excused=case.codes,
        catalogue=case.catalogue,
        grave=frozenset(one.name for one in rules.lists.values() if one.grave),
    )
    decision = decide_record(record, law, facts)
    view = view_of(record, law, facts)
    return Ruling(
        published=not isinstance(decision, Withhold),
        reasons=decision.reasons if isinstance(decision, Withhold) else (),
        last_day=view.public_until,
        term_text=getattr(view, "term_text", ""),
        told=getattr(view, "told", ()),
        warned=tuple(dict.fromkeys(one.code for one in rules.watches for _ in one.finds(record, facts))),
    )


def _try_case(case: WorkedCase, law: Law) -> Tried:
    if case.expected is not None:
        return _tried(case, _differences(case, case.expected, law))
    compared = [list(_differences(case, one.ruling, law)) for one in case.readings]
    followed = next((number for number, differs in enumerate(compared, start=1) if not differs), 0)
    whys = tuple(one.why for one in case.readings)
    if followed:
        return Tried(case.name, case.row, Verdict.DISPUTED, bool(case.reviewed_by), (), followed, whys)
    neither = tuple(one for differs in compared for one in differs)
    return Tried(case.name, case.row, Verdict.FAILED, bool(case.reviewed_by), neither, 0, whys)


def _tried(worked: Worked, differs: Iterable[Difference]) -> Tried:
    differences = tuple(differs)
    verdict = Verdict.FAILED if differences else Verdict.PASSED
    return Tried(worked.name, worked.row, verdict, bool(worked.reviewed_by), differences)


def _differences(case: WorkedCase, expected: Ruling, law: Law) -> Iterator[Difference]:
    for day in case.days:
        ruled = found(case, day, law)
        if (expected.published, expected.reasons) != (ruled.published, ruled.reasons):
            yield Difference("去向", _fate(expected), _fate(ruled), day)
        elif wrong := _articles(case, expected, ruled, law.on(day)):
            yield Difference("条款", _named(one.code for one in expected.articles), _named(wrong), day)
        if expected.last_day is not msgspec.UNSET and expected.last_day != ruled.last_day:
            yield Difference("公示至", str(expected.last_day or "无"), str(ruled.last_day or "无"), day)
        if expected.published and expected.term_text != ruled.term_text:
            yield Difference("期限文字", expected.term_text or "无", ruled.term_text or "无", day)
        if expected.told is not msgspec.UNSET and expected.told != ruled.told:
            yield Difference("告知", _listed(expected.told), _listed(ruled.told or ()), day)
        if expected.warned is not msgspec.UNSET and expected.warned != ruled.warned:
            yield Difference("提醒", _listed(expected.warned), _listed(ruled.warned or ()), day)


def _articles(case: WorkedCase, expected: Ruling, ruled: Ruling, rules: RuleSet) -> tuple[str, ...]:
    """The articles the rules cite, where they are not those of the case.

    A record that is published rests on more than the rules cite: what sets its term, what excepts it.
    """
    law, told = rules.kinds[case.record.kind], {one.code for one in expected.articles}
    cited = [code for rule in law.rules if rule.reason in ruled.reasons for code in rule.articles]
    if ruled.published:
        cited += law.duties
    if expected.warned:
        cited += [code for one in rules.watches if one.code in expected.warned for code in one.articles]
    wrong = not told >= set(cited) if ruled.published else told != set(cited)
    return tuple(dict.fromkeys(cited)) if wrong else ()


def _deadline(case: WorkedDeadline, rules: RuleSet) -> Iterator[Difference]:
    span = rules.clocks.get(case.clock)
    if span is None:
        yield Difference("时限", str(case.last_day), f"法规没有 {case.clock} 的期限")
        return
    last = Calendar().last_day(case.since, span.with_help if case.with_help else span.days)
    if last != case.last_day:
        yield Difference("最后一天", str(case.last_day), str(last or "放假安排没有覆盖这一年"))
    if {one.code for one in case.articles} != set(span.articles):
        yield Difference("条款", _named(one.code for one in case.articles), _named(span.articles))


def rules_of(law: Law) -> list[tuple[Kind, Reason]]:
    """The withholding rules of every version, each once: kind and reason."""
    versions = (ruled for one in law.versions for ruled in one.kinds.items())
    return [*dict.fromkeys((kind, rule.reason) for kind, ruled in versions for rule in ruled.rules)]


def _untried(cases: Iterable[WorkedCase], law: Law) -> Iterator[tuple[Kind, Reason]]:
    spoken = {(one.record.kind, reason) for one in cases if one.expected is not None for reason in one.expected.reasons}
    yield from (one for one in rules_of(law) if one not in spoken)


def _fate(ruling: Ruling) -> str:
    reasons = "、".join(REASON_LABELS[one] for one in ruling.reasons)
    return _FATE[ruling.published] + (f"：{reasons}" if reasons else "")


def _named(codes: Iterable[str]) -> str:
    refs = [ArticleRef(code.partition(" ")[0], int(code.partition(" ")[2])) for code in dict.fromkeys(codes)]
    return "、".join(f"{one.law} {one}" for one in refs)


def _listed(codes: Iterable[str]) -> str:
    return "、".join(codes) or "无"
