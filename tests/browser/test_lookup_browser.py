"""The lookup's modules in Chromium: the newest query counts, a worker answers the same, nothing is early."""

from __future__ import annotations

from invented_rows import rows as invented
from lookup_node import write_index
from pypinyin import Style, pinyin
import pytest
from search_pages import opened

from site_builder.search.lookup import build

COUNT = 3000
READ_RIGHT = 0.995
LAST = (0xD7, 0xFA)
"""Behind the last of the 3,755 common characters of GB/T 2312."""

OPEN = """async (module) => {
  const { open } = await import(`./assets/search/lookup/${module}.js`);
  window.lookup = await open('search/lookup/');
}"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    files: dict[str, bytes] = {}
    build(invented(COUNT), files.__setitem__)
    write_index(folder / "search" / "lookup", files)
    with opened(folder) as shown:
        shown.evaluate(OPEN, "engine")
        yield shown


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


def test_usual_characters_are_read_as_the_index_reads_them(page):
    """By the browser's own order of characters, with a table of where each syllable begins."""
    characters = [
        bytes((row, cell)).decode("gb2312")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF)
        if (row, cell) < LAST
    ]
    read = page.evaluate(
        """async (characters) => {
          const { syllableOf } = await import('./assets/search/lookup/sounds.js');
          return characters.map((character) => syllableOf(character) ?? null);
        }""",
        [*characters, "a", "1", "，"],
    )
    assert read[-3:] == [None, None, None]
    known = [pinyin(one, style=Style.NORMAL, heteronym=True)[0] for one in characters]
    wrong = [(one, said) for one, said, all_of in zip(characters, read, known, strict=False) if said not in all_of]
    assert len(characters) > 3700
    assert len(wrong) <= (1 - READ_RIGHT) * len(characters), wrong
