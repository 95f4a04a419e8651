"""What ``data/entities.ftm.json`` must hold of a shard, written a second time from the published records.

It is held byte for byte. Apart from the program's own writer: which records have entities, what an entity is called
and what it may say is told here once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
import datetime as dt
from functools import lru_cache
import hashlib
import json
from typing import Any, Final

from site_builder.audit.rows import Digested, day_text, digested
from site_builder.pages import urls
from site_builder.public.view import View
from site_builder.vocabulary import Kind

_SORTS: Final = {
    "legal_person": "法人",
    "unincorporated": "非法人组织",
    "individual_business": "个体工商户",
    "organisation": "法人及非法人组织",
}
"""The subjects that have entities."""


def entities(views: Sequence[View], canonical: Callable[[str], str], dataset: str) -> Digested:
    """The lines of a shard's records."""
    lines = (line for view in views for line in _lines(view, canonical(urls.record(view.kind, view.id)), dataset))
    return digested("".join(lines).encode())


def _lines(view: View, address: str, dataset: str) -> Iterator[str]:
    decision = _decision(view)
    sort = _SORTS.get(str(getattr(view, "subject_type", "")))
    if decision is None or sort is None:
        return
    record: Any = view
    list_name, number, reasons, scopes, day = decision
    code: str = record.subject_code
    mark = hashlib.sha256(address.encode()).hexdigest()[:40]
    subject = "uscc-" + code if code else "subject-" + mark
    schema = "Company" if code[:2] == "91" else "Organization"
    topic = "reg.warn" if view.kind is Kind.WATCH else "reg.action"
    received, last = record.objection_received_on, view.public_until
    changed = view.published_on if view.updated_on is None else view.updated_on
    yield (
        f'{{"id":"{subject}","schema":"{"LegalEntity" if sort == "个体工商户" else schema}","datasets":["{dataset}"],'
        f'"properties":{{{_all("name", record.subject_name)}"legalForm":["{sort}"],"country":["cn"],'
        f'{_all("uscCode", code)}"topics":["{topic}"],"sourceUrl":["{address}"]}}}}\n'
    )
    yield (
        f'{{"id":"{view.kind.value}-{mark}","schema":"Sanction","datasets":["{dataset}"],'
        f'"properties":{{"entity":["{subject}"],"country":["cn"],{_all("authority", record.authority)}'
        f"{_all('authorityId', number)}{_all('program', list_name)}{_all('reason', *reasons)}"
        f"{_all('provisions', *scopes)}"
        f"{'' if received is None else _all('status', f'异议处理中（{day_text(received)} 受理）')}"
        f'"startDate":["{day_text(day)}"],{"" if last is None else _all("endDate", day_text(last))}'
        f'"recordId":["{view.id}"],"sourceUrl":["{address}"],"modifiedAt":["{day_text(changed)}"]}}}}\n'
    )


def _decision(view: View) -> tuple[str, str, Sequence[str], Sequence[str], dt.date] | None:
    """What was decided: by which list, under which number, why, with what, on what day; None where it is no such."""
    one: Any = view
    if view.kind is Kind.SEVERE:
        name = one.list_name or "严重失信主体名单"
        return name, one.decision_no, (one.cause,), (one.measures_notice,), one.listed_on
    if view.kind is Kind.WATCH:
        return "重点关注主体名单", "", (one.cause,), (one.measures,), one.listed_on
    if view.kind is Kind.PENALTY:
        return "行政处罚", one.decision_no, (one.violation, one.conduct), (*one.types, one.content), one.decided_on
    return None


@lru_cache(maxsize=5_000)
def _all(name: str, *values: str) -> str:
    """A property and a comma: what is empty is left out, what is said twice is told once."""
    texts = [json.dumps(value, ensure_ascii=False) for value in dict.fromkeys(values) if value]
    return f'"{name}":[{",".join(texts)}],' if texts else ""
