"""Published text that names a record which is withheld today: by its subject's name, its code, its document's number.

Only told to the webmaster, with file and row, never the value: no record's fate depends on a withheld one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
import contextlib
import datetime as dt
from functools import lru_cache
from pathlib import Path
import re
from typing import Final

from ahocorasick_rs import BytesAhoCorasick
import msgspec

from site_builder.config.site import Site
from site_builder.config.source import Faults, Node, Scalar, parse_yaml, read_text
from site_builder.config.source import Mapping as YamlMapping
from site_builder.content.announcements import FOLDER, announced
from site_builder.content.markdown import DEEDS, words_of
from site_builder.decide.called import called
from site_builder.decide.survey import Survey, Surveyed, SurveyJob
from site_builder.errors import Finding, Place, SiteBuilderError
from site_builder.export.rows import read_rows
from site_builder.rules.decision import Reason
from site_builder.rules.private_text import free_texts
from site_builder.rules.ruleset import view_of
from site_builder.vocabulary import Kind
from site_builder.workers import Engine

CODE: Final = "names-withheld"
ATTACHED: Final = "attachment-names-withheld"
PAGES: Final = "pages"
LISTS: Final = "lists.yml"
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)


class Search(msgspec.Struct, frozen=True):
    """The second reading of an export: the survey, why each record is withheld, the words looked for."""

    survey: Survey
    reasons: Mapping[Kind, Mapping[str, tuple[Reason, ...]]]
    words: frozenset[str]


class Named(msgspec.Struct, frozen=True):
    """What a shard's published texts name, each place with the words, and the words its own records are called by."""

    found: tuple[tuple[Place, frozenset[str]], ...]
    public: frozenset[str]


def search_of(
    survey: Survey, surveys: Iterable[Surveyed], reasons: Mapping[Kind, Mapping[str, tuple[Reason, ...]]]
) -> Search:
    """What to look for: how the records that are withheld could be named."""
    words = frozenset(
        word for one in surveys for key, words in one.called if key in reasons[one.kind] for word in words
    )
    return Search(survey, reasons, words)


def names_withheld(
    site: Site,
    search: Search,
    jobs: Iterable[SurveyJob],
    engine: Engine,
    attached: Sequence[tuple[Place, str]] = (),
) -> Iterator[Finding]:
    """A warning for each place of a published record or of the site's pages that names a withheld record.

    For a file ``attached`` to an announcement (place, one of its texts) it is a guard: it stops a new release.
    """
    if not search.words:
        return
    named = list(engine.run(in_shard, search, jobs))
    secret = search.words.difference(*(one.public for one in named))
    found = [(place, words) for one in named for place, words in one.found]
    if secret:
        pattern = searcher(secret)
        found += _named(_of_site(site, search.survey.facts.as_of), pattern)
        named_there = {place for place, text in attached if in_text(text, pattern) & secret}
        for place in sorted(named_there):
            message = "附件写到了一条今天不公开的记录（它的主体名称、代码或者文书号）"
            hint = f"换掉附件，或者撤下公告；核对过可以这样写的，用 --allow {ATTACHED}"
            yield Finding(ATTACHED, place, message, hint)
    for place, words in sorted(found, key=lambda one: one[0]):
        if words & secret:
            message = "写到了一条今天不公开的记录（它的主体名称、代码或者文书号）"
            hint = "核对这一处：不该再提到的，改写；别的主体恰好同名的，不用管"
            yield Finding(CODE, place, message, hint, warning=True)


def in_shard(search: Search, job: SurveyJob) -> Named:
    """What the published records of a shard name."""
    survey, batch, pattern = search.survey, job.batch, searcher(search.words)
    cells = (batch.columns, batch.numbers, batch.rows)
    withheld = search.reasons[job.kind]
    found: list[tuple[Place, frozenset[str]]] = []
    public: set[str] = set()
    for row in read_rows(job.kind, batch.file, *cells, survey.photos, survey.created, survey.rules.effects):
        if row.record is None or row.record.id in withheld:
            continue
        public.update(search.words.intersection(called(row.record)))
        for column, text in free_texts(view_of(row.record, survey.law, survey.facts)):
            if words := in_text(f"{text}\n{words_of(text)}" if column == DEEDS else text, pattern):
                found.append((Place(batch.file, row.number, column), words))
    return Named(tuple(found), frozenset(public))


@lru_cache(maxsize=2)
def searcher(words: frozenset[str]) -> BytesAhoCorasick:
    """Words to be looked for together, however many they are; made once a process for all shards."""
    return BytesAhoCorasick([_bytes(word) for word in words])


def in_text(text: str, words: BytesAhoCorasick) -> frozenset[str]:
    """The words that stand in a text."""
    data = _bytes(text)
    places = words.find_matches_as_indexes(data, overlapping=True)
    return frozenset(data[start:end].decode("utf-8", "surrogatepass") for _, start, end in places)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _named(texts: Iterable[tuple[Place, str]], pattern: BytesAhoCorasick) -> Iterator[tuple[Place, frozenset[str]]]:
    """What is named where; of a whole file what none of its lines before named."""
    lines: dict[str, frozenset[str]] = {}
    for place, text in texts:
        words, before = in_text(text, pattern), lines.get(place.file, frozenset())
        lines[place.file] = before | words
        yield place, words if place.row else words - before


def _of_site(site: Site, as_of: dt.date) -> Iterator[tuple[Place, str]]:
    """Every line of the site's pages and the day's announcements, every text of its lists; no comment is shown.

    A page at its end once more as it is read: a name may be divided by markup or by the end of a line.
    """
    for path in (*sorted((site.folder / PAGES).glob("*.md")), *_announced(site, as_of)):
        text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), path.read_text("utf-8"))
        yield from ((Place(_shown(path, site), number), line) for number, line in enumerate(text.splitlines(), 1))
        yield Place(_shown(path, site)), words_of(text)
    path = site.folder / LISTS
    if path.is_file():
        for one in _scalars(parse_yaml(read_text(path), Faults(str(path)))):
            yield Place(_shown(path, site), one.row), one.text


def _announced(site: Site, as_of: dt.date) -> list[Path]:
    """The files of the announcements that stand; those that cannot be read are told of elsewhere."""
    with contextlib.suppress(SiteBuilderError):
        return [site.folder / FOLDER / f"{one.stem}.md" for one in announced(site.folder, as_of)]
    return []


def _shown(path: Path, site: Site) -> str:
    return path.relative_to(site.folder).as_posix()


def _scalars(node: Node | None) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, YamlMapping):
        for key, value in node.entries:
            yield key
            yield from _scalars(value)
    elif node is not None:
        for one in node.items:
            yield from _scalars(one)
