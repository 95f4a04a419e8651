"""What no city's law may leave out: without it a record that must not be shown would be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from site_builder.config.fields import Fields
from site_builder.kinds.shown import SHOWN
from site_builder.rules.decision import ORDERED, Reason
from site_builder.rules.ruled import Ruled
from site_builder.vocabulary import ALWAYS, Action, Kind

ALIKE: Final[dict[Reason, object]] = {
    Reason.NOT_PUBLIC: {"disclosure": {"is_not": "public"}},
    Reason.SUPPRESSED: {"overlay": {"orders": "court"}},
    Reason.PERSONAL_DATA: {"shown": {"holds": "personal_data"}},
}
"""The rules that are the same everywhere, and their conditions (contract, section 3)."""

DATED: Final = {ORDERED[action] for action in Action if action in ORDERED}
"""The reasons the overlay may order for; each kind needs a rule for those its records may be ordered for."""


def insist(fields: Fields, kinds: Mapping[Kind, Ruled]) -> None:
    """Note what is missing of the rules of each kind, or is not as it must be."""
    for kind in ALWAYS:
        if kind not in kinds:
            fields.faults.add(
                "missing-key", fields.row, f"缺少「{fields.path}{kind}」", "每个网站都有这一类：补上它的规则"
            )
    for kind, ruled in kinds.items():
        inner = fields.section(kind)
        written = {str(one.plain("reason")): one for one in inner.sections("withhold")}
        for reason in _needed(kind):
            if reason not in {rule.reason for rule in ruled.rules}:
                hint = f"补上一条：{{reason: {reason}, …}}；缺了它，应当停止公开的会留在网上"
                fields.faults.add("missing-key", fields.row_of(kind), f"「{kind}」没有「{reason}」这一条规则", hint)
            elif reason in ALIKE and written[reason].plain("when") != ALIKE[reason]:
                hint = f"各地都一样，写成 when: {_written(ALIKE[reason])}"
                fields.faults.add("bad-value", written[reason].row, f"「{reason}」的条件不能另写", hint)


def _needed(kind: Kind) -> list[Reason]:
    """The reasons each kind needs a rule for; the catalogue is public whole: its ``disclosure`` is of its items."""
    alike = [reason for reason in ALIKE if reason is not Reason.NOT_PUBLIC or kind is not Kind.CATALOGUE]
    ordered = [ORDERED[action] for action in SHOWN[kind].overlay if action in ORDERED]
    return list(dict.fromkeys((*alike, *ordered)))


def _written(value: object) -> str:
    """A condition as one writes it in a line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_written(one)}" for key, one in value.items()) + "}"
    return str(value)
