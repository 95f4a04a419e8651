"""From the export's records: the values that may not leave, less those that published text holds, and excused numbers.

What is public is told by values, never by place: published views, the site folder's own texts, the theme, the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
import datetime as dt
from pathlib import Path
import re
import tempfile
from typing import Final

import msgspec

from site_builder.attachments.kinds import open_attachment
from site_builder.attempts import put
from site_builder.audit import addresses
from site_builder.audit.indexes import SEARCHED
from site_builder.audit.numbers import Excused, numbers_in
from site_builder.audit.own_words import law_texts, program_texts, syllables
from site_builder.audit.patterns import Matcher, Pattern, Verdicts
from site_builder.audit.running import Runner
from site_builder.audit.staged import Expected, Shard
from site_builder.audit.values import Form, Value, strings, values_of, withheld_values
from site_builder.config.site import CITY, Site
from site_builder.content.announcements import announced
from site_builder.content.markdown import DEEDS, words_of
from site_builder.pages import urls
from site_builder.records.record import Record
from site_builder.records.values import is_credit_code
from site_builder.rules.personal_data import CODE_FIELDS, PROCEDURE_FIELDS
from site_builder.rules.ruleset import view_of
from site_builder.search.lookup.normalise import fold
from site_builder.vocabulary import Kind

CODE_COLUMNS: Final = frozenset({"subject_code", "authority_code"})
"""The export's columns of organisation codes."""

_NUMBERED: Final = CODE_FIELDS | PROCEDURE_FIELDS
_COMMENTS: Final = {
    ".md": re.compile(rb"<!--.*?-->", re.DOTALL),
    ".yml": re.compile(rb"(?:^|(?<=[ \t]))#[^\n]*", re.MULTILINE),
}
"""What is written in a file and shown nowhere; a ``#`` within a quoted text of YAML goes too, which only hides less."""
_TAG: Final = re.compile(r"<[A-Za-z/!][^<>]*>")
_SITE_FILES: Final = ("site.yml", "lists.yml", "authorities.yml")
_LAW_FILES: Final = (CITY, "rules.yml", "words.yml")
_SITE_FOLDERS: Final = ("pages", "laws")


@dataclass(frozen=True, slots=True)
class Forbidden:
    """What to look for: ``raw`` in texts, ``folded`` in the lookup's keys; and the numbers that may stand there.

    ``holds_up``, ``holds_tags``: among it are values in which a way up, or a tag, stands.
    """

    raw: Matcher
    folded: Matcher
    excused: Excused
    holds_up: bool
    holds_tags: bool
    counts: dict[tuple[Kind, int], Tally]


class Tally(msgspec.Struct, frozen=True):
    """How many records of a shard are published, and how many are kept back."""

    published: int
    kept_back: int


class Gathered(msgspec.Struct, frozen=True):
    """What one shard has: values that may not leave, organisations' codes, numbers that may be shown.

    ``texts`` is a file of every text shown, each once, ``keys`` one of those the lookup is searched by, folded.
    """

    shard: tuple[Kind, int]
    count: Tally
    values: frozenset[Value]
    codes: frozenset[str]
    numbers: frozenset[str]
    texts: Path
    keys: Path


@dataclass(frozen=True, slots=True)
class _Gathering:
    expected: Expected
    scratch: Path
    root: str


@dataclass(frozen=True, slots=True)
class _Reading:
    raw: Matcher
    folded: Matcher


def forbidden(site: Site, themes: Iterable[Path], expected: Expected, public: Iterable[str], run: Runner) -> Forbidden:
    """Gather, then let published text speak. ``public`` are further texts that may be shown."""
    values: dict[str, Value] = {}
    codes: set[str] = set()
    numbers: set[str] = set()
    counts: dict[tuple[Kind, int], Tally] = {}
    verdicts, of_keys = Verdicts(), Verdicts()
    root = urls.canonical(site.site.base_url, site.site.base_path, "")
    with tempfile.TemporaryDirectory() as scratch:
        files: list[tuple[Path, Path]] = []
        for found in run(gather, _Gathering(expected, Path(scratch), root), expected.shards):
            counts[found.shard] = found.count
            files.append((found.texts, found.keys))
            codes |= found.codes
            numbers |= found.numbers
            for value in found.values:
                _keep(values, value)
        private = [(item.by, item.why) for item in site.overlay]
        private += [(item.by, item.reason) for item in site.waivers.written]
        for by, why in private:
            for value in (*values_of("name", by), *values_of("why", why)):
                _keep(values, value)
        total = sum(expected.rows.values())
        candidates = [Pattern(values[text]) for text in sorted(values) if not _may_be_a_count(text, total)]
        raw, folded = Matcher(candidates), Matcher(_folded(candidates))
        for one, other in run(read_published, _Reading(raw, folded), files):
            verdicts.add(one)
            of_keys.add(other)
    said = list(announced_texts(site, expected.facts.as_of))
    for text in (*site_texts(site), *(one.encode("utf-8", "replace") for one in said)):
        verdicts.read(raw, text)
        numbers |= numbers_in(text.decode("utf-8", "replace"))
    codes |= {one for text in said for one in numbers_in(text) if is_credit_code(one)}
    day = expected.facts.as_of
    further = [expected.name, expected.version, *public, *addresses.of_words(root, day), *_addresses(site, root)]
    further += (*law_texts(expected.law.on(day).words), *syllables())
    for text in (*program_texts(themes), "\n".join(further).encode()):
        verdicts.read(raw, text)
    left = verdicts.left(raw)
    known = {one.value.text: one for one in left}
    keys = [
        one for number, one in enumerate(folded.patterns) if number not in of_keys.public and one.value.field in known
    ]
    excused = Excused(frozenset(codes), frozenset(numbers | codes))
    up, tags = any("../" in text for text in known), any(_TAG.search(text) for text in known)
    return Forbidden(Matcher(left), Matcher(keys), excused, up, tags, counts)


def _addresses(site: Site, root: str) -> Iterator[str]:
    guides = sorted(path.stem for path in (site.folder / "pages").glob("*.md"))
    return addresses.of_pages(root, guides, (law.name for law in site.laws))


def gather(gathering: _Gathering, shard: Shard) -> Gathered:
    """What one shard has."""
    expected = gathering.expected
    values: set[Value] = set()
    codes: set[str] = set()
    numbers: set[str] = set()
    texts: dict[str, None] = {}
    keys: dict[str, None] = {}
    parted: dict[tuple[str, str], None] = {}
    published, kept_back = shard.published(), shard.kept_back()
    for record in published:
        shown = _shown(record, expected)
        said = frozenset([text for _, text in shown])
        texts.update(dict.fromkeys(said))
        texts[addresses.of_record(gathering.root, shard.kind, record.id)] = None
        for name, text in shown:
            texts[" ".join(text.split())] = None  # as names are looked for
            if name in addresses.PARTED:
                parted[name, text] = None
            if name in _NUMBERED:
                numbers |= numbers_in(text)
            if name == DEEDS:
                texts[words_of(text)] = None
            if name in SEARCHED:
                keys[text] = None
        for name in CODE_COLUMNS:
            if _is_code(record, name, code := getattr(record, name, "")):
                codes.add(code.upper())
        values.update(withheld_values(record, said))
    for record in kept_back:
        values.update(withheld_values(record))
    texts.update((addresses.of_value(gathering.root, shard.kind, *one), None) for one in parted)
    stem = f"{shard.kind}-{shard.number}"
    of_texts, of_keys = gathering.scratch / f"{stem}.texts", gathering.scratch / f"{stem}.keys"
    put(of_texts, "\n".join(texts).encode("utf-8", "surrogatepass"))
    put(of_keys, "\n".join(map(fold, keys)).encode("utf-8", "surrogatepass"))
    return Gathered(
        shard=(shard.kind, shard.number),
        count=Tally(len(published), len(kept_back)),
        values=frozenset(values),
        codes=frozenset(codes),
        numbers=frozenset(numbers),
        texts=of_texts,
        keys=of_keys,
    )


def read_published(reading: _Reading, files: tuple[Path, Path]) -> tuple[Verdicts, Verdicts]:
    """What a shard's published records say of the candidates, as texts and as keys of the lookup."""
    texts, keys = Verdicts(), Verdicts()
    texts.read(reading.raw, files[0].read_bytes())
    keys.read(reading.folded, files[1].read_bytes())
    return texts, keys


def announced_texts(site: Site, as_of: dt.date) -> Iterator[str]:
    """What the announcements of the day say, and their files to whoever opens them: all of it was asked before."""
    for one in announced(site.folder, as_of):
        written = (one.title, one.source, one.description, *(file.title for file in one.files), one.text)
        yield "\n".join((*written, words_of(one.text)))
        for file in one.files:
            yield "\n".join(open_attachment(file.path, file.place).said())


def site_texts(site: Site) -> Iterator[bytes]:
    """The site folder's public files without comments, which are shown nowhere; not the overlay, which is private.

    A page also as it is read: a name may be divided there by markup or by the end of a line.
    """
    paths = {site.folder / name for name in _SITE_FILES} | {site.file} | {law.file for law in site.laws}
    paths |= {site.law_folder / name for name in _LAW_FILES}
    for name in _SITE_FOLDERS:
        paths.update((site.folder / name).rglob("*"))
    for path in sorted(paths):
        if path.is_file():
            comment = _COMMENTS.get(path.suffix)
            data = path.read_bytes()
            text = comment.sub(b"", data) if comment is not None else data
            yield text
            if path.suffix == ".md" and path.is_relative_to(site.folder / "pages"):
                yield words_of(text.decode("utf-8", "replace")).encode("utf-8", "replace")


def _shown(record: Record, expected: Expected) -> list[tuple[str, str]]:
    """(field, text) of everything a visitor may see of the record."""
    view = view_of(record, expected.law, expected.facts)
    return list(strings(view))  # type: ignore[arg-type]  # a view has the same sorts of fields


def _is_code(record: Record, name: str, text: str) -> bool:
    """Whether the text is an organisation's code of digits; one with letters is no number and needs no excuse."""
    person = name == "subject_code" and getattr(record, "is_person", False)
    return text[:-1].isdigit() and not person and is_credit_code(text)


def _keep(values: dict[str, Value], value: Value) -> None:
    """Of a text that comes as several values, the one that is found most widely; then by the field's name."""
    known = values.get(value.text)
    order = list(Form)
    if known is None or (order.index(value.form), value.field) < (order.index(known.form), known.field):
        values[value.text] = value


def _may_be_a_count(text: str, total: int) -> bool:
    return text.isdigit() and text.isascii() and not text.startswith("0") and int(text) <= total


def _folded(candidates: Iterable[Pattern]) -> list[Pattern]:
    """Names, codes and numbers as the lookup's keys hold them; ``field`` keeps the text they come from."""
    found: list[Pattern] = []
    for one in candidates:
        if one.value.form is Form.TEXT:
            continue
        text = fold(one.value.text)
        if (len(text) >= 2 and not text.isascii()) or (len(text) >= 8 and not text.isalpha()):  # noqa: PLR2004
            found.append(Pattern(Value(text, Form.TEXT, one.value.text)))
    return found
