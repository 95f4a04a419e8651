"""A city's folder read whole: ``city.yml`` says whose law it is, ``rules.yml`` what the law decides.

Every fault of both files is told at once with its row, as those of ``site.yml`` are; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
import re
from typing import Any, Final

import msgspec

from site_builder.config.fields import Fields
from site_builder.config.source import Faults, parse_yaml, read_text
from site_builder.errors import Exit, Finding, SiteBuilderError
from site_builder.law.conditions import Asked, Holds, groups
from site_builder.law.terms import Term, Terms, read_terms
from site_builder.records.columns import Column
from site_builder.law.watches import MOST_DAYS, Span, Watching, read_watch
from site_builder.rules.decision import Reason, Rule
from site_builder.rules.watch import Across, Clock, Watch
from site_builder.vocabulary import Kind

CITY, RULES = "city.yml", "rules.yml"
_CODE: Final = "[A-Z]{2,8}"
_ARTICLE: Final = re.compile(r"([A-Z]{2,8} )?[1-9][0-9]{0,2}")

ACROSS: Final = ("honour-of-listed", "later-term-start", "revocation-waiting")
"""What may be watched for between records, or between releases."""

Searched = Callable[[Terms | None], Holds]
"""What looks for personal data in all that would be shown of a record of a kind."""


class KindLaw(msgspec.Struct, frozen=True, kw_only=True):
    """What a regulation decides about a kind: its rules in order, the articles by which it is made public.

    ``terms``: how its disclosure term is reckoned, where it has one. ``usual``: whether it is shown where the site does
    not say.
    """

    rules: tuple[Rule[Any], ...]
    published_by: tuple[str, ...]
    terms: Terms | None
    usual: bool

    def term_of(self, record: Any) -> Term:
        """The record's term. Only for kinds that have one."""
        assert self.terms is not None  # noqa: S101  # read_terms is asked for by every condition on a term
        return self.terms.of(record)


class CityLaw(msgspec.Struct, frozen=True, kw_only=True):
    """What a city's folder says. ``code`` is how its articles are cited (``DL 35``), ``short`` what people call it.

    ``show_responsible``: whether responsible persons are shown where the site does not say. The last two tell whether
    naming an unpublished measure, or a published list whose procedures nobody tells, stops a release or warns.
    """

    code: str
    regulation: str
    short: str
    kinds: Mapping[Kind, KindLaw]
    show_responsible: bool
    unpublished_measure_stops: bool
    list_profile_stops: bool
    spans: Mapping[Clock, Span]
    watches: tuple[Watch, ...]
    across: tuple[Across, ...]


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader must know of a kind: its columns, its pairs of days in order, its free text, its search.

    ``searched`` looks for personal data in all that would be shown of a record, its term reckoned as the city does.
    """

    columns: tuple[Column, ...]
    order: tuple[tuple[str, str], ...]
    free: tuple[str, ...]
    searched: Searched


def read_law(folder: Path, described: Mapping[Kind, Described]) -> CityLaw:
    """The law of a folder. Raises ``SiteBuilderError`` with every fault of both files, exit code 2."""
    found: list[Finding] = []
    city = _read(folder / CITY, found)
    rules = _read(folder / RULES, found)
    if city is None or rules is None:
        raise SiteBuilderError(found, Exit.USAGE)
    code = city.text("code", required=True, pattern=_CODE, expected="应当是 2 至 8 个大写字母")
    kinds, asked = rules.section("rules"), {}
    laws = {}
    for kind in Kind:
        section = kinds.section(kind)
        terms = read_terms(section.section("term")) if "term" in section.names() else None
        asked[kind] = _asked(kind, described[kind], terms)
        if section.names():
            laws[kind] = _kind(section, code, asked[kind], terms)
    spans = _spans(rules.section("clocks"), code)
    of = Watching(
        asked=asked,
        order={kind: one.order for kind, one in described.items()},
        free={kind: one.free for kind, one in described.items()},
        spans=spans,
    )
    law = CityLaw(
        code=code,
        regulation=city.text("regulation", required=True),
        short=city.text("short", required=True),
        kinds=laws,
        show_responsible=rules.choice("responsible_persons", ("show", "hide"), required=True) == "show",
        unpublished_measure_stops=rules.choice("unpublished_measure", ("stop", "warn"), required=True) == "stop",
        list_profile_stops=rules.choice("list_profile", ("stop", "warn"), required=True) == "stop",
        spans=spans,
        watches=tuple(_watch(one, code, of) for one in rules.sections("watch")),
        across=tuple(_across(one, code) for one in rules.sections("across")),
    )
    kinds.known(*Kind)
    for fields in (city, rules, kinds):
        fields.finish()
    faults = [*found, *city.faults.found, *rules.faults.found]
    if faults:
        raise SiteBuilderError(sorted(faults, key=lambda one: (one.place.file, one.place.row)), Exit.USAGE)
    return law


def _read(path: Path, found: list[Finding]) -> Fields | None:
    faults = Faults(str(path))
    try:
        return Fields(parse_yaml(read_text(path), faults), faults)
    except SiteBuilderError as error:
        found.extend(error.findings)
        return None


def _asked(kind: Kind, described: Described, terms: Terms | None) -> Asked:
    return Asked(
        kind=kind,
        columns={column.name: column for column in described.columns},
        term_of=terms.of if terms is not None else None,
        personal_data=described.searched(terms),
    )


def _spans(fields: Fields, code: str) -> dict[Clock, Span]:
    found = {}
    for clock in Clock:
        if clock in fields.names():
            one = fields.section(clock)
            days = one.number("days", required=True, maximum=MOST_DAYS)
            help_days = one.number("with_help", default=days, maximum=MOST_DAYS)
            found[clock] = Span(_articles(one, "articles", code), days, help_days)
            one.finish()
    fields.known(*Clock)
    fields.finish()
    return found


def _watch(fields: Fields, code: str, of: Watching) -> Watch:
    name = fields.text("code", required=True)
    articles, asks = _articles(fields, "articles", code), fields.text("asks", required=True)
    watch = Watch(name, articles, asks, read_watch(fields, name, of))
    fields.finish()
    return watch


def _across(fields: Fields, code: str) -> Across:
    across = Across(
        fields.choice("code", ACROSS, required=True),
        _articles(fields, "articles", code),
        fields.text("asks", required=True),
    )
    fields.finish()
    return across


def _kind(fields: Fields, code: str, asked: Asked, terms: Terms | None) -> KindLaw:
    rules: list[Rule[Any]] = []
    for one in fields.sections("withhold"):
        rule = _rule(one, code, asked)
        if rule.reason in {each.reason for each in rules}:
            one.faults.add("bad-value", one.row, f"「{rule.reason}」写了两条", "合成一条：条件用 when_any 分组")
        rules.append(rule)
    law = KindLaw(
        rules=tuple(rules),
        published_by=_articles(fields, "published_by", code),
        terms=terms,
        usual=fields.flag("usual", default=True),
    )
    fields.finish()
    return law


def _rule(fields: Fields, code: str, asked: Asked) -> Rule[Any]:
    rule: Rule[Any] = Rule(
        Reason(fields.choice("reason", tuple(Reason), required=True, default=Reason.NOT_PUBLIC)),
        _articles(fields, "articles", code),
        fields.text("asks", required=True),
        groups(fields, asked),
    )
    fields.finish()
    return rule


def _articles(fields: Fields, key: str, code: str) -> tuple[str, ...]:
    """Articles by number, of this city's regulation where none is named before it."""
    found = []
    for one in fields.texts(key, required=True):
        if not _ARTICLE.fullmatch(one):
            fields.faults.add("bad-value", fields.row_of(key), f"「{key}」里的「{one}」不是条号", "写条号，如 [33, 35]")
            continue
        found.append(one if " " in one else f"{code} {one}")
    return tuple(found)

