"""Everything public is found and nothing else: random queries of each kind, in Chromium, below a sub-folder.

The sample sites are asked as built; then the lookup of thousands of invented records takes the place of one's own.
Queries run inside one search page through the modules its box uses, under the shipped content policy; a few go through
the box.
What should be found is read from the open data and the invented records by plain comparison.
``SITE_BUILDER_ROOT`` names a finished web root, of any size, that is asked too.
"""

# ruff: noqa: S311 - chance is seeded

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
import itertools
import os
from pathlib import Path
from random import Random  # noqa: TID251 - seeded
import shutil

from invented_rows import rows as invented
from lookup_node import write_index
from lookup_oracle import words
from mistyped import mistyped
from playwright.sync_api import Page, expect
import pytest
from sample_pages import AS_OF, rows_of, sample_root
from search_pages import browser as chromium
from search_pages import served_below
from sizes import INVENTED, MISTYPED, QUERIES

from site_builder.config.site import SHIPPED
from site_builder.law.cities import shipped
from site_builder.search import fulltext, lookup
from site_builder.search.lookup import LookupRow
from site_builder.search.lookup.characters import simplified
from site_builder.search.lookup.keys import Keys, keys_of
from site_builder.search.lookup.near import SHORTEST_NAME, is_offered
from site_builder.search.lookup.normalise import fold
from site_builder.search.lookup.rows import in_order
from site_builder.search.records import readings_of
from site_builder.sound.readings import MOST

GIVEN = os.environ.get("SITE_BUILDER_ROOT", "")
SITES = ["dalian", "lingyuan", *([GIVEN] if GIVEN else [])]

OPEN = """async () => {
  const { openLookup } = await import('../assets/search/client.js');
  const { open } = await import('../assets/search/fulltext.js');
  window.lookup = await openLookup(new URL('lookup/', document.baseURI).href);
  window.text = await open(new URL('fulltext/', document.baseURI).href);
}"""
FIND = """async (queries) => {
  const found = [];
  for (const query of queries) {
    const rows = await window.lookup('rows', query, {});
    const { total, hits } = await window.lookup('search', query, {});
    found.push({ total, rows, first: hits.map(({ id }) => id) });
  }
  return found;
}"""
NEAR = """async (typed) => (await window.lookup('near', typed, {})).names.map(({ title }) => title)"""
READ = """async (queries) => {
  const found = [];
  for (const query of queries) {
    const { total, hits } = await window.text.search(query, { limit: 40 });
    found.push({ total, hrefs: hits.map(({ href }) => href) });
  }
  return found;
}"""


class Texts:
    """One text a record, searched as one: where a query may start is said by ``starts``, or anywhere."""

    def __init__(self, texts: list[str], starts: list[set[int]] | None = None, shortest: int = 1) -> None:
        self._whole = "\n".join(texts)
        self._begin = [0, *itertools.accumulate(len(text) + 1 for text in texts)]
        self._starts = starts
        self._shortest = shortest

    def holding(self, word: str) -> Iterator[int]:
        at = self._whole.find(word) if len(word) >= self._shortest else -1
        while at >= 0:
            record = bisect_right(self._begin, at) - 1
            if self._starts is None or at - self._begin[record] in self._starts[record]:
                yield record
            at = self._whole.find(word, at + 1)


def in_parts(parts: list[list[str]], shortest: int) -> Texts:
    """Texts that may be entered at the start of each of their parts."""
    starts = [set(itertools.accumulate(map(len, one[:-1]), initial=0)) if one else set() for one in parts]
    return Texts(["".join(one) for one in parts], starts, shortest)


class Records:
    """What records are found by, and which hold a query."""

    def __init__(self, rows: list[LookupRow]) -> None:
        self.rows = list(in_order(rows))
        self.keys = [keys_of(row) for row in self.rows]
        self._texts = [
            Texts([keys.title for keys in self.keys]),
            Texts([keys.number for keys in self.keys]),
            Texts([keys.code for keys in self.keys], shortest=4),
            Texts([keys.authority for keys in self.keys], shortest=3),
            Texts([keys.list_name for keys in self.keys], shortest=3),
            in_parts([keys.id for keys in self.keys], shortest=4),
        ]
        for place in range(MOST):
            read = [keys.readings[place] if len(keys.readings) > place else [] for keys in self.keys]
            self._texts.append(in_parts(read, shortest=2))
            self._texts.append(Texts(["".join(syllable[0] for syllable in one) for one in read], shortest=2))

    def holding(self, query: str) -> set[int]:
        found = [{one for texts in self._texts for one in texts.holding(word)} for word in words(query)]
        return set.intersection(*found) if found else set()


def piece(length: int) -> Callable[[LookupRow, Keys, Random], str]:
    def make(row, _, random):
        start = random.randrange(max(1, len(row.title) - length + 1))
        return row.title[start : start + length]

    return make


def bracketed(row, _, random):
    pair = random.choice(("[]", "［］", "()", "（）", "【】"))
    return row.number.replace("〔", pair[0]).replace("〕", pair[1])


TRADITIONAL: dict[str, list[str]] = {}
for old, new in simplified().items():
    TRADITIONAL.setdefault(new, []).append(old)


def traditional(row, keys, random):
    return "".join(
        random.choice(TRADITIONAL.get(one, [one])) for one in piece(random.randrange(2, 7))(row, keys, random)
    )


def run_of(syllables, random):
    start = random.randrange(len(syllables) - 1)
    return "".join(syllables[start : random.randrange(start + 2, len(syllables) + 1)])


def two_words(row, keys, random):
    return f"{piece(2)(row, keys, random)} {row.number[random.randrange(3) : random.randrange(5, 9)]}"


NAMED = lambda row, _: len(row.title) > 3  # noqa: E731
CODED = lambda row, _: len(row.code) == 18 and "*" not in row.code  # noqa: E731
NUMBERED = lambda row, _: "〔" in row.number  # noqa: E731
READ_ALOUD = lambda _, keys: len(keys.syllables) > 1  # noqa: E731

KINDS = {
    "name-2": (NAMED, piece(2)),
    "name-3": (NAMED, piece(3)),
    "name-4": (NAMED, piece(4)),
    "name-whole": (NAMED, lambda row, *_: row.title),
    "code-prefix-8": (CODED, lambda row, *_: row.code[:8]),
    "code-suffix-6": (CODED, lambda row, *_: row.code[-6:]),
    "code-middle-6": (CODED, lambda row, _, random: row.code[(at := random.randrange(1, 12)) : at + 6].lower()),
    "number-whole": (NUMBERED, lambda row, *_: row.number),
    "number-brackets": (NUMBERED, bracketed),
    "two-words": (NUMBERED, two_words),
    "traditional": (NAMED, traditional),
    "pinyin": (READ_ALOUD, lambda _, keys, random: run_of(keys.syllables, random)),
    "initials": (READ_ALOUD, lambda _, keys, random: run_of(keys.initials, random)),
    "other-reading": (
        lambda _, keys: len(keys.readings) > 1,
        lambda _, keys, random: run_of(keys.readings[-1], random),
    ),
    "record-number": (lambda *_: True, lambda row, *_: row.id),
    "authority": (lambda row, _: len(row.authority) > 3, lambda row, *_: row.authority),
    "list-name": (lambda row, _: len(row.list_name) > 3, lambda row, *_: row.list_name),
}
TEXT_KINDS = ("measures", "laws", "role-models", "catalogue", "commitments")


class Site:
    """A web root, what its open data say is public, and its search page in a window."""

    def __init__(self, root: Path, records: list[LookupRow], page: Page, address: str) -> None:
        self.root, self.page, self.address = root, page, address
        self.records = Records(records)
        self.documents = fulltext.decode(files(root / "search" / "fulltext"))
        self.texts = [(one.kind, fold(one.title), fold(one.text)) for one in self.documents]
        page.clock.set_fixed_time(f"{AS_OF}T04:00:00Z")
        page.goto(f"{address}search/")
        page.evaluate(OPEN)

    def queries(self, kind: str) -> list[tuple[int, str]]:
        random = Random(kind)
        fits, make = KINDS[kind]
        some = [n for n, row in enumerate(self.records.rows) if fits(row, self.records.keys[n])]
        return [(n, make(self.records.rows[n], self.records.keys[n], random)) for n in random.choices(some, k=QUERIES)]

    def reading(self, word: str) -> set[str]:
        return {
            one.href
            for one, (_, title, text) in zip(self.documents, self.texts, strict=True)
            if word in title or word in text
        }


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def public_rows(root: Path) -> list[LookupRow]:
    """What the open data say of each record, in the fields that are searched and that order hits."""
    fields = {
        "severe-list": ("severe", "subject_name", "subject_code", "decision_no", "listed_on", "authority", "list_name"),
        "measures": ("measures", "title", "", "", "effective_on", "", ""),
        "role-models": ("role-models", "name", "subject_code", "", "awarded_on", "awarded_by", ""),
        "watch-list": ("watch-list", "subject_name", "subject_code", "", "listed_on", "authority", ""),
        "catalogue": ("catalogue", "item", "", "", "published_on", "authority", ""),
        "grades": ("grades", "subject_name", "subject_code", "", "rated_on", "rated_by", ""),
        "commitments": ("commitments", "subject_name", "subject_code", "decision_no", "made_on", "authority", ""),
        "penalties": ("penalties", "subject_name", "subject_code", "decision_no", "decided_on", "authority", ""),
        "licences": ("licences", "subject_name", "subject_code", "decision_no", "decided_on", "authority", ""),
        "abnormal-list": ("abnormal-list", "subject_name", "subject_code", "decision_no", "listed_on", "authority", ""),
    }
    city = next((one for one in SHIPPED if one in str(root)), "dalian")
    places = shipped(city).latest.places
    return [
        LookupRow(
            kind,
            row["id"],
            f"{folder}/{row['id']}.html",
            *((row.get(one) or "") for one in (name, code, number, day)),
            subject_type=row.get("subject_type") or "",
            authority=row.get(authority) or "",
            list_name=row.get(list_name) or "",
            readings=readings_of(row.get(name) or "", places),
        )
        for kind, (folder, name, code, number, day, authority, list_name) in fields.items()
        if (root / "data" / f"{kind}.jsonl").exists()
        for row in rows_of(root, kind)
    ]


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(scope="module", params=[*SITES, "invented"])
def site(request, browser, tmp_path_factory):
    if request.param == "invented":
        root = tmp_path_factory.mktemp("invented") / "root"
        shutil.copytree(sample_root("lingyuan"), root)
        shutil.rmtree(root / "search" / "lookup")
        records = list(invented(INVENTED))
        index: dict[str, bytes] = {}
        lookup.build(records, index.__setitem__)
        write_index(root / "search" / "lookup", index)
    else:
        root = Path(GIVEN) if request.param == GIVEN else sample_root(request.param)
        records = public_rows(root)
    with served_below(root) as address:
        page = browser.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        yield Site(root, records, page, address)
        page.close()
        assert problems == []


def whole_sites(test):
    """Run with whole sites alone: the invented records have no text."""
    return pytest.mark.parametrize("site", SITES, indirect=True, scope="module")(test)


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_is_found_by_any_part_and_no_other_is(site, kind):
    asked = site.queries(kind)
    for (number, query), found in zip(asked, site.page.evaluate(FIND, [query for _, query in asked]), strict=True):
        expected = site.records.holding(query)
        assert number in expected, query
        assert set(found["rows"]) == expected, query
        assert found["total"] == len(expected), query
        ids = {site.records.rows[one].id for one in expected}
        assert len(found["first"]) == min(20, len(expected)), query
        assert set(found["first"]) <= ids, query


def test_name_that_was_mistyped_is_among_the_names_offered(site):
    offered = [row.title for row in site.records.rows if is_offered(row) and len(fold(row.title)) >= SHORTEST_NAME]
    persons = {fold(row.title) for row in site.records.rows if not is_offered(row)}
    missed = []
    for kind, typed, name in mistyped(offered, MISTYPED, lambda typed: not site.records.holding(typed)):
        names = [fold(one) for one in site.page.evaluate(NEAR, typed)]
        assert len(names) <= 5
        assert not persons.intersection(names)
        if fold(name) not in names:
            missed.append((kind, typed, name))
    assert len(missed) <= 0.05 * MISTYPED, missed


@whole_sites
@pytest.mark.parametrize("kind", TEXT_KINDS)
def test_every_text_is_found_by_any_part_and_no_other_is(site, kind):
    random = Random(kind)
    of_kind = [text for one, _, text in site.texts if one == kind and len(text) > 8]
    queries = []
    for text in random.choices(of_kind, k=QUERIES):
        start = random.randrange(len(text) - 8)
        queries.append(text[start : start + random.randrange(2, 9)])
    for query, found in zip(queries, site.page.evaluate(READ, queries), strict=True):
        expected = site.reading(query)
        assert expected, query
        assert found["total"] == len(expected), query
        assert set(found["hrefs"]) <= expected, query
        assert len(set(found["hrefs"])) == min(40, len(expected)), query


@whole_sites
def test_text_of_every_record_is_searched(site):
    texts = {one.href: one.text for one in site.documents}
    for row in rows_of(site.root, "measures"):
        assert row["content"] in texts[f"measures/{row['id']}.html"]
    for row in rows_of(site.root, "role-models"):
        assert row["summary"] in texts[f"role-models/{row['id']}.html"]


@whole_sites
@pytest.mark.parametrize("kind", KINDS)
def test_box_finds_the_same(site, kind):
    _, query = site.queries(kind)[0]
    site.page.fill("#q", query)
    site.page.press("#q", "Enter")
    expect(site.page.locator("body")).to_have_attribute("data-search", "done")
    exact = site.records.holding(query)
    every = {site.records.rows[one].href for one in exact}
    long = [word for word in words(query) if len(word) > 1]
    every |= set.intersection(*(site.reading(word) for word in long)) if long else set()
    assert int(site.page.locator("[data-result-total]").inner_text()) == len(every), query
    shown = site.page.locator('a[data-result][data-match="lookup"]')
    assert shown.count() == min(20, len(exact)), query
