"""What changes in a city's law from one day to another: its rules as sentences, its words, its articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
import datetime as dt
from pathlib import Path
from typing import Final

import msgspec

from site_builder.config.source import Faults, Mapping, Node, Sequence, parse_yaml, plain, read_text
from site_builder.law.dated import in_force
from site_builder.law.review import named, review
from site_builder.law.text import read_law_text
from site_builder.law.words import WORDS
from site_builder.rules.ruleset import Law, RuleSet

TEXT: Final = "条文"


class LawChange(msgspec.Struct, frozen=True):
    """One thing that reads otherwise from a day on: where it stands, how it is called, and how it read and reads.

    ``before`` is empty for what begins on that day, ``after`` for what ended on the day before.
    """

    day: dt.date
    where: str
    head: str
    before: str
    after: str


def law_changes(folder: Path, law: Law, first: dt.date, last: dt.date) -> tuple[LawChange, ...]:
    """The changes on the days after ``first``, up to ``last``, of the law that was read from a folder; in order.

    Raises ``SiteBuilderError`` as ``review`` does.
    """
    found: list[LawChange] = []
    for day in (one for one in law.changes_after(first) if one <= last):
        before, after = (_table(folder, law.on(one)) for one in (day - dt.timedelta(days=1), day))
        for key in dict.fromkeys((*before, *after)):
            old, new = before.get(key, ""), after.get(key, "")
            if old != new:
                found.append(LawChange(day, key[0], key[1], old, new))
    return tuple(found)


def _table(folder: Path, version: RuleSet) -> dict[tuple[str, str, int], str]:
    """All that a version says; what is called alike is counted from 1."""
    told: dict[tuple[str, str, int], str] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for where, head, text in _lines(folder, version):
        seen[where, head] += 1
        told[where, head, seen[where, head]] = text
    return told


def _lines(folder: Path, version: RuleSet) -> Iterator[tuple[str, str, str]]:
    for part in review(folder, version, None).parts:
        for line in part.lines:
            articles = f"（{named(line.articles, version.code)}）" if line.articles else ""
            yield part.title, f"{line.head}（{line.code}）", line.sentence + articles
    if (folder / WORDS).is_file():
        faults = Faults(str(folder / WORDS))
        node = parse_yaml(read_text(folder / WORDS), faults)
        if node is not None:
            yield from ((WORDS, path, text) for path, text in _flat(in_force(node, version.since, faults)))
    text = read_law_text(folder, version.since)
    for article in text.articles.values() if text is not None else ():
        yield TEXT, article.label, "".join(text.words(article.number)) if text is not None else ""


def _flat(node: Node, path: str = "") -> Iterator[tuple[str, str]]:
    """What is written, by its path; a list of words is one."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield from _flat(value, f"{path}.{key.text}" if path else key.text)
    elif isinstance(node, Sequence) and any(isinstance(one, Mapping) for one in node.items):
        for number, one in enumerate(node.items, start=1):
            yield from _flat(one, f"{path}[{number}]")
    else:
        said = plain(node)
        yield path, "、".join(map(str, said)) if isinstance(said, list) else str(said)
