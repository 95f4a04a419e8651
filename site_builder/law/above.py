"""The layers above a city, ``cities/above/<layer>/``: what ranks above its regulation, and the lists that exist by law.

Whether a rule of theirs applies to a site is answered by the site's lawyer (``config.review``), never here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
import datetime as dt
from pathlib import Path
from typing import Any, Final

import msgspec

from site_builder.config.fields import Fields
from site_builder.config.site import ABOVE
from site_builder.config.source import Faults, Mapping, parse_yaml, read_text
from site_builder.law.article_numbers import CODE, articles_of
from site_builder.law.relations import AnyRecord, Holds
from site_builder.law.terms import LONGEST
from site_builder.rules.above import BEYOND, AboveWords, Bounds, ClassBounds, ClassLimit, Limit, Norm, StatutoryList
from site_builder.rules.clocks import Span
from site_builder.rules.decision import Facts, Reason, Rule
from site_builder.rules.term import Period, Terms
from site_builder.rules.watch import Clock
from site_builder.vocabulary import Gravity, Level, TermStart

LAYER: Final = "above.yml"
LAYERS: Final = tuple(sorted(place.parent.name for place in ABOVE.glob(f"*/{LAYER}")))
"""Their names."""

_REGION: Final = "[0-9]{2,6}"


class Layers(msgspec.Struct, frozen=True):
    """What ranks above a city: the instruments, and the statutory lists by name; ``listed``: there is a registry.

    ``clocks``: the working days documents give, which are noted and decide nothing; ``documents``: what people call
    them, by their code.
    """

    norms: tuple[Norm, ...] = ()
    lists: dict[str, StatutoryList] = {}
    listed: bool = False
    clocks: dict[Clock, Span] = {}
    documents: dict[str, str] = {}


def layers_above(city: Fields) -> Layers:
    """The layers that ``above`` of ``city.yml`` names; each is for the city's ``region``. Notes every fault."""
    names, region = city.choices("above", LAYERS), city.text("region", pattern=_REGION, expected="应当是行政区划代码")
    layers = [read_layer(ABOVE / name) for name in names]
    for name, layer in zip(names, layers, strict=True):
        for norm in layer.norms:
            if not region.startswith(norm.applies_to):
                hint = "写上本地的 region（行政区划代码），或者从 above 里去掉它"
                message = f"「{name}」的《{norm.title}》适用于 {norm.applies_to} 开头的地方，不适用于这里"
                city.faults.add("bad-value", city.row_of("above"), message, hint)
    return Layers(
        tuple(norm for layer in layers for norm in layer.norms),
        {name: one for layer in layers for name, one in layer.lists.items()},
        any(layer.listed for layer in layers),
        {clock: span for layer in layers for clock, span in layer.clocks.items()},
        {code: name for layer in layers for code, name in layer.documents.items()},
    )


def read_layer(folder: Path) -> Layers:
    """One layer. Raises ``SiteBuilderError`` with every fault of a file, exit code 2."""
    fields = _read(folder / LAYER)
    norms = tuple(_norm(one, folder) for one in fields.sections("norms"))
    name, documents = fields.text("lists"), fields.sections("documents")
    clocks = dict.fromkeys([Clock.PUBLISH], _days(documents[-1])) if documents else {}
    called = {one.text("code", required=True, pattern=CODE): one.text("short", required=True) for one in documents}
    for each in (*documents, fields):
        each.finish()
    fields.faults.stop()
    return Layers(norms, _lists(folder / name) if name else {}, bool(name), clocks, called)


def _days(fields: Fields) -> Span:
    """The working days a document gives from a decision to its publication, and who says so."""
    for key in ("title", "number", "source"):
        fields.text(key, required=True)
    fields.day("issued", required=True)
    days = fields.number("publish", required=True, minimum=1, maximum=LONGEST)
    return Span((fields.text("code"),), days, days)


def changes_of(norms: Sequence[Norm]) -> list[dt.date]:
    """The days on which one of these comes into force, or is no longer."""
    ended = [one.until + dt.timedelta(days=1) for one in norms if one.until < dt.date.max]
    return [*(one.since for one in norms), *ended]


def bounds_of(norms: Iterable[Norm], rules: Collection[str]) -> Bounds | None:
    """What is set for the severe list by these rules; the last of several."""
    found = [one.bounds for one in norms if one.rule in rules and one.bounds is not None]
    return found[-1] if found else None


def classes_of(norms: Iterable[Norm], rules: Collection[str]) -> ClassBounds | None:
    """What is set for penalties by these rules; the last of several."""
    found = [one.classes for one in norms if one.rule in rules and one.classes is not None]
    return found[-1] if found else None


def with_maximum(rules: Sequence[Rule[Any]], terms: Terms, norms: Iterable[Norm]) -> tuple[Rule[Any], ...]:
    """The rules of the severe list with the one that withholds what is past the maximum, in the order of reasons."""
    norm = next((one for one in norms if terms.above is not None and one.rule == terms.above.rule), None)
    if norm is None:
        return tuple(rules)
    return in_order(rules, Rule(Reason.PAST_NATIONAL_MAXIMUM, norm.articles, norm.question, past_maximum(terms)))


def with_classes(rules: Sequence[Rule[Any]], period: Period) -> tuple[Rule[Any], ...]:
    """The rules of penalties with those that the classes of a rule above add, in the order of reasons."""
    found, above = tuple(rules), period.above
    if above is None:
        return found

    def past(record: AnyRecord, facts: Facts) -> bool:
        last = above.last_day(record, facts.as_of)
        return last is not None and facts.as_of > last

    asked: dict[Reason, Holds] = {
        Reason.MINOR_CLASS: lambda record, _facts: above.not_shown(record),
        Reason.CLASS_UNKNOWN: lambda record, _facts: above.unknown(record),
        Reason.PAST_NATIONAL_MAXIMUM: past,
    }
    for reason, holds in asked.items():
        found = in_order(found, Rule(reason, above.articles[reason], above.questions[reason], holds))
    return found


def in_order(rules: Sequence[Rule[Any]], added: Rule[Any]) -> tuple[Rule[Any], ...]:
    """The rules with one more, in the order of reasons."""
    order = tuple(Reason)
    place = sum(order.index(one.reason) < order.index(added.reason) for one in rules)
    return (*rules[:place], added, *rules[place:])


def past_maximum(terms: Terms) -> Holds:
    """The last day that a rule above the city's allows an entry has passed."""

    def holds(record: AnyRecord, facts: Facts) -> bool:
        maximum = terms.maximum(record, facts.as_of)
        return maximum is not None and facts.as_of > maximum.last_day

    return holds


def texts_of(norms: Iterable[Norm]) -> dict[str, Path]:
    """Where the text, or the digest, of each instrument lies, by its code."""
    return {one.code: ABOVE / one.layer / one.text for one in norms if one.text}


def _read(path: Path) -> Fields:
    faults = Faults(str(path))
    return Fields(parse_yaml(read_text(path), faults), faults)


def _norm(fields: Fields, folder: Path) -> Norm:
    rule, code = fields.text("rule"), fields.text("code", pattern=CODE, expected="应当是 2 至 8 个大写字母")
    severe, words = fields.section("severe-list"), fields.section("words")
    penalties = fields.section("penalties") if "penalties" in fields.names() else None
    withhold = severe.section("withhold")
    withhold.choice("reason", (Reason.PAST_NATIONAL_MAXIMUM,), required=bool(rule))
    needed = {"issued", "from"} if rule else {"issued"}
    norm = Norm(
        layer=folder.name,
        title=fields.text("title", required=True),
        rank=Level(fields.choice("rank", tuple(Level), required=True, default=Level.NORMATIVE_DOCUMENT)),
        source=fields.text("source", required=True),
        applies_to=fields.text("applies_to"),
        rule=rule,
        code=code,
        short=fields.text("short", required=bool(rule)),
        number=fields.text("number"),
        text=fields.text("text"),
        bounds=_bounds(rule, severe, words) if rule else None,
        question=withhold.text("asks", required=bool(rule)),
        articles=articles_of(withhold, "articles", code) if rule else (),
        classes=_classes(rule, penalties, code) if penalties is not None else None,
        **{key: day for key, name in _DAYS.items() if (day := fields.day(name, required=name in needed)) is not None},
    )
    for each in (withhold, severe, words, fields):
        each.finish()
    return norm


_DAYS: Final = {"issued": "issued", "since": "from", "until": "until"}


def _bounds(rule: str, severe: Fields, words: Fields) -> Bounds:
    why = words.section("why")
    told = {key: why.text(key, required=True) for key in (TermStart.ACT_END, TermStart.SENTENCE_END, BEYOND)}
    why.finish()
    return Bounds(
        rule=rule,
        maximum=_limit(severe.section("maximum")),
        minimum=_limit(severe.section("minimum")),
        yields_to=frozenset(Level(one) for one in severe.choices("yields_to", tuple(Level))),
        words=AboveWords(
            repair_from=words.text("repair_from", required=True),
            shown_until=words.text("shown_until", required=True),
            no_day=words.text("no_day", required=True),
            why=told,
        ),
    )


_CLASS_REASONS: Final = (Reason.MINOR_CLASS, Reason.CLASS_UNKNOWN, Reason.PAST_NATIONAL_MAXIMUM)


def _classes(rule: str, fields: Fields, code: str) -> ClassBounds:
    limits, withhold, classes = {}, {}, fields.section("classes")
    for one in Gravity:
        of = classes.section(one)
        least, most = of.number("minimum", maximum=LONGEST), of.number("maximum", required=True, maximum=LONGEST)
        limits[one] = ClassLimit(least, most, of.flag("shown", default=True))
        of.finish()
    for each in fields.sections("withhold"):
        withhold[each.choice("reason", _CLASS_REASONS, required=True)] = each
    found = ClassBounds(
        rule=rule,
        start=fields.choice("start", ("decided_on",), required=True),
        limits=limits,
        articles={name: articles_of(each, "articles", code) for name, each in withhold.items()},
        questions={name: each.text("asks", required=True) for name, each in withhold.items()},
    )
    if lacking := [one for one in _CLASS_REASONS if one not in withhold]:
        fields.faults.add(
            "missing-key", fields.row, f"penalties 缺少 {'、'.join(lacking)} 的规则", "在 withhold 里补上"
        )
    for each in (*withhold.values(), classes, fields):
        each.finish()
    return found


def _limit(fields: Fields) -> Limit:
    months = fields.number("months", required=True, minimum=1, maximum=LONGEST)
    limit = Limit(
        months, TermStart(fields.choice("start", tuple(TermStart), required=True, default=TermStart.DECISION))
    )
    fields.finish()
    return limit


def _lists(path: Path) -> dict[str, StatutoryList]:
    faults = Faults(str(path))
    root = parse_yaml(read_text(path), faults)
    found = {}
    for key, node in root.entries if isinstance(root, Mapping) else ():
        fields = Fields(node, faults, path=f"{key.text}.", row=key.row)
        found[key.text] = StatutoryList(
            name=key.text,
            basis=fields.texts("basis", required=True),
            rules=fields.text("rules"),
            authority=fields.text("authority", required=True),
            severe=fields.choice("class", ("severe", "ordinary", "minor"), required=True) == "severe",
            own_minimum=fields.text("own_minimum"),
            term=_limit(fields.section("term")) if "term" in fields.names() else None,
            source=fields.text("source", required=True),
        )
        fields.finish()
    faults.stop()
    return found
