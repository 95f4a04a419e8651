"""What the templates of the optional kinds get; as in ``contexts``, one frozen structure a template."""

from __future__ import annotations

import datetime as dt

import msgspec

from site_builder.pages.contexts import Advice, Basis, Citation, Contact, Link


class OptionalRow(msgspec.Struct, frozen=True, gc=False):
    """``optional-row.html``: a record in a list; ``cells`` are (label, text), the text empty where there is none."""

    href: str
    name: str
    code: str
    region: str
    cells: tuple[tuple[str, str], ...]
    public_until: dt.date | None
    objection: bool


class Fact(msgspec.Struct, frozen=True, gc=False):
    """One thing a record says: what it is called, and its paragraphs, those that cite linked."""

    label: str
    texts: tuple[Basis, ...]


class OptionalPage(msgspec.Struct, frozen=True, gc=False):
    """``optional.html``: one record. ``meaning`` is what its category means, by ``law``; ``about`` tells of its kind.

    ``advice`` is what its subject can do; ``verdict`` and ``doors`` as of an entry, empty where it has no subject.
    ``tone`` is its kind's, see ``Shown``.
    """

    id: str
    name: str
    verdict: str
    doors: tuple[Link, ...]
    kind: str
    tone: str
    code: str
    tags: tuple[str, ...]
    objection_received_on: dt.date | None
    public_until: dt.date | None
    facts: tuple[Fact, ...]
    meaning: str
    law: Basis
    about: str
    advice: tuple[Advice, ...]
    contact: Contact
    citation: Citation
    crumbs: tuple[Link, ...]
