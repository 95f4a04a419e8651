"""The sheet of words as ``words.yml`` has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from site_builder.config.source import Node, Scalar, Sequence
from site_builder.law import keys as k
from site_builder.law import to_sheets as t
from site_builder.law.sheet_reading import Entry, SheetReading, mapping, section, turns
from site_builder.law.sheet_rows import SheetRow

_PLACES: Final = tuple(map(k.WORDS_FILE.chinese, k.WORDS_FILE.keys))


def words_file(reading: SheetReading) -> list[Entry]:
    """What stands in ``words.yml``."""
    own = _Parts()
    kinds: dict[str, _Parts] = {}
    named: dict[str, Scalar] = {}
    for row in reading.sheets[t.WORDS]:
        name, place = row.text(t.KIND), row.text(t.PLACE)
        parts = kinds.setdefault(name, _Parts()) if name else own
        named.setdefault(name, row.key(t.KIND))
        shape = k.SAID_OF_KIND if name else k.WORDS_FILE
        key = "article" if place == t.OF_KIND else shape.english(place)
        if place != k.WORDS_FILE.chinese("kinds"):
            _said(reading, parts, row, key, shape.under(key))
    several: list[Entry] = [(named[name], mapping(parts.entries())) for name, parts in kinds.items()]
    return own.entries() + section("kinds", several)


def _said(reading: SheetReading, parts: _Parts, row: SheetRow, key: str, under: k.Under | None) -> None:
    """What a row says, put to the others of its place."""
    skip = (t.PLACE, t.KIND, t.OBJECT)
    name = Scalar(key, row.cell(t.PLACE))
    match under:
        case k.Shape():
            parts.several(name, mapping(reading.told(row, under, skip)), always=key == "ways")
        case k.Each(of=of):
            inner = mapping(reading.told(row, of, skip)) if isinstance(of, k.Shape) else reading.value(row, "条款", of)
            parts.named(name, row.key(t.OBJECT), inner)
        case k.Leaf():
            parts.several(name, reading.value(row, "条款" if key == "article" else "文字", under), always=False)
        case _ if row.text(t.VALUE):
            parts.several(name, reading.value(row, t.VALUE, None), always=False)
        case _:
            near = "、".join(dict.fromkeys((t.OF_KIND, *map(k.SAID_OF_KIND.chinese, k.SAID_OF_KIND.keys), *_PLACES)))
            reading.faults.add("bad-value", row.cell(t.PLACE), f"不认识的「{row.text(t.PLACE)}」", f"可以写：{near}")


class _Parts:
    """What is said under the keys of one mapping, gathered row by row."""

    def __init__(self) -> None:
        self._several: dict[str, tuple[Scalar, list[Node], bool]] = {}
        self._named: dict[str, tuple[Scalar, list[Entry]]] = {}

    def several(self, key: Scalar, node: Node, *, always: bool) -> None:
        """One of the things under a key; ``always``: it is a list even of one."""
        self._several.setdefault(key.text, (key, [], always))[1].append(node)

    def named(self, key: Scalar, name: Scalar, node: Node) -> None:
        """What is under a name, in the mapping under a key; what is said of it twice takes turns."""
        self._named.setdefault(key.text, (key, []))[1].append((name, node))

    def entries(self) -> list[Entry]:
        """All of it."""
        found: list[Entry] = [(key, mapping(list(_joined_turns(held)))) for key, held in self._named.values()]
        for key, nodes, always in self._several.values():
            found.append((key, Sequence(tuple(nodes), key.row) if always else turns(nodes)))
        return found


def _joined_turns(held: list[Entry]) -> Iterator[Entry]:
    by_name: dict[str, tuple[Scalar, list[Node]]] = {}
    for name, node in held:
        by_name.setdefault(name.text, (name, []))[1].append(node)
    for name, nodes in by_name.values():
        yield name, turns(nodes)
