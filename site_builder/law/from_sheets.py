"""The sheets of a workbook as the files of a law, in machine names; a node's row stands for the cell it came from."""

from __future__ import annotations

from collections.abc import Iterator
import difflib
from typing import Final

from site_builder.config.source import Mapping, Node, Scalar, Sequence
from site_builder.law import keys as k
from site_builder.law import spelled as s
from site_builder.law import to_sheets as t
from site_builder.law.cases_from_sheets import examples_file
from site_builder.law.english import in_english, kind_of
from site_builder.law.sheet_reading import Entry, SheetReading, mapping, place, section, turns
from site_builder.law.sheet_rows import SheetRow
from site_builder.law.words_from_sheets import words_file
from site_builder.vocabulary import Kind

_TWICE: Final = "只留一个；要同时写的，写成几组"


class LawFiles(SheetReading):
    """The files of a law."""

    def comments(self) -> dict[str, str]:
        """The comments at the heads of the files."""
        rows = self.sheets[t.BASICS]
        return {row.text(t.FILE): row.text(t.VALUE) for row in rows if row.text(t.ITEM) == t.COMMENT}

    def files(self) -> dict[str, Mapping]:
        """Each file that has something in it, by its name."""
        found = self._basics()
        found["rules.yml"] += self._rules_file()
        found["words.yml"] += words_file(self)
        found["examples.yml"] += examples_file(self)
        read = {}
        for name, entries in found.items():
            if entries:
                shape = k.FILES[name]
                order = [*shape.keys]
                entries.sort(key=lambda one: place(shape.english(one[0].text), order))
                node = in_english(Mapping(tuple(entries), 0), shape, self.faults)
                read[name] = node if isinstance(node, Mapping) else Mapping((), 0)
        return read

    def _basics(self) -> dict[str, list[Entry]]:
        files: dict[str, list[Entry]] = {name: [] for name in k.FILES}
        for row in self.sheets[t.BASICS]:
            name = row.text(t.FILE)
            if name not in files:
                self.faults.add("bad-value", row.cell(t.FILE), f"没有「{name}」这个文件", f"可以写 {'、'.join(files)}")
            elif row.text(t.ITEM) != t.COMMENT:
                self._setting(files[name], [one.strip() for one in row.text(t.ITEM).split("/")], row, k.FILES[name])
        return files

    def _setting(self, entries: list[Entry], path: list[str], row: SheetRow, shape: k.Shape) -> None:
        key, under = Scalar(path[0], row.cell(t.ITEM)), shape.under(shape.english(path[0]))
        if len(path) > 1 and isinstance(under, k.Shape):
            inner = next((value for one, value in entries if one.text == path[0]), None)
            held = list(inner.entries) if isinstance(inner, Mapping) else []
            self._setting(held, path[1:], row, under)
            entries[:] = [one for one in entries if one[0].text != path[0]]
            entries.append((key, Mapping(tuple(held), key.row)))
        elif any(one.text == path[0] for one, _ in entries):
            self.faults.add("duplicate-key", key.row, f"「{row.text(t.ITEM)}」写了两次", "只留一个")
        else:
            entries.append((key, self.value(row, t.VALUE, under)))

    def _rules_file(self) -> list[Entry]:
        kinds: dict[str, list[Entry]] = {}
        named: dict[str, Scalar] = {}
        for row in self.sheets[t.KINDS]:
            name, key = row.text(t.KIND), row.key(t.KIND)
            if name in kinds:
                self.faults.add("duplicate-key", key.row, f"「{name}」写了两次", "只留一个")
            named.setdefault(name, key)
            kinds[name] = self.told(row, k.RULED, (t.KIND,))
        rules: dict[str, list[Node]] = {}
        for block in self.blocks(t.RULES, (t.KIND, "理由"), t.KIND):
            name = block[0].text(t.KIND)
            named.setdefault(name, block[0].key(t.KIND))
            rule = self._asking(block, k.RULE, (t.KIND,))
            rules.setdefault(name, []).append(rule)
        terms, clocks, whole = self._terms()
        for name, several in terms.items():
            named.setdefault(name, Scalar(name, several[0].row))
            kinds.setdefault(name, []).append((Scalar("披露期限", several[0].row), turns(several)))
        for name, several in rules.items():
            kinds.setdefault(name, []).append((Scalar("不公开", several[0].row), Sequence(tuple(several), 0)))
        found: list[Entry] = [(Scalar("披露期限", whole[0].row), turns(whole))] if whole else []
        found += section("规则", [(named[name], mapping(entries)) for name, entries in kinds.items()])
        found += section("时限", [(Scalar(name, one[0].row), turns(one)) for name, one in clocks.items()])
        return found + self._watches()

    def _terms(self) -> tuple[dict[str, list[Node]], dict[str, list[Node]], list[Node]]:
        """The terms of kinds, the working days, and the city's own term."""
        terms: dict[str, list[Node]] = {}
        clocks: dict[str, list[Node]] = {}
        whole: list[Node] = []
        for row in self.sheets[t.TERMS]:
            name = row.text(t.SUBJECT)
            if kind_of(name) is not None:
                terms.setdefault(name, []).append(mapping(self.told(row, k.PERIOD, (t.SUBJECT,))))
            elif name == t.ORDINARY:
                whole.append(mapping(self.told(row, k.TERM, (t.SUBJECT,))))
            elif s.CLOCKS.get(name, name) in s.CLOCKS.values():
                clocks.setdefault(name, []).append(mapping(self.told(row, k.CLOCK, (t.SUBJECT,))))
            else:
                near = "、".join((t.ORDINARY, *s.KINDS, *s.CLOCKS))
                self.faults.add("bad-value", row.cell(t.SUBJECT), f"不认识的事项「{name}」", f"可以写：{near}")
        return terms, clocks, whole

    def _watches(self) -> list[Entry]:
        found: dict[str, list[Node]] = {"提醒": [], "几条之间的提醒": []}
        for block in self.blocks(t.WATCHES, (t.BETWEEN, "代码"), "代码"):
            between = s.FLAGS.get(block[0].text(t.BETWEEN), "false") == "true"
            found["几条之间的提醒" if between else "提醒"].append(self._asking(block, k.WATCHED, (t.BETWEEN,)))
        return [(Scalar(key, several[0].row), Sequence(tuple(several), 0)) for key, several in found.items() if several]

    def _asking(self, block: list[SheetRow], shape: k.Shape, skip: tuple[str, ...]) -> Mapping:
        """A rule or a warning with its conditions."""
        entries = self.told(block[0], shape, (*skip, *t.CONDITION))
        groups: dict[str, dict[str, list[Entry]]] = {}
        kind = kind_of(block[0].text(t.KIND))
        for row in (one for one in block if one.any(t.CONDITION)):
            group = groups.setdefault(row.text(t.GROUP), {})
            self._condition(group, row, kind)
        if len(groups) > 1 and "" in groups:
            self.faults.add("bad-value", block[0].cell(t.GROUP), "有的条件写了组，有的没有", "每个条件都写上是第几组")
        nodes: list[Node] = [
            mapping([one for parts in group.values() for one in _joined(parts)]) for group in groups.values()
        ]
        if nodes:
            where = nodes[0].row
            when: Entry = (Scalar("条件", where), nodes[0])
            entries.append(when if list(groups) == [""] else (Scalar("条件之一", where), Sequence(tuple(nodes), where)))
        return mapping(entries)

    def _condition(self, group: dict[str, list[Entry]], row: SheetRow, kind: Kind | None) -> None:
        """One condition, put to the others of its column."""
        name, relation = row.text(t.COLUMN), row.text(t.RELATION)
        if not name:
            self.faults.add("missing-key", row.cell(t.COLUMN), "没有写是哪一列的条件", "写上列、关系和值")
        held = group.setdefault(name, [])
        column = s.asked(kind).get(name, name)
        if name in k.DATES or name in {"from", "until"}:
            held.append((row.key(t.COLUMN), self.value(row, t.ASKED, k.TEXT)))
            return
        for head, key in ((t.ASKED, relation), *((one, one) for one in s.PARAMETERS)):
            if (head != t.ASKED and not row.text(head)) or (head == t.ASKED and not relation):
                continue
            if any(inner.text == key for one, value in held for inner, _ in _pairs(value)):
                self.faults.add("duplicate-key", row.cell(head), f"同一列的「{key}」写了两次", _TWICE)
            leaf = t.asked_leaf(column, (s.RELATIONS | s.PARAMETERS).get(key, key))
            cell = row.cell(t.RELATION if head == t.ASKED else head)
            pair = (Scalar(key, cell), self.value(row, head, leaf))
            held.append((row.key(t.COLUMN), Mapping((pair,), cell)))
        if relation and relation not in s.RELATIONS and not relation.isascii():
            near = difflib.get_close_matches(relation, s.RELATIONS, n=1)
            hint = f"{f'是不是「{near[0]}」？' if near else ''}可以写：{'、'.join(s.RELATIONS)}"
            self.faults.add("unknown-relation", row.cell(t.RELATION), f"不认识的关系「{relation}」", hint)
        if not relation:
            self.faults.add("missing-key", row.cell(t.RELATION), "没有写关系", f"可以写：{'、'.join(s.RELATIONS)}")


def _joined(parts: list[Entry]) -> Iterator[Entry]:
    """The relations of one column as one condition; days stand by themselves."""
    whole = [pair for _, value in parts for pair in _pairs(value)]
    if whole:
        yield parts[0][0], Mapping(tuple(whole), whole[0][0].row)
    for key, value in parts:
        if not isinstance(value, Mapping):
            yield key, value


def _pairs(node: Node) -> tuple[Entry, ...]:
    return node.entries if isinstance(node, Mapping) else ()
