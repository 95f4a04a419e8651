"""Rows of a workbook's sheets read into nodes; a node's row stands for the cell it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Table
from typing import Final

from site_builder.config.source import Faults, Mapping, Node, Scalar, Sequence
from site_builder.law import keys as k
from site_builder.law import to_sheets as t
from site_builder.law.cells import node_of, written
from site_builder.law.sheet_rows import SheetRow

Entry = tuple[Scalar, Node]
_NAMELESS: Final = "写上它；接着上一条的，这一行前面的几格都空着"


class SheetReading:
    """The rows of each sheet by its name. Notes every fault in ``faults``, whose rows stand for cells."""

    def __init__(self, sheets: Table[str, list[SheetRow]], faults: Faults) -> None:
        self.sheets = sheets
        self.faults = faults

    def told(
        self, row: SheetRow, shape: k.Shape, skip: Iterable[str], only: Iterable[str] = (), before: str = ""
    ) -> list[Entry]:
        """What a row says under the heads of a mapping, in the order of its keys; ``only`` some of the heads."""
        heads = [head for head in row.filled() if head not in {*skip} and (not only or head in {*only})]
        order = [one for one, _ in shape.keys.values()]
        heads.sort(key=lambda head: place(head, order))
        found: list[Entry] = []
        for head in heads:
            key = head.removeprefix(before) if before else head
            english = shape.english(key)
            under = shape.under(english)
            if head in t.DATED and key not in order:
                under = k.TEXT
            found.append((Scalar(english if shape is t.ORDERED else key, row.cell(head)), self.value(row, head, under)))
        return found

    def value(self, row: SheetRow, head: str, under: k.Under | None) -> Node:
        """What a cell says: of a known key in the words of its column, else as YAML."""
        text, cell = row.text(head), row.cell(head)
        if isinstance(under, k.Leaf):
            return node_of(text, under, cell, self.faults)
        return written(text, cell, self.faults) if text else Scalar("", cell)

    def blocks(self, name: str, begin: tuple[str, ...], needed: str) -> Iterator[list[SheetRow]]:
        """The rows that belong to one thing: from one that names it to the next."""
        block: list[SheetRow] = []
        for row in self.sheets[name]:
            if row.any(begin) and block:
                yield block
                block = []
            if not block and not row.text(needed):
                self.faults.add(
                    "missing-key", row.cell(needed), f"没有写「{needed}」", "写上它；接着上一条的，这一行前面空着"
                )
            block.append(row)
        if block:
            yield block


def place(key: str, order: list[str]) -> int:
    """The place of a key in an order; those that are not in it come last."""
    return order.index(key) if key in order else len(order)


def turns(nodes: list[Node]) -> Node:
    """Values that take turns; one alone stands for itself."""
    return nodes[0] if len(nodes) == 1 else Sequence(tuple(nodes), nodes[0].row)


def mapping(entries: list[Entry]) -> Mapping:
    """A mapping that stands where its first key does."""
    return Mapping(tuple(entries), entries[0][0].row if entries else 0)


def section(key: str, entries: list[Entry]) -> list[Entry]:
    """A key with what stands under it, where there is anything."""
    return [(Scalar(key, entries[0][0].row), Mapping(tuple(entries), entries[0][0].row))] if entries else []
