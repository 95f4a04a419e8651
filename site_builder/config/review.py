"""``law:`` of ``site.yml``: what lawyers say: answers on the rules above the law, and which rules they reviewed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
import datetime as dt
import enum
import json
import re
from typing import Final

import msgspec

from site_builder.config.fields import Fields
from site_builder.signing import signature_of, verifies
from site_builder.vocabulary import Level

SAMPLE: Final = "演示"
"""How the reference of a sample's answer begins: a real site cannot rest on it."""

_DIGEST: Final = "[0-9a-f]{64}"
_CITED: Final = re.compile(r"《[^《》]*[^《》\s][^《》]*》")


class Applies(enum.StrEnum):
    """Whether a rule above the city's applies to the site."""

    APPLIES = "applies"
    NOT_APPLICABLE = "not_applicable"
    PENDING = "pending"


class ReviewAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer: the rule's machine name, what is answered, why, by whom, under which file number, on which day.

    ``norm`` and ``norm_level``: what keeps a rule from applying, and its rank. ``sig``: the signature, a line of
    base64. ``row``: where it stands in ``site.yml``.
    """

    rule: str
    answer: Applies
    reason: str = ""
    norm: str = ""
    norm_level: Level | None = None
    by: str = ""
    reference: str = ""
    on: dt.date | None = None
    sig: str = ""
    row: int = 0

    def signed_text(self, export: str) -> bytes:
        """What is signed: the answer for the site whose export has this name, a JSON object with its keys in order."""
        said = {
            "answer": self.answer,
            "by": self.by,
            "export": export,
            "norm": self.norm,
            "norm_level": self.norm_level or "",
            "on": self.on.isoformat() if self.on else "",
            "reason": self.reason,
            "reference": self.reference,
            "rule": self.rule,
        }
        return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def signed_by(self, keys: Iterable[str], export: str) -> bool:
        """Whether one of these public keys signed it."""
        signature = signature_of(self.sig.encode())
        return signature is not None and any(verifies(key, signature, self.signed_text(export)) for key in keys)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The digest of the law's folder that was signed (as ``law show`` tells it), by whom, on which day."""

    digest: str
    by: str
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class LawReviews:
    """``law:`` what lawyers say of the law a site is built by."""

    review: tuple[ReviewAnswer, ...] = ()
    """Whether each rule above the city's applies to the site; signed, see docs/signing.md."""
    reviewed: Reviewed | None = None
    """Which rules were reviewed, where any were."""


def read_reviews(fields: Fields, *, demo: bool) -> LawReviews:
    """The mapping ``law``. Notes every fault."""
    answers: list[ReviewAnswer] = []
    for one in fields.sections("review"):
        answer = _answer(one, demo=demo)
        if answer.rule in {before.rule for before in answers}:
            one.faults.add("bad-value", one.row, f"「{answer.rule}」答复了两次", "只留一个")
        answers.append(answer)
    reviewed = _reviewed(fields.section("reviewed")) if "reviewed" in fields.names() else None
    fields.finish()
    return LawReviews(tuple(answers), reviewed)


def _answer(fields: Fields, *, demo: bool) -> ReviewAnswer:
    answer = Applies(fields.choice("answer", tuple(Applies), required=True, default=Applies.PENDING))
    given, not_applicable = answer is not Applies.PENDING, answer is Applies.NOT_APPLICABLE
    level = fields.choice("norm_level", tuple(Level), required=not_applicable)
    found = ReviewAnswer(
        rule=fields.text("rule", required=True),
        answer=answer,
        reason=fields.text("reason", required=not_applicable, lines=True),
        norm=fields.text("norm", required=not_applicable),
        norm_level=Level(level) if level else None,
        by=fields.text("by", required=given),
        reference=fields.text("reference", required=given),
        on=fields.day("on", required=given),
        sig=fields.text("sig"),
        row=fields.row,
    )
    if not_applicable and found.norm and not _CITED.search(found.norm):
        hint = "写明排在前面的规定，如 《…》第几条"
        fields.faults.add("bad-value", fields.row_of("norm"), f"「{fields.path}norm」没有写明《…》", hint)
    if given and not demo and found.reference.startswith(SAMPLE):
        hint = "由本站的律师答复，写上真的文号；还没有答复的写 answer: pending"
        fields.faults.add("bad-value", fields.row_of("reference"), "正式的网站不能用演示的答复", hint)
    fields.finish()
    return found


def _reviewed(fields: Fields) -> Reviewed:
    """The mapping ``reviewed`` under it. Notes every fault."""
    hint = "应当是 64 位的 SHA-256，site-builder law show 写在审查表里"
    reviewed = Reviewed(
        digest=fields.text("digest", required=True, pattern=_DIGEST, expected=hint),
        by=fields.text("by", required=True),
        on=fields.day("on", required=True),
    )
    fields.finish()
    return reviewed
