"""What changes in a city's law from one day to another: its rules as sentences, its words, its articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
import datetime as dt
from pathlib import Path
from typing import Final

import msgspec

from site_builder.config.source import Faults, Mapping, Node, plain
from site_builder.config.source import Sequence as NodeList
from site_builder.law.dated import in_force, told
from site_builder.law.english import read_node
from site_builder.law.review import LawReview, ReviewLine, named, review
from site_builder.law.text import law_text, read_law_text
from site_builder.law.words import WORDS
from site_builder.rules.ruleset import Law, RuleSet

TEXT: Final = "条文"
_DAY: Final = dt.timedelta(days=1)


class LawChange(msgspec.Struct, frozen=True):
    """One thing that reads otherwise from a day on: where it stands, how it is called, and how it read and reads.

    ``before`` is empty for what begins on that day, ``after`` for what ended on the day before.
    """

    day: dt.date
    where: str
    head: str
    before: str
    after: str


def law_changes(folder: Path, law: Law, first: dt.date, last: dt.date, texts: Sequence[Path]) -> tuple[LawChange, ...]:
    """The changes on the days after ``first``, up to ``last``, of the law that was read from a folder; in order.

    ``texts`` are the files of the regulations' texts.

    Raises ``SiteBuilderError`` as ``review`` does.
    """
    found: list[LawChange] = []
    for day in (one for one in law.changes_after(first) if one <= last):
        before, after = (_counted(_all(folder, law.on(one), texts)) for one in (day - _DAY, day))
        for key in dict.fromkeys((*before, *after)):
            old, new = before.get(key, ""), after.get(key, "")
            if old != new:
                found.append(LawChange(day, key[0], key[1], old, new))
    return tuple(found)


def dated_review(folder: Path, law: Law, day: dt.date) -> LawReview:
    """The table of the law in force on a day, with the days of what does not always read so. Raises as ``review``."""
    shown = review(folder, law.on(day), read_law_text(folder, day))
    if len(law.versions) == 1:
        return shown
    tables = [_counted(_sentences(folder, one)) for one in law.versions]
    ends = [*(one.since - _DAY for one in law.versions[1:]), dt.date.max]
    here = law.versions.index(law.on(day))
    seen: Counter[tuple[str, str]] = Counter()
    parts = []
    for part in shown.parts:
        lines = []
        for line in part.lines:
            head = part.title, _head(line)
            seen[head] += 1
            key = *head, seen[head]
            first, last = here, here
            while first > 0 and tables[first - 1].get(key) == tables[here][key]:
                first -= 1
            while last + 1 < len(tables) and tables[last + 1].get(key) == tables[here][key]:
                last += 1
            lines.append(msgspec.structs.replace(line, days=told(law.versions[first].since, ends[last])))
        parts.append(msgspec.structs.replace(part, lines=tuple(lines)))
    return msgspec.structs.replace(shown, parts=tuple(parts))


def _counted(lines: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, int], str]:
    """Where, head and text of lines; what is called alike is counted from 1."""
    found: dict[tuple[str, str, int], str] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for where, head, text in lines:
        seen[where, head] += 1
        found[where, head, seen[where, head]] = text
    return found


def _all(folder: Path, version: RuleSet, texts: Sequence[Path]) -> Iterator[tuple[str, str, str]]:
    """All that a version says: the sentences of its rules, its words, its articles."""
    yield from _sentences(folder, version)
    if (folder / WORDS).is_file():
        faults = Faults(str(folder / WORDS))
        node = read_node(folder / WORDS, faults)
        if node is not None:
            yield from ((WORDS, path, text) for path, text in _flat(in_force(node, version.since, faults)))
    for file in texts:
        text = law_text(file, version.since)
        where = f"{TEXT}（{file.name}）"
        yield from ((where, one.label, "".join(text.words(one.number))) for one in text.articles.values())


def _sentences(folder: Path, version: RuleSet) -> Iterator[tuple[str, str, str]]:
    for part in review(folder, version, None).parts:
        for line in part.lines:
            articles = f"（{named(line.articles, version.code)}）" if line.articles else ""
            yield part.title, _head(line), line.sentence + articles


def _head(line: ReviewLine) -> str:
    return f"{line.head}（{line.code}）"


def _flat(node: Node, path: str = "") -> Iterator[tuple[str, str]]:
    """What is written, by its path; a list of words is one."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield from _flat(value, f"{path}.{key.text}" if path else key.text)
    elif isinstance(node, NodeList) and any(isinstance(one, Mapping) for one in node.items):
        for number, one in enumerate(node.items, start=1):
            yield from _flat(one, f"{path}[{number}]")
    else:
        said = plain(node)
        yield path, "、".join(map(str, said)) if isinstance(said, list) else str(said)
