"""The lookup in Chromium over 10,000 invented rows: everything is found, nothing else is."""

# ruff: noqa: E402 - what comes after sys.path is found through it

from __future__ import annotations

from pathlib import Path
from random import Random  # noqa: TID251 - seeded
import sys

import pytest

HERE = Path(__file__).parents[1]
sys.path += [str(HERE / "unit" / "search"), str(HERE.parent / "benchmarks" / "search"), str(HERE / "browser")]

from invented_rows import rows as invented
from lookup_node import write_index
from lookup_oracle import Oracle
from search_pages import opened

from site_builder.search.lookup import build
from site_builder.search.lookup.normalise import words

COUNT = 10_000
QUERIES = 200

OPEN = """async (module) => {
  const { open } = await import(`./assets/search/lookup/${module}.js`);
  window.lookup = await open('search/lookup/');
}"""
FIND = """async (queries) => {
  const found = [];
  for (const query of queries) {
    const { total, rows } = await window.lookup.all(query, { most: 20000 });
    const { total: shown, hits } = await window.lookup.search(query);
    found.push({ total, shown, rows: rows.map(({ row }) => row), ids: hits.map(({ id }) => id) });
  }
  return found;
}"""


class Rows:
    """The rows and, flat, all they may be found by."""

    def __init__(self) -> None:
        self.oracle = Oracle(list(invented(COUNT)))
        self.tails = [
            ["".join(reading[first:]) for reading in (keys.syllables, keys.initials) for first in range(len(reading))]
            for keys in self.oracle.keys
        ]

    def holding(self, query: str) -> set[int]:
        asked = words(query)
        return {
            number
            for number, keys in enumerate(self.oracle.keys)
            if all(self.holds(word, number, keys) for word in asked)
        }

    def holds(self, word, number, keys) -> bool:
        return (
            word in keys.title
            or word in keys.number
            or (len(word) >= 4 and word in keys.code)
            or (len(word) >= 2 and any(tail.startswith(word) for tail in self.tails[number]))
        )


@pytest.fixture(scope="module")
def rows():
    return Rows()


@pytest.fixture(scope="module")
def page(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    files: dict[str, bytes] = {}
    build(rows.oracle.rows, files.__setitem__)
    write_index(folder / "search" / "lookup", files)
    with opened(folder) as shown:
        shown.evaluate(OPEN, "engine")
        yield shown


def run_of(text, shortest, random):
    start = random.randrange(max(1, len(text) - shortest + 1))
    return text[start : random.randrange(min(len(text), start + shortest), len(text) + 1)]


def bracketed(number, random):
    return number.replace("〔", random.choice("[［(（")).replace("〕", random.choice("]］)）"))


def reading(keys, which, random):
    if not keys.syllables:
        return keys.title
    syllables = (keys.syllables, keys.initials)[which]
    start = random.randrange(len(syllables) - 1)
    return "".join(syllables[start : random.randrange(start + 2, len(syllables) + 1)])


KINDS = {
    "name": lambda row, _, random: run_of(row.title, 2, random),
    "two characters": lambda row, _, random: run_of(row.title, 2, random)[:2],
    "code": lambda row, _, random: run_of(row.code, 4, random) if "*" not in row.code else row.code,
    "number": lambda row, _, random: run_of(bracketed(row.number or row.title, random), 2, random),
    "pinyin": lambda _, keys, random: reading(keys, 0, random),
    "initials": lambda _, keys, random: reading(keys, 1, random),
    "two words": lambda row, _, random: f"{run_of(row.title, 2, random)} {run_of(row.number or row.title, 2, random)}",
}


@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_found_and_nothing_else(page, rows, kind):
    random = Random(kind)  # noqa: S311
    numbers = random.sample(range(COUNT), QUERIES)
    queries = [KINDS[kind](rows.oracle.rows[number], rows.oracle.keys[number], random) for number in numbers]
    for number, query, found in zip(numbers, queries, page.evaluate(FIND, queries), strict=True):
        expected = rows.holding(query)
        assert set(found["rows"]) == expected, query
        assert found["total"] == found["shown"] == len(expected), query
        if words(query) and not (kind == "code" and len(query) < 4):
            assert number in expected or len(words(query)[0]) < 2, query


def test_a_newer_query_stops_the_older_one(page):
    outcome = page.evaluate(
        """async () => {
          const { open } = await import('./assets/search/lookup/engine.js');
          const lookup = await open('search/lookup/');
          const older = lookup.search('大连').then(() => 'done', (error) => error.name);
          const newer = lookup.search('有限公司').then(({ total }) => total);
          return [await older, await newer > 0];
        }"""
    )
    assert outcome == ["AbortError", True]


def test_it_runs_in_a_worker(page):
    page.evaluate(OPEN, "remote")
    try:
        here, there = page.evaluate(
            """async () => {
              const { open } = await import('./assets/search/lookup/engine.js');
              const lookup = await open('search/lookup/');
              const aborted = new AbortController();
              const stopped = window.lookup.search('公司', { signal: aborted.signal }).catch((error) => error.name);
              aborted.abort();
              if (await stopped !== 'AbortError') throw new Error(`${await stopped}`);
              return [await lookup.search('大连 公司'), await window.lookup.search('大连 公司')];
            }"""
        )
    finally:
        page.evaluate("window.lookup.close()")
        page.evaluate(OPEN, "engine")
    assert here == there
    assert here["total"] > 20


def test_nothing_that_grows_is_fetched_before_a_query(page):
    fetched = page.evaluate(
        """async () => {
          performance.clearResourceTimings();
          const { open } = await import('./assets/search/lookup/engine.js');
          await open('search/lookup/');
          return performance.getEntriesByType('resource')
            .filter(({ name }) => name.includes('/search/lookup/') && !name.includes('/assets/'))
            .map(({ name }) => name.split('/').pop());
        }"""
    )
    assert fetched == ["index.json"]
