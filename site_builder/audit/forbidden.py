"""From the export's records: the values that may not leave, less those that published text holds, and excused numbers.

What is public is told by values, never by place: published views, the site folder's own texts, the theme, the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
import datetime as dt
import io
from pathlib import Path
from typing import Final
import zipfile

import msgspec
import xlsxwriter

from site_builder.audit.numbers import Excused, numbers_in
from site_builder.audit.patterns import Matcher, Pattern, Verdicts
from site_builder.audit.running import Runner
from site_builder.audit.staged import Expected, Shard
from site_builder.audit.values import Form, Value, strings, values_of, withheld_values
from site_builder.config.site import Site
from site_builder.records.values import is_credit_code
from site_builder.rules.personal_data import CODE_FIELDS, PROCEDURE_FIELDS
from site_builder.rules.ruleset import Record, view_of
from site_builder.search.lookup.normalise import fold

CODE_COLUMNS: Final = frozenset({"subject_code", "authority_code"})
"""The export's columns of organisation codes."""

PROGRAM: Final = Path(__file__).resolve().parents[1]
_SITE_FILES: Final = ("site.yml", "lists.yml", "authorities.yml")
_SITE_FOLDERS: Final = ("pages", "laws")
_WORDS: Final = frozenset({".py", ".html", ".js", ".css", ".svg", ".yml", ".md", ".json", ".txt", ".xml"})


@dataclass(frozen=True, slots=True)
class Forbidden:
    """What to look for: ``raw`` in texts, ``folded`` in the lookup's keys; and the numbers that may stand there."""

    raw: Matcher
    folded: Matcher
    excused: Excused
    holds_up: bool


class Gathered(msgspec.Struct, frozen=True):
    """What one shard has: values that may not leave, organisations' codes, numbers that may be shown."""

    values: frozenset[Value]
    codes: frozenset[str]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Reading:
    expected: Expected
    raw: Matcher
    folded: Matcher


def forbidden(
    site: Site, themes: Iterable[Path], expected: Expected, public: Iterable[str], run: Runner, jobs: int
) -> Forbidden:
    """Gather, then let published text speak. ``public`` are further texts that may be shown."""
    values: dict[str, Value] = {}
    codes: set[str] = set()
    numbers: set[str] = set()
    for found in run(gather, expected, expected.shards, jobs):
        codes |= found.codes
        numbers |= found.numbers
        for value in found.values:
            _keep(values, value)
    for item in site.overlay:
        for value in (*values_of("name", item.by), *values_of("why", item.why)):
            _keep(values, value)
    total = sum(expected.rows.values())
    candidates = [Pattern(values[text]) for text in sorted(values) if not _may_be_a_count(text, total)]
    raw, folded = Matcher(candidates), Matcher(_folded(candidates))
    verdicts, of_keys = Verdicts(), Verdicts()
    for one, other in run(read_published, _Reading(expected, raw, folded), expected.shards, jobs):
        verdicts.add(one)
        of_keys.add(other)
    for text in site_texts(site):
        verdicts.read(raw, text)
        numbers |= numbers_in(text.decode("utf-8", "replace"))
    for text in (*program_texts(themes), *(one.encode() for one in (expected.name, expected.version, *public))):
        verdicts.read(raw, text)
    left = verdicts.left(raw)
    known = {one.value.text for one in left}
    keys = [
        one for number, one in enumerate(folded.patterns) if number not in of_keys.public and one.value.field in known
    ]
    excused = Excused(frozenset(codes), frozenset(numbers | codes))
    return Forbidden(Matcher(left), Matcher(keys), excused, any("../" in text for text in known))


def gather(expected: Expected, shard: Shard) -> Gathered:
    """What one shard has."""
    values: set[Value] = set()
    codes: set[str] = set()
    numbers: set[str] = set()
    for record in shard.published():
        codes.update(text.upper() for name, text in strings(record) if _is_code(record, name, text))
        shown = _shown(record, expected)
        values.update(withheld_values(record, frozenset(text for _, text in shown)))
        for name, text in shown:
            if name in CODE_FIELDS or name in PROCEDURE_FIELDS:
                numbers |= numbers_in(text)
    for record in shard.kept_back():
        values.update(withheld_values(record))
    return Gathered(frozenset(values), frozenset(codes), frozenset(numbers))


def read_published(reading: _Reading, shard: Shard) -> tuple[Verdicts, Verdicts]:
    """What the shard's published records say of the candidates, as texts and as keys of the lookup."""
    texts, keys = Verdicts(), Verdicts()
    for record in shard.published():
        shown = _shown(record, reading.expected)
        texts.read(reading.raw, "\n".join(text for _, text in shown).encode("utf-8", "surrogatepass"))
        named = [
            text for name, text in shown if name in {"subject_name", "name", "title", "subject_code", "decision_no"}
        ]
        keys.read(reading.folded, "\n".join(map(fold, named)).encode("utf-8", "surrogatepass"))
    return texts, keys


def site_texts(site: Site) -> Iterator[bytes]:
    """The site folder's public files; not the overlay, which is private."""
    paths = {site.folder / name for name in _SITE_FILES} | {site.file} | {law.file for law in site.laws}
    for name in _SITE_FOLDERS:
        paths.update((site.folder / name).rglob("*"))
    for path in sorted(paths):
        if path.is_file():
            yield path.read_bytes()


def program_texts(themes: Iterable[Path]) -> Iterator[bytes]:
    """The words of the theme, of the program itself, and of an empty workbook."""
    for folder in (PROGRAM, *themes):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in _WORDS:
                yield path.read_bytes()
    empty = io.BytesIO()
    with xlsxwriter.Workbook(empty, {"in_memory": True}) as book:
        book.set_properties({"title": "", "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001  # any day does
        book.add_worksheet()
    with zipfile.ZipFile(empty) as archive:
        yield from (archive.read(name) for name in archive.namelist())


def _shown(record: Record, expected: Expected) -> list[tuple[str, str]]:
    """(field, text) of everything a visitor may see of the record."""
    view = view_of(record, expected.rules, expected.facts)
    return list(strings(view))  # type: ignore[arg-type]  # a view has the same sorts of fields


def _is_code(record: Record, name: str, text: str) -> bool:
    person = name == "subject_code" and getattr(record, "is_person", False)
    return name in CODE_COLUMNS and not person and is_credit_code(text)


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
