"""``--map FILE``: how the office calls its columns and words (YAML), read strictly.

.. code-block:: yaml

   severe-list:             # or 严重失信主体名单
     sheets: [2025年, 2026年]  # which to read, in this order, where it is not told by the headers
     header: 3              # the header's row, where it is not found by itself
     delimiter: "|"         # of a text file
     hidden: leave          # hidden rows and columns: keep, or leave out
     times: cut             # of a date with a time only the day is kept
     columns:
       企业名称: 主体名称    # the office's heading: our label or machine name
       备注: "-"            # a column that is left out
       H: "-"               # a column without a heading, by its letter
     values:
       主体类型: {公司: 法人, 个体: 个体工商户}
     fixed:
       披露方式: 社会公开    # a column the office does not have
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from site_builder.config.fields import Fields
from site_builder.config.source import Faults, parse_yaml, read_text
from site_builder.export.schema import COLUMNS, headers
from site_builder.pack.cells import convert
from site_builder.pack.converted import Converted, Refused
from site_builder.records.columns import Column
from site_builder.vocabulary import LABELS, Kind

LEFT_OUT: Final = "-"
"""What a column that is left out is mapped to."""

KEEP, LEAVE = "keep", "leave"
"""What is done with hidden rows and columns."""

_DELIMITERS: Final = {",": ",", ";": ";", "|": "|", "tab": "\t"}


class ListMap(msgspec.Struct, frozen=True):
    """The map of one list. ``columns``: heading → machine name, or ``-``; ``values`` and ``fixed`` by machine name.

    ``header`` is 0, and ``delimiter`` and ``hidden`` are empty, where the file does not say.
    """

    sheets: tuple[str, ...] = ()
    header: int = 0
    delimiter: str = ""
    hidden: str = ""
    cut_times: bool = False
    columns: dict[str, str] = msgspec.field(default_factory=dict)
    values: dict[str, dict[str, str]] = msgspec.field(default_factory=dict)
    fixed: dict[str, str] = msgspec.field(default_factory=dict)


def read_map(path: Path) -> dict[Kind, ListMap]:
    """The map of each list the file speaks of. Raises SiteBuilderError (exit 2) with every fault and its line."""
    faults = Faults(str(path))
    fields = Fields(parse_yaml(read_text(path), faults), faults)
    lists = {kind: fields.section(kind.value, also=LABELS[kind]) for kind in Kind}
    found = {
        kind: _mapping(inner, kind) for kind, inner in lists.items() if {kind.value, LABELS[kind]} & {*fields.names()}
    }
    fields.finish()
    faults.stop()
    return found


def _mapping(fields: Fields, kind: Kind) -> ListMap:
    known = headers(kind)
    types = {column.name: column for column in COLUMNS[kind]}
    values = fields.section("values")
    one, several = fields.text("sheet"), fields.texts("sheets")
    if one and several:
        fields.faults.add(
            "duplicate-key", fields.row_of("sheet"), "「sheet」和「sheets」只写一个", "写 sheets: [甲, 乙]"
        )
    mapping = ListMap(
        sheets=several or ((one,) if one else ()),
        header=fields.number("header", maximum=10_000),
        delimiter=_DELIMITERS.get(fields.choice("delimiter", tuple(_DELIMITERS)), ""),
        hidden=fields.choice("hidden", (KEEP, LEAVE)),
        cut_times=fields.choice("times", ("cut",)) == "cut",
        columns={
            heading: LEFT_OUT if name == LEFT_OUT else _named(fields, "columns", heading, name, known)
            for heading, name in _words(fields.section("columns")).items()
        },
        values={
            column: {
                word: _known_word(values, name, types.get(column), ours)
                for word, ours in _words(values.section(name), empty=True).items()
            }
            for name in values.names()
            for column in [_named(values, "values", name, name, known)]
        },
        fixed={
            column: _known_word(fields, "fixed", types.get(column), value)
            for name, value in _words(fields.section("fixed")).items()
            for column in [_named(fields, "fixed", name, name, known)]
        },
    )
    values.finish()
    fields.finish()
    return mapping


def _words(fields: Fields, *, empty: bool = False) -> dict[str, str]:
    found = {name: fields.text(name, required=not empty) for name in fields.names()}
    fields.finish()
    return found


def _named(fields: Fields, section: str, key: str, name: str, known: dict[str, str]) -> str:
    if name not in known:
        near = '写我们的列名（中文名或机器名），不要的列写 "-"'
        fields.faults.add("bad-value", fields.row_of(section), f"「{section}.{key}」：没有「{name}」这一列", near)
    return known.get(name, name)


def _known_word(fields: Fields, key: str, column: Column | None, word: str) -> str:
    """What a word or a fixed text is written as; a fault where the column cannot hold it."""
    converted = convert(word, column, {}) if column is not None and word else Converted(word)
    if isinstance(converted, Refused):
        row = fields.row_of(key)
        fields.faults.add("bad-value", row, f"「{key}」里写的「{word}」不是这一列的内容", f"应为{converted.expected}")
        return ""
    return converted.text
