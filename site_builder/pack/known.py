"""How the national tables call a kind's columns and words, their older forms too: ``kinds/<kind>/headings.yml``.

Headings are compared after NFKC, without spaces, in one letter case; so brackets of either width are one.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
import re
from typing import Final
import unicodedata

import msgspec

from site_builder.config.fields import Fields
from site_builder.config.source import Faults, parse_yaml, read_text
from site_builder.export.schema import headers
from site_builder.kinds import record
from site_builder.vocabulary import Kind

HEADINGS: Final = "headings.yml"
_NUMBER: Final = re.compile("身份证(?!件?(?:类|种|明))|身份号|证件号|证件编号")
_OTHERS: Final = re.compile("法定代表|法人代表|法人身份|法人证件|负责人|经办|代理|联系|委托|监护|执法|单位|企业|机构")
"""Numbers that are not the subject's own."""

_MIDNIGHT: Final = " 00:00:00"


class KnownTable(msgspec.Struct, frozen=True):
    """The tables a kind's records come in.

    ``columns``: folded heading → machine name. ``dropped``: folded headings of what is never shown and not exported.
    ``births``: those of them that tell a natural person's birth. ``joined``: the columns several of theirs make up
    together. ``words``: by machine name, what they write and we do.
    """

    columns: dict[str, str] = {}
    dropped: frozenset[str] = frozenset()
    births: frozenset[str] = frozenset()
    joined: frozenset[str] = frozenset()
    words: dict[str, dict[str, str]] = {}

    def name(self, heading: str) -> str | None:
        """The machine name of a heading, None where it is none of theirs."""
        return self.columns.get(folded(heading))

    def drops(self, heading: str) -> bool:
        """Whether the column under a heading is never exported."""
        return folded(heading) in self.dropped

    def tells_birth(self, heading: str) -> bool:
        """Whether a heading of no table they know is one of natural persons' own ID numbers, by what it says."""
        spelt = folded(heading)
        return bool(self.births and _NUMBER.search(spelt)) and not _OTHERS.search(spelt)

    def word(self, name: str, written: str) -> str | None:
        """What a cell of theirs is in our words, None where theirs is no special word."""
        text = unicodedata.normalize("NFKC", written).strip().removesuffix(_MIDNIGHT)
        return self.words.get(name, {}).get(text)


def folded(heading: str) -> str:
    """A heading as it is compared."""
    return "".join(unicodedata.normalize("NFKC", heading).split()).upper()


@cache
def known_table(kind: Kind) -> KnownTable:
    """The tables of a kind; empty where none is known. Raises ``SiteBuilderError`` where the file is wrong."""
    path = Path(record.__file__).parent / kind.value.replace("-", "_") / HEADINGS
    if not path.is_file():
        return KnownTable()
    faults = Faults(str(path))
    fields = Fields(parse_yaml(read_text(path), faults), faults)
    columns, words, known = fields.section("columns"), fields.section("words"), headers(kind)
    called = {folded(one): name for name in columns.names() for one in columns.texts(name)}
    theirs = {name: words.section(name) for name in words.names()}
    table = KnownTable(
        columns=called,
        dropped=frozenset(map(folded, fields.texts("dropped"))),
        births=frozenset(map(folded, fields.texts("births"))),
        joined=frozenset(fields.texts("joined")),
        words={name: {one: inner.text(one) for one in inner.names()} for name, inner in theirs.items()},
    )
    for name in {*called.values(), *table.joined, *theirs} - set(known):
        faults.add("unknown-column", fields.row, f"{kind} 没有「{name}」这一列", "改正列名")
    for each in (*theirs.values(), columns, words, fields):
        each.finish()
    faults.stop()
    return table
