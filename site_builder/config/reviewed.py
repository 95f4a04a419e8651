"""``law.reviewed`` of ``site.yml``: which rules a lawyer has reviewed, who, and when."""

from __future__ import annotations

from dataclasses import dataclass
import datetime as dt
from typing import Final

from site_builder.config.fields import Fields

_DIGEST: Final = "[0-9a-f]{64}"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The digest of the law's folder that was signed (as ``law show`` tells it), by whom, on which day."""

    digest: str
    by: str
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class SiteLaw:
    """``law:`` what lawyers say of the law a site is built by."""

    reviewed: Reviewed | None = None
    """What was reviewed, where anything was."""


def read_site_law(fields: Fields) -> SiteLaw:
    """The mapping ``law``. Notes every fault."""
    law = SiteLaw(read_reviewed(fields.section("reviewed")) if "reviewed" in fields.names() else None)
    fields.finish()
    return law


def read_reviewed(fields: Fields) -> Reviewed:
    """The mapping ``reviewed`` under it. Notes every fault."""
    hint = "应当是 64 位的 SHA-256，site-builder law show 写在审查表里"
    reviewed = Reviewed(
        digest=fields.text("digest", required=True, pattern=_DIGEST, expected=hint),
        by=fields.text("by", required=True),
        on=fields.day("on", required=True),
    )
    fields.finish()
    return reviewed
