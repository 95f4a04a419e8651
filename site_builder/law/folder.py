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
from site_builder.rules.decision import Reason, Rule
from site_builder.vocabulary import Kind

CITY, RULES = "city.yml", "rules.yml"
_CODE: Final = "[A-Z]{2,8}"
_ARTICLE: Final = re.compile(r"([A-Z]{2,8} )?[1-9][0-9]{0,2}")

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


def read_law(folder: Path, columns: Mapping[Kind, tuple[Column, ...]], searches: Mapping[Kind, Searched]) -> CityLaw:
    """The law of a folder. Raises ``SiteBuilderError`` with every fault of both files, exit code 2.

    ``columns`` are those of each kind's records; ``searches`` look for personal data in what would be shown.
    """
    found: list[Finding] = []
    city = _read(folder / CITY, found)
    rules = _read(folder / RULES, found)
    if city is None or rules is None:
        raise SiteBuilderError(found, Exit.USAGE)
    code = city.text("code", required=True, pattern=_CODE, expected="应当是 2 至 8 个大写字母")
    kinds = rules.section("rules")
    law = CityLaw(
        code=code,
        regulation=city.text("regulation", required=True),
        short=city.text("short", required=True),
        kinds={
            kind: _kind(kinds.section(kind), kind, code, columns[kind], searches[kind])
            for kind in Kind
            if kind in kinds.names()
        },
        show_responsible=rules.choice("responsible_persons", ("show", "hide"), required=True) == "show",
        unpublished_measure_stops=rules.choice("unpublished_measure", ("stop", "warn"), required=True) == "stop",
        list_profile_stops=rules.choice("list_profile", ("stop", "warn"), required=True) == "stop",
    )
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


def _kind(fields: Fields, kind: Kind, code: str, columns: tuple[Column, ...], searched: Searched) -> KindLaw:
    terms = read_terms(fields.section("term")) if "term" in fields.names() else None
    asked = Asked(
        kind=kind,
        columns={column.name: column for column in columns},
        term_of=terms.of if terms is not None else None,
        personal_data=searched(terms),
    )
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

