"""``words.yml``: what visitors read of a city's law, each sentence with its articles.

Numbers are never typed there: ``{普通期限}`` stands for what ``rules.yml`` says, as a regulation writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from site_builder.config.fields import Fields
from site_builder.kinds.shown import SHOWN
from site_builder.law.article_numbers import clause_of
from site_builder.numerals import to_numeral
from site_builder.public.law_words import NO_WORDS, REFERENCE, KindWords, LawWords, Way, put_in
from site_builder.rules.above import Norm
from site_builder.rules.clocks import Span
from site_builder.rules.term import Period, Terms, span
from site_builder.rules.watch import Clock
from site_builder.vocabulary import Category, Kind

WORDS: Final = "words.yml"
_CLOCKS: Final = {Clock.OBJECTION: ("异议期限", "异议协助期限"), Clock.REVOCATION: ("撤销期限", "")}
"""What the working days of a clock are called: as a rule, and where help is needed."""


def said_of(
    title: str, short: str, terms: Terms, clocks: dict[Clock, Span], norms: Iterable[Norm] = ()
) -> dict[str, str]:
    """What ``{…}`` stands for in the words and the guides of a law."""
    found = {"法规": f"《{title}》", "法规简称": short}
    found |= {"普通期限": span(terms.months)} if terms.months else {}
    for norm in norms:
        if norm.bounds is not None:
            found |= {"国家规定": f"《{norm.title}》", "国家规定施行日": str(norm.since)}
            found |= {"最长公示期": span(norm.bounds.maximum.months), "最短公示期": span(norm.bounds.minimum.months)}
    for clock, (usual, helped) in _CLOCKS.items():
        if clock in clocks and clocks[clock].days:
            found[usual] = f"{to_numeral(clocks[clock].days)}个工作日"
            found |= {helped: f"{to_numeral(clocks[clock].with_help)}个工作日"} if helped else {}
    return found


def read_words(
    fields: Fields | None,
    code: str,
    said: dict[str, str],
    periods: Mapping[Kind, Period],
    applied: frozenset[str] = frozenset(),
) -> LawWords:
    """The words of a law with the given ``code``; none where there is no file yet. Notes every fault.

    ``{本类期限}`` stands in those of a kind for the months of its own term.
    """
    if fields is None:
        return NO_WORDS
    reader = _Reader(code, said)
    objection, repair = (reader.way(fields.section(name)) for name in ("objection", "repair"))
    kinds, everywhere = fields.section("kinds"), reader.columns(fields.section("columns"))
    words = LawWords(
        home=(reader.way(fields.section("meaning")), objection, repair, reader.way(fields.section("removal"))),
        objection=objection,
        repair=repair,
        kinds={
            kind: _Reader(code, said | _own(periods[kind])).kind(kinds.section(kind), kind, everywhere) for kind in Kind
        },
        said=said,
        applied=applied,
    )
    kinds.finish()
    fields.finish()
    return words


def _own(period: Period) -> dict[str, str]:
    return {"本类期限": span(period.months)} if period.months else {}


class _Reader:
    """Reads sections, knowing the law's code and what its references stand for."""

    def __init__(self, code: str, said: dict[str, str]) -> None:
        self._code = code
        self._said = said

    def way(self, fields: Fields) -> Way:
        way = Way(
            title=self._text(fields, "title", required=True),
            text=self._text(fields, "text", required=True),
            guide=fields.text("guide", required=True),
            clauses=self._clauses(fields, "articles"),
            special_term={"": None, "special": True, "ordinary": False}[fields.choice("term", ("special", "ordinary"))],
            categories=tuple(map(Category, fields.choices("categories", tuple(Category)))),
            letter=fields.choice("letter", ("none",)) != "none",
        )
        fields.finish()
        return way

    def columns(self, fields: Fields) -> dict[str, tuple[str, ...]]:
        found = {name: self._clauses(fields, name) for name in fields.names()}
        fields.finish()
        return found

    def kind(self, fields: Fields, kind: Kind, everywhere: dict[str, tuple[str, ...]]) -> KindWords:
        columns, items, meanings = (fields.section(name) for name in ("columns", "items", "meanings"))
        shown = {one.name for one in SHOWN[kind].columns}
        values = next((one.words for one in SHOWN[kind].columns if one.name == SHOWN[kind].category), ())
        words = KindWords(
            clause=self._clause(fields, "article"),
            columns=everywhere | self.columns(columns),
            items={value: self._clause(items, value) for value in values if value in items.names()},
            meanings={value: self._meaning(meanings.section(value)) for value in values if value in meanings.names()},
            ways=tuple(self.way(one) for one in fields.sections("ways")),
            intro=self._text(fields, "intro"),
            none=self._text(fields, "none"),
        )
        for name in sorted(set(columns.names()) - shown):
            columns.faults.add("unknown-column", columns.row_of(name), f"「{kind}」没有公开的列「{name}」", "改正列名")
        for each in (items, meanings, fields):
            each.finish()
        return words

    def _meaning(self, fields: Fields) -> tuple[str, str]:
        found = self._text(fields, "text", required=True), self._clause(fields, "article")
        fields.finish()
        return found

    def _text(self, fields: Fields, key: str, *, required: bool = False) -> str:
        text = fields.text(key, required=required)
        for name in REFERENCE.findall(text):
            if name not in self._said:
                hint = f"可以写 {'、'.join(f'{{{one}}}' for one in self._said)}"
                message = f"「{fields.path}{key}」里的「{{{name}}}」不认识"
                fields.faults.add("bad-value", fields.row_of(key), message, hint)
        return put_in(text, self._said)

    def _clauses(self, fields: Fields, key: str) -> tuple[str, ...]:
        return tuple(clause_of(fields, key, one, self._code) for one in fields.texts(key))

    def _clause(self, fields: Fields, key: str) -> str:
        written = fields.text(key)
        return clause_of(fields, key, written, self._code) if written else ""
