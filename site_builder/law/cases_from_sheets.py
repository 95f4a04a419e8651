"""The sheets of cases as ``examples.yml`` has them."""

from __future__ import annotations

from collections.abc import Mapping as Table

from site_builder.config.source import Mapping, Node, Scalar, Sequence
from site_builder.export.schema import COLUMNS, headers
from site_builder.law import keys as k
from site_builder.law import to_sheets as t
from site_builder.law.english import kind_of
from site_builder.law.sheet_reading import Entry, SheetReading, mapping, section
from site_builder.law.sheet_rows import SheetRow
from site_builder.records.columns import Type
from site_builder.vocabulary import Kind


def examples_file(reading: SheetReading) -> list[Entry]:
    """What stands in ``examples.yml``, but for its head."""
    kinds: dict[str, Kind | None] = {}
    bases: list[Entry] = []
    for block in reading.blocks(t.BASES, ("名称", t.KIND), "名称"):
        name, kind = block[0].text("名称"), kind_of(block[0].text(t.KIND))
        if name in kinds:
            reading.faults.add("duplicate-key", block[0].cell("名称"), f"底稿「{name}」写了两次", "各起一个名称")
        kinds[name] = kind
        own = reading.told(block[0], k.BASE, ("名称", t.COLUMN, t.ASKED))
        bases.append((block[0].key("名称"), mapping([*own, *_facts(reading, block, kind)])))
    cases = [_case(reading, block, kinds) for block in reading.blocks(t.CASES, ("名称", "所用底稿"), "名称")]
    deadlines = [mapping(reading.told(row, k.DEADLINE, ())) for row in reading.sheets[t.DEADLINES]]
    found = section("底稿", bases)
    found += [(Scalar("案例", cases[0].row), Sequence(tuple(cases), 0))] if cases else []
    return found + ([(Scalar("时限", deadlines[0].row), Sequence(tuple(deadlines), 0))] if deadlines else [])


def _case(reading: SheetReading, block: list[SheetRow], kinds: Table[str, Kind | None]) -> Mapping:
    facts = (t.COLUMN, t.ASKED)
    orders = (*t.ORDER, *block[0].begun(t.ORDERS))
    ruling = (*(one for one, _ in k.READING.keys.values()), *block[0].begun(t.EXPECTED))
    entries = reading.told(block[0], k.CASE, (*facts, *orders, *ruling))
    entries += _facts(reading, block, kinds.get(block[0].text("所用底稿")))
    ordered = [mapping(reading.told(row, t.ORDERED, (), orders, t.ORDERS)) for row in block if row.any(orders)]
    if ordered:
        entries.append((Scalar("orders", ordered[0].row), Sequence(tuple(ordered), 0)))
    expected: list[Node] = []
    readings: list[Node] = []
    for row in (one for one in block if one.any(ruling)):
        several = readings if row.text("理解") or expected else expected
        several.append(mapping(reading.told(row, k.READING, (), ruling, t.EXPECTED)))
    entries += [(Scalar("expected", expected[0].row), expected[0])] if expected else []
    if readings:
        entries.append((Scalar("readings", readings[0].row), Sequence(tuple(readings), 0)))
    return mapping(entries)


def _facts(reading: SheetReading, block: list[SheetRow], kind: Kind | None) -> list[Entry]:
    lists = {one.name for one in COLUMNS[kind] if one.type is Type.LIST} if kind is not None else set()
    names = headers(kind) if kind is not None else {}
    facts: dict[str, Entry] = {}
    for row in (one for one in block if one.any((t.COLUMN, t.ASKED))):
        name = row.text(t.COLUMN)
        if name in facts:
            reading.faults.add("duplicate-key", row.cell(t.COLUMN), f"「{name}」写了两次", "只留一个")
        leaf = k.SOME if names.get(name) in lists else k.TEXT
        facts[name] = (row.key(t.COLUMN), reading.value(row, t.ASKED, leaf))
    return [(Scalar("facts", next(iter(facts.values()))[0].row), mapping(list(facts.values())))] if facts else []
