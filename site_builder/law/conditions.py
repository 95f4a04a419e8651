"""Conditions of a city's ``rules.yml``: relations of columns, all of which hold, or all of one group of several."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.config.fields import Fields
from site_builder.law.relations import KNOWN, OF_CODE, OF_TYPE, AnyRecord, Asked, Holds, Relation
from site_builder.rules.decision import Facts


def groups(fields: Fields, asked: Asked) -> Holds:
    """The conditions under ``when`` (all hold) or the list ``when_any`` (all of one hold). Notes every fault."""
    several = fields.sections("when_any") if "when_any" in fields.names() else (fields.section("when"),)
    found = tuple(_group(one, asked) for one in several)
    if not all(found) or not found:
        fields.faults.add("missing-key", fields.row, f"「{fields.path}when」没有写条件", "写上列、关系和值")
    return _one_of(tuple(map(_all_of, found)))


def _all_of(conditions: tuple[Holds, ...]) -> Holds:
    """All of them hold; most rules ask one thing, and it is asked of every record."""
    if len(conditions) == 1:
        return conditions[0]

    def hold(record: AnyRecord, facts: Facts) -> bool:
        for one in conditions:  # noqa: SIM110  # a generator would cost more than what it asks
            if not one(record, facts):
                return False
        return True

    return hold


def _one_of(groups: tuple[Holds, ...]) -> Holds:
    """All of one group hold."""
    if len(groups) == 1:
        return groups[0]

    def hold(record: AnyRecord, facts: Facts) -> bool:
        for one in groups:  # noqa: SIM110  # as above
            if one(record, facts):
                return True
        return False

    return hold


def _group(fields: Fields, asked: Asked) -> tuple[Holds, ...]:
    found = []
    for name in fields.names():
        inner, known = fields.section(name), _relations(name, asked)
        said = [one for one in inner.names() if one in known]
        row = fields.row_of(name)
        if not known:
            near = "、".join((*asked.columns, *KNOWN))
            fields.faults.add("unknown-column", row, f"{asked.kind} 没有「{name}」", f"可以写：{near}")
        elif not said:
            asks = f"不能问「{'、'.join(inner.names())}」" if inner.names() else "没有写问什么"
            fields.faults.add("unknown-relation", row, f"「{name}」{asks}", f"可以写：{'、'.join(known)}")
        else:
            found += [known[one](inner, name, asked) for one in said]
            inner.finish()
    return tuple(found)


def _relations(name: str, asked: Asked) -> Mapping[str, Relation]:
    """What may be asked of a column, or of one of the things that are known beside the record."""
    if name in KNOWN:
        return KNOWN[name]
    column = asked.columns.get(name)
    return {} if column is None else {**OF_TYPE[column.type], **(OF_CODE if name == "subject_code" else {})}
