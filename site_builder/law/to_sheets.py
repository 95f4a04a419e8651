"""A law's files as the sheets of a workbook: Chinese heads and words, one condition a row.

What a sheet has no head for gets a column of its own, headed by its key: nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Table
import itertools
import re
from typing import Final

import msgspec

from site_builder.config.source import Mapping, Node, Scalar, Sequence
from site_builder.law import keys as k
from site_builder.law import spelled as s
from site_builder.law.cells import cell_of
from site_builder.law.english import kind_of, told_words
from site_builder.law.yaml_text import flow
from site_builder.vocabulary import Kind

LawRow = dict[str, str]
"""The cells of a row by their heads; empty ones are left out."""

BASICS, KINDS, RULES, TERMS, WATCHES = "基本", "各类", "规则", "期限", "提醒"
WORDS, BASES, CASES, DEADLINES = "文字", "底稿", "案例", "时限案例"
FILE, ITEM, VALUE = "文件", "项目", "值"
KIND, PLACE, OBJECT, SUBJECT = "类", "处", "对象", "事项"
COMMENT: Final = "开头的注释"
ORDINARY: Final = "普通期限"
BETWEEN: Final = "几条之间"
GROUP, COLUMN, RELATION, ASKED = "组", "列", "关系", "值"
CONDITION: Final = (GROUP, COLUMN, RELATION, ASKED, *s.PARAMETERS)
DATED: Final = ("自", "至")
ORDER: Final = {"处置": "what", "处置自": "on", "处置办结": "closed_on"}
ORDERED: Final = k.Shape({key: (word, k.ORDER.keys[key][1]) for word, key in ORDER.items()})
"""An item of the overlay, as the heads of its columns call its keys."""

OF_KIND: Final = "本类的条款"
EXPECTED, ORDERS = "应当.", "处置."
"""Begin the heads of columns for keys that the sheet does not know, of what a case comes to and of its orders."""

_RULING: Final = tuple(chinese for chinese, _ in k.READING.keys.values())
_LISTED: Final = frozenset({"in", "not_in", "tells_of", "cites_only"})
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _names(shape: k.Shape) -> tuple[str, ...]:
    return tuple(chinese for chinese, under in shape.keys.values() if isinstance(under, k.Leaf))


HEADS: Final[Table[str, tuple[str, ...]]] = {
    BASICS: (FILE, ITEM, VALUE),
    KINDS: (KIND, *_names(k.RULED)),
    RULES: (KIND, *_names(k.RULE), *CONDITION, *DATED),
    TERMS: (SUBJECT, *dict.fromkeys((*_names(k.TERM), *_names(k.PERIOD), *_names(k.CLOCK))), *DATED),
    WATCHES: (BETWEEN, *_names(k.WATCHED), *CONDITION, *DATED),
    WORDS: (PLACE, KIND, OBJECT, *_names(k.WAY), *DATED),
    BASES: ("名称", *_names(k.BASE), COLUMN, ASKED),
    CASES: (*_names(k.CASE)[:3], COLUMN, ASKED, *ORDER, *_RULING, *_names(k.CASE)[3:]),
    DEADLINES: _names(k.DEADLINE),
}
"""The sheets in their order, and the heads each always has."""


class LawSheet(msgspec.Struct, frozen=True):
    """One sheet: its name, its heads, and its rows below them."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[LawRow, ...]


def to_sheets(files: Table[str, Node], comments: Table[str, str]) -> tuple[LawSheet, ...]:
    """The sheets of a law's files, in machine names, and of the comments at their heads."""
    rules, words, examples = (_entries(files.get(name)) for name in ("rules.yml", "words.yml", "examples.yml"))
    ruled = _entries(rules.get("rules"))
    rows: dict[str, Iterable[LawRow]] = {
        BASICS: _basics(files, comments),
        KINDS: _kinds(ruled),
        RULES: _rules(ruled),
        TERMS: _terms(rules, ruled),
        WATCHES: _watches(rules),
        WORDS: _words(words),
        BASES: _bases(_entries(examples.get("rows"))),
        CASES: itertools.chain.from_iterable(map(_case, _items(examples.get("cases")))),
        DEADLINES: (_told(one, k.DEADLINE) for one in _items(examples.get("deadlines"))),
    }
    return tuple(_sheet(name, tuple(found)) for name, found in rows.items())


def _sheet(name: str, rows: tuple[LawRow, ...]) -> LawSheet:
    kept = tuple({head: text for head, text in row.items() if text} for row in rows)
    return LawSheet(name, tuple(dict.fromkeys((*HEADS[name], *(head for row in kept for head in row)))), kept)


def _entries(node: Node | None) -> dict[str, Node]:
    return {key.text: value for key, value in node.entries} if isinstance(node, Mapping) else {}


def _items(node: Node | None) -> tuple[Node, ...]:
    """What a list holds; what stands alone is one."""
    if node is None or (isinstance(node, Scalar) and node.is_null):
        return ()
    return node.items if isinstance(node, Sequence) else (node,)


def _turns(node: Node | None) -> tuple[Node, ...]:
    """Values that take turns, each a mapping; one that stands alone is one."""
    several = isinstance(node, Sequence) and node.items and all(isinstance(one, Mapping) for one in node.items)
    return _items(node) if several or node is None else (node,)


def _told(node: Node, shape: k.Shape, kind: Kind | None = None, skip: Iterable[str] = (), before: str = "") -> LawRow:
    """The cells of what a mapping holds but for the keys in ``skip``; ``before`` begins the heads of unknown keys."""
    row: LawRow = {}
    for key, value in _entries(node).items():
        under = shape.under(key)
        if key in skip or (isinstance(value, Scalar) and value.is_null):
            continue
        if key in {"from", "until"} and isinstance(value, Scalar) and _DAY.fullmatch(value.text):
            row[DATED[key == "until"]] = value.text
        elif isinstance(under, k.Leaf):
            row[shape.chinese(key)] = cell_of(value, under, kind)
        else:
            row[before + key] = flow(value)
    return row


def _basics(files: Table[str, Node], comments: Table[str, str]) -> Iterator[LawRow]:
    elsewhere = {
        "rules.yml": {"term", "rules", "clocks", "watch", "cross_watch"},
        "words.yml": {*k.WORDS_FILE.keys},
        "examples.yml": {"rows", "cases", "deadlines"},
    }
    for name, node in files.items():
        if comments.get(name):
            yield {FILE: name, ITEM: COMMENT, VALUE: comments[name]}
        for key, value in _entries(node).items():
            if key not in elsewhere.get(name, ()):
                yield from _settings(name, "", key, value, k.FILES[name])


def _settings(file: str, path: str, key: str, value: Node, shape: k.Shape) -> Iterator[LawRow]:
    under, item = shape.under(key), path + shape.chinese(key)
    if isinstance(under, k.Shape) and isinstance(value, Mapping):
        for name, inner in _entries(value).items():
            yield from _settings(file, f"{item} / ", name, inner, under)
    else:
        yield {FILE: file, ITEM: item, VALUE: cell_of(value, under, None) if isinstance(under, k.Leaf) else flow(value)}


def _label(name: str, words: Table[str, str]) -> str:
    return next((word for word, one in words.items() if one == name), name)


def _kinds(ruled: dict[str, Node]) -> Iterator[LawRow]:
    for name, node in ruled.items():
        yield {KIND: _label(name, s.KINDS)} | _told(node, k.RULED, kind_of(name), ("withhold", "term"))


def _rules(ruled: dict[str, Node]) -> Iterator[LawRow]:
    for name, node in ruled.items():
        for rule in _items(_entries(node).get("withhold")):
            yield from _asking({KIND: _label(name, s.KINDS)}, rule, k.RULE, kind_of(name))


def _watches(rules: dict[str, Node]) -> Iterator[LawRow]:
    for key, between in (("watch", ""), ("cross_watch", "是")):
        for watch in _items(rules.get(key)):
            kind = _entries(watch).get("kind")
            of = kind_of(kind.text) if isinstance(kind, Scalar) else None
            yield from _asking({BETWEEN: between}, watch, k.WATCHED, of)


def _asking(first: LawRow, node: Node, shape: k.Shape, kind: Kind | None) -> Iterator[LawRow]:
    """A rule or a warning: what it says, and its conditions, one a row."""
    conditions = [
        row
        for key in ("when", "when_any")
        for number, group in enumerate(_items(_entries(node).get(key)), start=1)
        for row in _group(group, str(number) if key == "when_any" else "", kind)
    ]
    own = first | _told(node, shape, kind, ("when", "when_any"))
    yield from _beside(own, conditions)


def asked_leaf(name: str, key: str) -> k.Leaf | None:
    """What a relation of a column says; None where the relation is not known: its cell then holds YAML."""
    if key not in {*s.RELATIONS.values(), *s.PARAMETERS.values()}:
        return None
    return k.Leaf(told_words(name, key), many=k.TEXTS if key in _LISTED else "")


def _group(group: Node, number: str, kind: Kind | None) -> Iterator[LawRow]:
    for name, inner in _entries(group).items():
        row: LawRow = {GROUP: number, COLUMN: _label(name, s.asked(kind))}
        if not isinstance(inner, Mapping):  # the days from and until which the group counts
            yield row | {COLUMN: _label(name, k.DATES), ASKED: cell_of(inner, k.TEXT, kind)}
            continue
        beside: LawRow = {}
        relations: LawRow = {}
        for key, value in _entries(inner).items():
            leaf = asked_leaf(name, key)
            text = flow(value) if leaf is None else cell_of(value, leaf, kind)
            if key in s.PARAMETERS.values():
                beside[_label(key, s.PARAMETERS)] = text
            else:
                relations[_label(key, s.RELATIONS)] = text
        for relation, text in relations.items():
            yield row | {RELATION: relation, ASKED: text} | beside
            beside = {}


def _terms(rules: dict[str, Node], ruled: dict[str, Node]) -> Iterator[LawRow]:
    for one in _turns(rules.get("term")):
        yield {SUBJECT: ORDINARY} | _told(one, k.TERM)
    for name, node in ruled.items():
        for one in _turns(_entries(node).get("term")):
            yield {SUBJECT: _label(name, s.KINDS)} | _told(one, k.PERIOD, kind_of(name))
    for name, node in _entries(rules.get("clocks")).items():
        for one in _turns(node):
            yield {SUBJECT: _label(name, s.CLOCKS)} | _told(one, k.CLOCK)


def _words(words: dict[str, Node]) -> Iterator[LawRow]:
    for key, node in words.items():
        if key == "kinds":
            for name, inner in _entries(node).items():
                yield {PLACE: k.WORDS_FILE.chinese(key), KIND: _label(name, s.KINDS)}
                for inner_key, value in _entries(inner).items():
                    yield from _said(inner_key, value, k.SAID_OF_KIND, _label(name, s.KINDS), kind_of(name))
        elif key in k.WORDS_FILE.keys:
            yield from _said(key, node, k.WORDS_FILE, "", None)


def _said(key: str, node: Node, shape: k.Shape, label: str, kind: Kind | None) -> Iterator[LawRow]:
    under = shape.under(key)
    row = {PLACE: OF_KIND if key == "article" else shape.chinese(key), KIND: label}
    match under:
        case k.Shape():
            for one in _turns(node):
                yield row | _told(one, under, kind)
        case k.Each(of=of):
            for name, value in _entries(node).items():
                named = row | {OBJECT: _label(name, under.names(kind))}
                if isinstance(of, k.Shape):
                    yield from (named | _told(one, of, kind) for one in _turns(value))
                elif isinstance(of, k.Leaf):
                    yield named | {"条款": cell_of(value, of, kind)}
        case k.Leaf():
            yield row | {"条款" if key == "article" else "文字": cell_of(node, under, kind)}
        case _:
            yield row | {VALUE: flow(node)}


def _bases(rows: dict[str, Node]) -> Iterator[LawRow]:
    for name, node in rows.items():
        yield from _beside({"名称": name} | _told(node, k.BASE, None, ("facts",)), _facts(node))


def _case(node: Node) -> Iterator[LawRow]:
    inner = _entries(node)
    orders = [_told(one, ORDERED, None, (), ORDERS) for one in _items(inner.get("orders"))]
    rulings = [
        _told(one, k.READING, None, (), EXPECTED) for key in ("expected", "readings") for one in _items(inner.get(key))
    ]
    own = _told(node, k.CASE, None, ("facts", "orders", "expected", "readings"))
    yield from _beside(own, _facts(node), orders, rulings)


def _facts(node: Node) -> list[LawRow]:
    facts = _entries(_entries(node).get("facts"))
    return [{COLUMN: name, ASKED: cell_of(value, k.SOME, None)} for name, value in facts.items()]


def _beside(own: LawRow, *parts: list[LawRow]) -> Iterator[LawRow]:
    """What belongs to one thing, its parts beside one another: the first of each in the row that names it."""
    for cells in itertools.zip_longest([own], *parts, fillvalue={}):
        yield {head: text for cell in cells for head, text in cell.items()}
