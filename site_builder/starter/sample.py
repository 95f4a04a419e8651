"""An invented export of a few records, so that a new site shows something at once. Every name holds 演示."""

from __future__ import annotations

import datetime as dt
from typing import Final

from site_builder.pack.rows import Packed
from site_builder.records.values import CODE_ALPHABET
from site_builder.rules.ruleset import RuleSet
from site_builder.vocabulary import INVENTED, LABELS, Effect, Kind

VERSION: Final = "0001.01.01"
"""Of the invented export: below that of every real one, and never its own."""

APPROVAL: Final = {"status": "approved", "by": "演示单位", "reference": "演示〔0000〕1号"}
"""Of the invented export alone; a real one is approved by a second person."""

_WEIGHTS: Final = tuple(pow(3, place, 31) for place in range(17))


def sample_lists(law: RuleSet, day: dt.date) -> list[Packed]:
    """An entry, two measures and a role model under a law, published by ``day``."""
    act, decided, notified = (day - dt.timedelta(days=number) for number in (90, 40, 50))
    listed = decided + dt.timedelta(days=3)
    penalty, incentive = (_last(law, effect) for effect in (Effect.PENALTY, Effect.INCENTIVE))
    entry = {
        "id": f"{INVENTED}0001",
        "disclosure": "社会公开",
        "subject_name": "演示商贸有限公司",
        "subject_type": "法人",
        "subject_code": demo_code(1),
        "list_name": "演示严重失信主体名单",
        "category": "破坏市场公平竞争和社会秩序",
        "cause": "这是一条演示记录，主体、文书和事由都是虚构的。",
        "basis": f"《{law.regulation}》",
        "measures_notice": "演示：限制享受相关公共政策。",
        "removal_conditions": "演示：履行义务并纠正失信行为。",
        "removal_procedure": "演示：向认定单位提出申请，经核实后移出。",
        "remedies": "演示：可以申请行政复议或者提起行政诉讼。",
        "measure_ids": f"{INVENTED}CJ-1",
        "authority": "演示认定单位",
        "decision_no": "演示〔0000〕1号",
        "decided_on": decided.isoformat(),
        "notified_on": notified.isoformat(),
        "listed_on": listed.isoformat(),
        "act_ended_on": act.isoformat(),
        "published_on": listed.isoformat(),
    }
    shared = {
        "disclosure": "社会公开",
        "targets": "演示对象",
        "implementing_bodies": "演示实施单位",
        "basis": f"《{law.regulation}》",
        "basis_level": LABELS[law.rank],
        "effective_on": act.isoformat(),
        "published_on": act.isoformat(),
    }
    measures = [
        {
            "id": f"{INVENTED}CJ-1",
            "kind": "失信惩戒",
            "title": "演示惩戒措施",
            "content": "演示：限制享受相关公共政策。",
            "clause": penalty,
        },
        {
            "id": f"{INVENTED}JL-1",
            "kind": "守信激励",
            "title": "演示激励措施",
            "content": "演示：绿色通道、容缺受理。",
            "clause": incentive,
        },
    ]
    model = {
        "id": f"{INVENTED}DX-0001",
        "disclosure": "社会公开",
        "name": "演示诚信有限公司",
        "subject_type": "法人",
        "subject_code": demo_code(2),
        "honour": "演示诚信典型",
        "category": "诚信典型",
        "awarded_by": "演示授予单位",
        "awarded_on": decided.isoformat(),
        "notified_on": notified.isoformat(),
        "summary": "这是一条演示记录。",
        "deeds": "这是一条**演示**记录，事迹是虚构的。",
        "published_on": listed.isoformat(),
    }
    return [
        _packed(Kind.SEVERE, [entry]),
        _packed(Kind.MEASURE, [shared | one for one in measures]),
        _packed(Kind.ROLE_MODEL, [model]),
    ]


def _last(law: RuleSet, effect: Effect) -> str:
    """The last article that measures of this sort stand in; empty where the law does not say."""
    return max(law.effects.get(effect, ()), key=lambda one: int(one.rpartition("-")[2]), default="")


def demo_code(number: int) -> str:
    """A code that passes GB 32100 and belongs to nobody: an unused division, a number, the check character."""
    body = f"91000000{number:09}"
    total = sum(CODE_ALPHABET.index(char) * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return body + CODE_ALPHABET[(31 - total % 31) % 31]


def _packed(kind: Kind, rows: list[dict[str, str]]) -> Packed:
    columns = tuple(rows[0])
    return Packed(kind=kind, columns=columns, rows=tuple(tuple(row[name] for name in columns) for row in rows))
