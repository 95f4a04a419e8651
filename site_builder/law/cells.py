"""A node as the text of a cell, in the words people read, and back.

A text that would be read otherwise (empty, in quotes, with spaces around it) stands in double quotes, a list whose
items hold what parts items in brackets: both as YAML has them.
"""

from __future__ import annotations

import json

from site_builder.config.source import Faults, Mapping, Node, Scalar, Sequence, parse_yaml, unseen_character
from site_builder.errors import SiteBuilderError
from site_builder.law.keys import Leaf
from site_builder.law.yaml_text import flow
from site_builder.vocabulary import Kind

_TURNS = "[{"
"""Begins values that take turns, where one stands as a rule."""


def cell_of(node: Node, leaf: Leaf, kind: Kind | None) -> str:
    """The text of a cell; empty where nothing is written."""
    if isinstance(node, Scalar):
        return "" if node.is_null else _quoted(_word(node.text, leaf, kind))
    if isinstance(node, Mapping):
        return flow(Sequence((node,), node.row))
    if leaf.many and all(isinstance(one, Scalar) for one in node.items):
        items = [_word(one.text, leaf, kind) for one in node.items if isinstance(one, Scalar)]
        if items and all(_plain_item(one, leaf) for one in items):
            return leaf.many[0].join(items)
    return flow(node)


def node_of(text: str, leaf: Leaf, row: int, faults: Faults) -> Node:
    """What a cell with a text says, every node of it in the row that stands for the cell. Notes what cannot be read."""
    if unseen := unseen_character(text):
        faults.add("control-character", row, f"有看不见的控制字符（{unseen}）", "删去这个字符")
    if (leaf.many and text.startswith("[")) or text.startswith(('"', _TURNS)):
        return written(text, row, faults)
    if not leaf.many:
        return Scalar(text, row)
    for mark in leaf.many[1:]:
        text = text.replace(mark, leaf.many[0])
    items = (one.strip() for one in text.split(leaf.many[0]))
    return Sequence(tuple(Scalar(one, row) for one in items if one), row)


def written(text: str, row: int, faults: Faults) -> Node:
    """What a cell says that holds YAML."""
    inner = Faults(faults.file)
    try:
        node = parse_yaml(text, inner)
    except SiteBuilderError:
        node = None
    if node is None or inner.found:
        hint = "成对的引号和括号；文字本身要以它们开头的，整格再加一对半角双引号"
        faults.add("bad-yaml", row, "这一格以引号或者括号开头，但写得不完整", hint)
        return Scalar("", row)
    return _at(node, row)


def _at(node: Node, row: int) -> Node:
    match node:
        case Mapping():
            entries = tuple((Scalar(key.text, row, key.plain), _at(value, row)) for key, value in node.entries)
            return Mapping(entries, row)
        case Sequence():
            return Sequence(tuple(_at(one, row) for one in node.items), row)
        case Scalar():
            return Scalar(node.text, row, node.plain)


def _word(text: str, leaf: Leaf, kind: Kind | None) -> str:
    """How people write what is written, where it is then read as the same."""
    words = leaf.words(kind)
    found = next((word for word, name in words.items() if name == text), None)
    return leaf.tells(text) if found is None else found


def _quoted(text: str) -> str:
    odd = not text or text != text.strip() or text.startswith(('"', _TURNS))
    return json.dumps(text, ensure_ascii=False) if odd else text


def _plain_item(text: str, leaf: Leaf) -> bool:
    return bool(text) and text == text.strip() and text[0] not in '["' and not set(text) & set(leaf.many)
