"""Conditions of a city's ``rules.yml``: relations of columns, all of which hold, or all of one group of several."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.config.fields import Fields
from site_builder.law.relations import BESIDE, KNOWN, OF_CODE, OF_TYPE, Asked, Holds, Relation


def groups(fields: Fields, asked: Asked) -> Holds:
    """The conditions under ``when`` (all hold) or the list ``when_any`` (all of one hold). Notes every fault."""
    several = fields.sections("when_any") if "when_any" in fields.names() else (fields.section("when"),)
    found = tuple(_group(one, asked) for one in several)
    if not all(found) or not found:
        fields.faults.add("missing-key", fields.row, f"「{fields.path}when」没有写条件", "写上列、关系和值")
    return lambda record, facts: any(all(holds(record, facts) for holds in group) for group in found)


def _group(fields: Fields, asked: Asked) -> tuple[Holds, ...]:
    found = []
    for name in fields.names():
        inner = fields.section(name)
        known = _relations(name, asked)
        if not known:
            near = "、".join((*asked.columns, *KNOWN))
            fields.faults.add("unknown-column", fields.row_of(name), f"{asked.kind} 没有「{name}」", f"可以写：{near}")
        asks = [one for one in inner.names() if one not in BESIDE]
        for relation in asks:
            if relation in known:
                found.append(known[relation](inner, name, asked))
            elif known:
                hint = f"可以写：{'、'.join(known)}"
                fields.faults.add("unknown-relation", inner.row_of(relation), f"「{name}」不能问「{relation}」", hint)
    return tuple(found)


def _relations(name: str, asked: Asked) -> Mapping[str, Relation]:
    """What may be asked of a column, or of one of the things that are known beside the record."""
    if name in KNOWN:
        return KNOWN[name]
    column = asked.columns.get(name)
    return {} if column is None else {**OF_TYPE[column.type], **(OF_CODE if name == "subject_code" else {})}
