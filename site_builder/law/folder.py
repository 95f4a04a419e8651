"""A city's folder read whole: whose law it is, what it decides, and how visitors read of it.

That is ``city.yml``, ``rules.yml`` and ``words.yml``. Every fault of all of them is told at once with its row, as those
of ``site.yml`` are; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
import datetime as dt
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from site_builder.config.fields import Fields
from site_builder.config.site import CITY
from site_builder.config.source import Faults, Node
from site_builder.errors import Exit, Finding, Place, SiteBuilderError
from site_builder.kinds.record import RECORDED
from site_builder.kinds.rules import CROSSINGS, Seen, never
from site_builder.law.above import LAYERS, bounds_of, changes_of, classes_of, layers_above, with_classes, with_maximum
from site_builder.law.article_numbers import CODE, articles_of
from site_builder.law.conditions import groups
from site_builder.law.dated import Days, first_days, in_force, told
from site_builder.law.english import read_node
from site_builder.law.insisted import insist
from site_builder.law.places import read_places
from site_builder.law.private_words import read_private
from site_builder.law.relations import AnyRecord, Asked, Holds
from site_builder.law.terms import read_period, read_terms
from site_builder.law.text import text_days
from site_builder.law.watches import MOST_DAYS, Watching, read_watch
from site_builder.law.where import counting
from site_builder.law.words import WORDS, read_words, said_of
from site_builder.records.columns import Type
from site_builder.rules.above import ClassBounds, Norm
from site_builder.rules.clocks import Span
from site_builder.rules.decision import Facts, Reason, Rule
from site_builder.rules.personal_data import personal_data
from site_builder.rules.private_text import PrivateWords, private_text, withholds
from site_builder.rules.ruled import Ruled
from site_builder.rules.ruleset import Law, RuleSet
from site_builder.rules.term import Period, Terms
from site_builder.rules.watch import Clock, CrossWatch, Watch
from site_builder.vocabulary import Effect, Kind, Level

RULES: Final = "rules.yml"
CROSS: Final = (
    "honour-of-listed",
    "story-tells-of-listing",
    "later-term-start",
    "revocation-waiting",
    "to-archive",
    "query-rules-unnamed",
    "recognition-rules-unnamed",
)
"""What may be watched for between records, between releases, or of the site itself."""

_DAY: Final = dt.timedelta(days=1)


class _File(NamedTuple):
    """A file of the folder as it is written, and what is wrong in it."""

    node: Node | None
    faults: Faults


class _Above(NamedTuple):
    """The rules above the law that apply and are in force, and those that nobody has answered on."""

    applied: frozenset[str]
    waiting: frozenset[str]


def read_law(
    folder: Path,
    *,
    unfinished: bool = False,
    applied: frozenset[str] = frozenset(),
    waiting: frozenset[str] = frozenset(),
) -> Law:
    """The law of a folder in all its versions. Raises ``SiteBuilderError`` with every fault of its files, exit code 2.

    ``applied`` are the rules above it that apply, ``waiting`` those that nobody has answered on.

    ``unfinished``: what no site may lack may be lacking yet, kinds, rules and words; to be tried, not built by.
    """
    found: list[Finding] = []
    lacking = unfinished and not (folder / WORDS).is_file()
    files = [_read(folder / name, found) for name in (CITY, RULES, *(() if lacking else (WORDS,)))]
    if found:
        raise SiteBuilderError(found, Exit.USAGE)
    of_private: list[Faults] = []
    private = read_private(folder, of_private)
    norms = [one for one in layers_above(Fields(files[0].node, Faults(""))).norms if one.rule in applied]
    starts = sorted({*first_days(files[1:]), *changes_of(norms)})
    periods = [*zip(starts, (*(day - _DAY for day in starts[1:]), dt.date.max), strict=True)]
    city = Fields(files[0].node, Faults(""))
    places = read_places(city.text("region"), folder, city.choices("above", LAYERS))
    versions: list[RuleSet] = []
    noted: dict[Finding, list[Days]] = {}
    for period in periods:
        above = _Above(frozenset(one.rule for one in norms if one.in_force(period[0])), waiting)
        then = [_on(period[0], file, above, dated=number > 0) for number, file in enumerate(files)]
        version = _version(period[0], [Fields(*one) for one in then], above, private, unfinished=unfinished)
        versions.append(msgspec.structs.replace(version, places=places))
        for fault in dict.fromkeys(fault for one in then for fault in one.faults.found):
            noted.setdefault(fault, []).append(period)
    found = [fault for faults in (*of_private, *(file.faults for file in files)) for fault in faults.found]
    found += [_in_days(fault, days if len(days) < len(periods) else []) for fault, days in noted.items()]
    if not found and len({frozenset(one.kinds) for one in versions}) > 1:
        hint = "去掉它的 from、until：一类从某天起才开放的，到那天在 site.yml 的 publish.kinds 里写上"
        found.append(Finding("bad-value", Place(str(folder / RULES)), "有一类只在一段时间里有规则", hint))
    if found:
        raise SiteBuilderError(sorted(found, key=lambda one: (one.place.file, one.place.row)), Exit.USAGE)
    return Law(tuple(versions)).changing(text_days(folder))


def _read(path: Path, found: list[Finding]) -> _File:
    faults = Faults(str(path))
    try:
        return _File(read_node(path, faults), faults)
    except SiteBuilderError as error:
        found.extend(error.findings)
        return _File(None, faults)


def _on(day: dt.date, file: _File, above: _Above, *, dated: bool) -> _File:
    faults = file.faults.again()
    node = file.node
    if dated and node is not None:
        node = counting(in_force(node, day, faults), above.applied)
    return _File(node, faults)


def _in_days(fault: Finding, days: Sequence[Days]) -> Finding:
    """A fault that is there in some periods alone, with their days."""
    when = "；".join(told(*one) for one in days)
    return msgspec.structs.replace(fault, message=f"{fault.message}（{when}）") if when else fault


def _version(
    since: dt.date, files: Sequence[Fields], above: _Above, private: PrivateWords, *, unfinished: bool
) -> RuleSet:
    """The law as it is written for a day. Notes every fault."""
    city, rules = files[:2]
    words = files[2] if len(files) > 2 else None  # noqa: PLR2004 (the words are the third)
    code = city.text("code", required=True, pattern=CODE, expected="应当是 2 至 8 个大写字母")
    layers, own = layers_above(city), read_terms(rules.section("term"))
    norms = layers.norms
    terms = msgspec.structs.replace(own, above=bounds_of(norms, above.applied))
    weighed = msgspec.structs.replace(own, above=bounds_of(norms, above.waiting))
    clocks, kinds = rules.section("clocks"), rules.section("rules")
    ruled = {kind: kinds.section(kind) for kind in Kind if kind in kinds.names()}
    classes = classes_of(norms, above.applied)
    periods = {kind: _period(kind, ruled.get(kind), classes) for kind in Kind}
    asked = {kind: _asked(kind, terms, periods[kind], ruled.get(kind), code, private) for kind in Kind}
    spans = {clock: _span(clocks.section(clock), code) for clock in Clock if clock in clocks.names()}
    title, short = city.text("regulation", required=True), city.text("short", required=True)
    said = said_of(title, short, terms, spans, norms)
    effects = rules.section("clauses")
    of = Watching(asked=asked, spans=spans)
    law = RuleSet(
        since=since,
        code=code,
        regulation=title,
        short=short,
        rank=Level(city.choice("rank", tuple(Level), required=True, default=Level.NORMATIVE_DOCUMENT)),
        effects={
            effect: frozenset(one.replace(" ", "-") for one in articles_of(effects, effect, code))
            for effect in Effect
            if effect in effects.names()
        },
        terms=terms,
        show_responsible=rules.choice("responsible_persons", ("show", "hide"), required=True) == "show",
        unpublished_measure_stops=rules.choice("unpublished_measure", ("stop", "warn"), required=True) == "stop",
        list_profile_stops=rules.choice("list_profile", ("stop", "warn"), required=True) == "stop",
        watches=tuple(_watch(one, code, of) for one in rules.sections("watch")),
        cross_watches=tuple(_cross_watch(one, code) for one in rules.sections("cross_watch")),
        clocks=layers.clocks | spans,
        documents=layers.documents,
        words=read_words(words, code, said, periods, above.applied),
        kinds={kind: _kind(one, code, asked[kind], terms, periods[kind], norms) for kind, one in ruled.items()},
        private=private,
        norms=norms,
        weighed=weighed if weighed.above is not None else None,
        lists=layers.lists,
        registry=layers.listed,
    )
    if not unfinished:
        insist(kinds, law.kinds)
    for fields in (city, rules, clocks, kinds, effects):
        fields.finish()
    return law


def _period(kind: Kind, fields: Fields | None, classes: ClassBounds | None) -> Period:
    """The term of a kind; ``classes`` are for one whose records say how grave the conduct is."""
    above = classes if "gravity" in RECORDED[kind].record.__struct_fields__ else None
    if kind is Kind.SEVERE or fields is None or "term" not in fields.names():
        return Period(above=above)
    days = tuple(column.name for column in RECORDED[kind].columns if column.type is Type.DATE)
    return msgspec.structs.replace(read_period(fields.section("term"), days), above=above)


def _asked(kind: Kind, terms: Terms, period: Period, fields: Fields | None, code: str, private: PrivateWords) -> Asked:
    recorded = RECORDED[kind]
    record = recorded.record
    asked = Asked(
        kind=kind,
        columns={column.name: column for column in recorded.columns},
        fields=dict(zip(record.__struct_encode_fields__, record.__struct_fields__, strict=True)),
        terms=terms if kind is Kind.SEVERE else None,
        last_day=terms.own_until if kind is Kind.SEVERE else period.own if period.until or period.starts else None,
        shown_to=period.last_day,
        personal_data=_searched(CROSSINGS[kind].seen(terms, period, never), private),
    )
    if fields is None or "not_repairable" not in fields.names():
        return asked
    barred = fields.section("not_repairable")
    articles_of(barred, "articles", code)
    asked = msgspec.structs.replace(asked, not_repairable=groups(barred, asked))
    barred.finish()
    return asked


def _searched(seen: Seen, private: PrivateWords) -> Holds:
    """Whether what would be shown of a record holds personal data (contract, section 3).

    Numbers of anyone's, and what a natural person's record or a role model's story tells that no waiver lets stand.
    """

    def holds(record: AnyRecord, facts: Facts) -> bool:
        view = seen(record, facts)
        return personal_data(view, facts) or (withholds(view) and any(private_text(view, private, facts)))

    return holds


def _span(fields: Fields, code: str) -> Span:
    days = fields.number("days", required=True, minimum=1, maximum=MOST_DAYS)
    span = Span(
        articles_of(fields, "articles", code), days, fields.number("with_help", default=days, maximum=MOST_DAYS)
    )
    fields.finish()
    return span


def _watch(fields: Fields, code: str, of: Watching) -> Watch:
    name = fields.text("code", required=True)
    articles, asks = articles_of(fields, "articles", code), fields.text("asks", required=True)
    kind = fields.choice("kind", tuple(Kind))
    watch = Watch(name, articles, asks, read_watch(fields, name, of), Kind(kind) if kind else None)
    fields.finish()
    return watch


def _cross_watch(fields: Fields, code: str) -> CrossWatch:
    watch = CrossWatch(
        fields.choice("code", CROSS, required=True),
        articles_of(fields, "articles", code),
        fields.text("asks", required=True),
    )
    fields.finish()
    return watch


def _kind(fields: Fields, code: str, asked: Asked, terms: Terms, period: Period, norms: tuple[Norm, ...]) -> Ruled:
    crossing = CROSSINGS[asked.kind]
    rules: list[Rule[Any]] = []
    for one in fields.sections("withhold"):
        rule = _rule(one, code, asked)
        if rule.reason in {each.reason for each in rules}:
            one.faults.add("bad-value", one.row, f"「{rule.reason}」写了两条", "合成一条：条件用 when_any 分组")
        rules.append(rule)
    severe = asked.kind is Kind.SEVERE
    law = Ruled(
        rules=with_maximum(rules, terms, norms) if severe else with_classes(rules, period),
        view=crossing.seen(terms, period, asked.not_repairable),
        duties=articles_of(fields, "published_by", code),
        usual=fields.flag("usual", default=True),
        ends=terms.ends if severe else period.ends,
        gather=crossing.gather,
    )
    fields.finish()
    return law


def _rule(fields: Fields, code: str, asked: Asked) -> Rule[Any]:
    rule: Rule[Any] = Rule(
        Reason(fields.choice("reason", tuple(Reason), required=True, default=Reason.NOT_PUBLIC)),
        articles_of(fields, "articles", code),
        fields.text("asks", required=True),
        groups(fields, asked),
    )
    fields.finish()
    return rule
