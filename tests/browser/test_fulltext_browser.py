"""The full text in Chromium: every run of a page's text is found, with an excerpt that shows it."""

from __future__ import annotations

from random import Random  # noqa: TID251 - seeded
import sys

from invented_rows import CHARACTERS
from invented_rows import rows as invented
from lookup_node import write_index
from lookup_oracle import words
import pytest
from search_pages import opened
from sizes import LONG

from site_builder.search.fulltext import FullTextDoc, build
from site_builder.search.lookup.normalise import fold

COUNT = 400
QUERIES = 150 if LONG else 50
SENTENCES = (
    "经查，该单位（演示）在经营活动中存在弄虚作假行为，", "依据《演示条例》第三十二条，", "列入严重失信主体名单。",
    "當事人可以依法申請信用修復；", "联系电话 0411-00000000。", "IΣΑΣ and ﬁnal ABC-123 text！\n",
    "<b>不是标签</b>&amp;",
)  # fmt: skip


def documents():
    random = Random(3)  # noqa: S311
    for row in invented(COUNT):
        text = "".join(
            random.choice(SENTENCES) + "".join(random.choices(CHARACTERS, k=6)) for _ in range(random.randrange(1, 25))
        )
        yield FullTextDoc(
            kind=row.kind, id=row.id, href=row.href, title=row.title, text=text, date=row.date, year=row.year,
            region=row.region, category=row.category, authority=row.authority, public_until=row.public_until,
        )  # fmt: skip


@pytest.fixture(scope="module")
def known():
    return sorted(documents(), key=lambda one: (one.date, one.href), reverse=True)


@pytest.fixture(scope="module")
def page(known, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    files: dict[str, bytes] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[build.__module__], "BATCH_CHARACTERS", 60_000)
        build(known, files.__setitem__)
    assert any(path.startswith("pagefind/1/") for path in files)
    write_index(folder / "search" / "fulltext", files)
    with opened(folder) as shown:
        shown.evaluate(
            """async () => {
              const { open } = await import('./assets/search/fulltext.js');
              window.text = await open('search/fulltext/');
            }"""
        )
        yield shown


def search(page, query, **options):
    return page.evaluate("([query, options]) => window.text.search(query, options)", [query, options])


def holding(known, query):
    return [one for one in known if all(word in fold(one.title) or word in fold(one.text) for word in words(query))]


def queries(known):
    random = Random(8)  # noqa: S311
    for _ in range(QUERIES):
        one = random.choice(known)
        runs = []
        for text in random.choices((one.title, one.text, one.text), k=random.choice((1, 1, 2))):
            start = random.randrange(len(text) - 1)
            runs.append(text[start : start + random.randrange(2, 14)])
        query = " ".join(runs)
        if all(len(word) > 1 for word in words(query)):
            yield query


def test_every_run_of_the_text_is_found_and_nothing_else(page, known):
    for query in queries(known):
        if not words(query):
            continue
        expected = holding(known, query)
        answer = search(page, query, limit=COUNT)
        assert answer["total"] == len(expected), query
        assert [hit["href"] for hit in answer["hits"]] == [one.href for one in expected], query


def test_excerpts_are_parts_of_the_text_and_show_the_match(page, known):
    texts = {one.href: one.text for one in known}
    for query in ("弄虚作假", "信用修复", "<b>不是", "0411", "ΑΣ", "final abc"):
        answer = search(page, query)
        assert answer["hits"]
        for hit in answer["hits"]:
            shown = "".join(part["text"] for part in hit["excerpt"])
            assert shown.strip("…") in texts[hit["href"]]
            assert len(shown) < 130
            assert any(part["mark"] for part in hit["excerpt"])
            for part in hit["excerpt"]:
                if part["mark"]:
                    assert any(word in fold(part["text"]) for word in words(query))


def test_filters_and_facets(page, known):
    expected = holding(known, "演示")
    answer = search(page, "演示", filters={"kind": ["role-models"]})
    assert answer["total"] == sum(one.kind == "role-models" for one in expected)
    assert sum(count for _, count in answer["facets"]["kind"]) == len(expected)


def test_pages_of_hits_follow_one_another(page, known):
    expected = [one.href for one in holding(known, "公司")]
    assert [hit["href"] for hit in search(page, "公司", offset=20)["hits"]] == expected[20:40]


@pytest.mark.parametrize("query", ["", "大", "（）", "大 演示"])
def test_too_little_finds_nothing(page, query):
    assert search(page, query)["total"] == 0
