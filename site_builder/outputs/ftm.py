"""``data/entities.ftm.json``: organisations and what was decided about them, in the FollowTheMoney model.

An entity a line, its ``id`` first, as the ``followthemoney`` package reads, sorts and merges them: for each record its
subject, then the decision as a ``Sanction``. A subject is known by its code, so what is decided about it again, here or
on another site, meets in one entity. Natural persons are never in it, nor what rewards, allows or promises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
import datetime as dt
import hashlib
from typing import Final

import msgspec

from site_builder.kinds.shown import SHOWN
from site_builder.outputs.formats import jsonl
from site_builder.pages import urls
from site_builder.public.view import SubjectView, View
from site_builder.vocabulary import LABELS, Kind, SubjectType

FORMAT: Final = msgspec.structs.replace(
    jsonl.FORMAT, name="ftm.json", label="FollowTheMoney", schema=False, by_line=False
)
"""What the file is: JSON Lines, whose lines are entities and no rows."""

WHY: Final[dict[Kind, tuple[tuple[str, ...], tuple[str, ...], str]]] = {
    Kind.SEVERE: (("cause",), ("measures_notice",), "reg.action"),
    Kind.WATCH: (("cause",), ("measures",), "reg.warn"),
    Kind.PENALTY: (("violation", "conduct"), ("types", "content"), "reg.action"),
}
"""Of each kind that is in the file: the fields that tell why, those that tell what follows, and the subject's topic."""

TITLE: Final = "单位和对它们的认定、处罚"
NOTE: Final = (
    "严重失信主体名单、重点关注主体名单、行政处罚中单位的记录：每条记录两行，一行是主体，一行是认定或者处罚（Sanction）；自然人不在其中。"
    "主体的编号由统一社会信用代码而来，同一主体重复出现的可以合并。endDate 是公示的最后一天，过了就停止使用；"
    "status 写明异议处理中的，使用时须一并说明。"
)
"""What the file is called and what is said of it to whoever takes it."""

COMPANY: Final = "91"
"""What the codes of enterprises begin with (GB 32100: registered by the market regulator, of its first sort)."""

_encode: Final = msgspec.json.Encoder().encode


def entities(views: Iterable[View], canonical: Callable[[str], str], dataset: str) -> bytes:
    """A shard's lines; ``dataset`` is the name of the published data package."""
    return b"".join(
        _encode({"id": key, "schema": schema, "datasets": [dataset], "properties": _filled(told)}) + b"\n"
        for view in views
        if view.kind in WHY and isinstance(view, SubjectView) and not view.is_person
        for key, schema, told in _pair(view, canonical(urls.record(view.kind, view.id)))
    )


def _pair(view: SubjectView, address: str) -> Iterator[tuple[str, str, dict[str, list[object]]]]:
    """(id, schema, properties) of the subject and of the decision about it."""
    shown, (reasons, scopes, topic) = SHOWN[view.kind], WHY[view.kind]
    own = hashlib.sha256(address.encode()).hexdigest()[:40]
    subject = f"uscc-{view.subject_code}" if view.subject_code else f"subject-{own}"
    yield (
        subject,
        schema_of(view),
        {
            "name": [view.subject_name],
            "legalForm": [LABELS[view.subject_type]],
            "country": ["cn"],
            "uscCode": [view.subject_code],
            "topics": [topic],
            "sourceUrl": [address],
        },
    )
    day: dt.date | None = view.objection_received_on
    yield (
        f"{view.kind.value}-{own}",
        "Sanction",
        {
            "entity": [subject],
            "country": ["cn"],
            "authority": [getattr(view, shown.authority)],
            "authorityId": [getattr(view, shown.number) if shown.number else ""],
            "program": [(shown.list_name and getattr(view, shown.list_name)) or LABELS[view.kind]],
            "reason": _texts(view, reasons),
            "provisions": _texts(view, scopes),
            "status": [f"异议处理中（{day} 受理）" if day else ""],
            "startDate": [getattr(view, shown.day)],
            "endDate": [view.public_until],
            "recordId": [view.id],
            "sourceUrl": [address],
            "modifiedAt": [view.updated_on or view.published_on],
        },
    )


def schema_of(view: SubjectView) -> str:
    """Whether the subject is a company, another organisation, or a trader of whom the model does not say."""
    if view.subject_type is SubjectType.INDIVIDUAL_BUSINESS:
        return "LegalEntity"
    return "Company" if view.subject_code.startswith(COMPANY) else "Organization"


def _texts(view: View, fields: Iterable[str]) -> list[object]:
    """The texts of these fields, each once; a list's items are texts of their own."""
    found = [getattr(view, field) for field in fields]
    return list(dict.fromkeys(one for text in found for one in (text if isinstance(text, tuple) else (text,))))


def _filled(told: dict[str, list[object]]) -> dict[str, list[object]]:
    """The properties that have a value."""
    return {name: kept for name, values in told.items() if (kept := [one for one in values if one])}
