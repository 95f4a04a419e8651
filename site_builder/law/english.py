"""The nodes of a law's file with machine names for the Chinese words that may be written; rows stay.

What is not known is left as it is: the reader tells what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from site_builder.config.full_width import COMMA
from site_builder.config.source import Faults, Mapping, Node, Scalar, Sequence, parse_yaml, read_text
from site_builder.law import spelled as s
from site_builder.law.keys import DATES, FILES, RULES_FILE, Conditions, Each, Leaf, Shape, Under
from site_builder.vocabulary import Kind

_COMMA: Final = "，"


def read_node(path: Path, faults: Faults) -> Node | None:
    """What a file of a law's folder holds, in machine names. Raises and notes as ``parse_yaml`` does."""
    shape = FILES[path.name]
    node = parse_yaml(read_text(path), faults)
    if shape is RULES_FILE and node is not None:
        _refuse_commas(node, faults)
    return None if node is None else in_english(node, shape, faults)


def in_english(node: Node, under: Under, faults: Faults, kind: Kind | None = None) -> Node:
    """The same in machine names; notes keys that are written twice, in both languages."""
    match under:
        case Shape() | Each() | Conditions() if isinstance(node, Sequence):
            return Sequence(tuple(in_english(one, under, faults, kind) for one in node.items), node.row)
        case Leaf():
            return _leaf(node, under, faults, kind)
        case _ if not isinstance(node, Mapping):
            return node
        case Shape():
            return _shape(node, under, faults, kind)
        case Each():
            return _each(node, under, faults, kind)
        case Conditions():
            return _conditions(node, faults, kind)


def word(text: str, words: s.Words, kind: Kind | None) -> str:
    """The machine name of a word; what is none is left."""
    return words(kind).get(text, text)


def kind_of(text: str) -> Kind | None:
    """The kind of record that is called so."""
    name = s.KINDS.get(text, text)
    return Kind(name) if name in set(Kind) else None


def _leaf(node: Node, under: Leaf, faults: Faults, kind: Kind | None) -> Node:
    match node:
        case Scalar():
            text = node.text.strip()
            meant = under.reads(word(text, under.words, kind))
            return node if meant == text else Scalar(meant, node.row)
        case Sequence():
            return Sequence(tuple(_leaf(one, under, faults, kind) for one in node.items), node.row)
        case Mapping():
            if (length := _length(node)) is not None and under.reads is s.months:
                return length
            return _renamed(
                node,
                lambda name: DATES.get(name, name),
                lambda key, value: _leaf(value, under, faults, kind) if key == "value" else value,
                faults,
            )


def _length(node: Mapping) -> Scalar | None:
    """``{years: 5}``, ``{months: 6}`` or both as so many months."""
    units = {"years": 12, "months": 1, "年": 12, "月": 1}
    months = 0
    for key, value in node.entries:
        if key.text not in units or not isinstance(value, Scalar) or not value.text.isascii():
            return None
        if not value.text.isdecimal():
            return None
        months += units[key.text] * int(value.text)
    return Scalar(str(months), node.row) if node.entries else None


def _shape(node: Mapping, under: Shape, faults: Faults, kind: Kind | None) -> Mapping:
    named = next((value for key, value in node.entries if under.english(key.text) == "kind"), None)
    of = kind_of(named.text) if isinstance(named, Scalar) else kind

    def read(key: str, value: Node) -> Node:
        inner = under.under(key)
        return value if inner is None else in_english(value, inner, faults, of)

    return _renamed(node, under.english, read, faults)


def _each(node: Mapping, under: Each, faults: Faults, kind: Kind | None) -> Mapping:
    return _renamed(
        node,
        lambda name: word(name, under.names, kind),
        lambda key, value: in_english(value, under.of, faults, kind_of(key) if under.kinds else kind),
        faults,
    )


def _conditions(node: Mapping, faults: Faults, kind: Kind | None) -> Mapping:
    names = s.asked(kind) | DATES

    def relations(name: str, inner: Node) -> Node:
        if not isinstance(inner, Mapping):
            return inner
        return _renamed(
            inner,
            lambda one: (s.RELATIONS | s.PARAMETERS).get(one, one),
            lambda relation, value: _leaf(value, Leaf(told_words(name, relation)), faults, kind),
            faults,
        )

    return _renamed(node, lambda name: names.get(name, name), relations, faults)


def told_words(name: str, relation: str) -> s.Words:
    """The words a relation of a column, or of what is known beside it, may say."""
    match name, relation:
        case (_, "undone_by" | "on" | "not_by"):
            return s.columns
        case ("subject", _):
            return s.fixed(s.PERSONS)
        case ("overlay", _):
            return s.fixed(s.ACTIONS)
        case ("term", _):
            return s.fixed(s.TERMS)
        case ("shown", _):
            return s.fixed(s.HELD)
        case (_, "is" | "is_not" | "in" | "not_in"):
            return lambda kind: s.members(kind, name) or (s.FLAGS if relation == "is" else {})
        case (_, "cites_only" | "tells_of"):
            return s.as_written
        case _:
            return s.fixed(s.FLAGS)


def _renamed(node: Mapping, rename: Callable[[str], str], read: Callable[[str, Node], Node], faults: Faults) -> Mapping:
    """The same with its keys renamed, and its values read by their new names."""
    entries: dict[str, tuple[Scalar, Node]] = {}
    for key, value in node.entries:
        name = rename(key.text)
        if name in entries:
            faults.add("duplicate-key", key.row, f"「{key.text}」就是「{name}」，写了两次", "只留一个")
        entries[name] = (Scalar(name, key.row, key.plain), read(name, value))
    return Mapping(tuple(entries.values()), node.row)


def _refuse_commas(node: Node, faults: Faults) -> None:
    """Note what stands in a list as one text though a full-width comma shows that several were meant."""
    if isinstance(node, Mapping):
        for _, value in node.entries:
            _refuse_commas(value, faults)
    elif isinstance(node, Sequence):
        for one in node.items:
            if not isinstance(one, Scalar):
                _refuse_commas(one, faults)
            elif one.plain and _COMMA in one.text:
                faults.add("full-width", one.row, *COMMA)
