"""Whatever rows and queries there are: the lookup finds what brute force finds, in the same order."""

from __future__ import annotations

from pathlib import Path
import tempfile

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lookup_node import Node, write_index
from lookup_oracle import Oracle, words
import pytest
from sizes import examples

from site_builder.search.lookup import LookupRow, build, decode, directory, leaves, pieces
from site_builder.search.lookup.normalise import fold
from site_builder.search.records import readings_of

WHOLE_INDEXES = settings(
    max_examples=examples(60),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
"""Each try builds an index, so making a failure smaller would take minutes."""

NAMES = st.text(
    st.sampled_from("大连連演示商贸公司朝阳长重行ab1（）* İ\U00020000é") | st.characters(codec="utf-8"), max_size=30
)
CODES = st.one_of(st.just(""), st.from_regex(r"[0-9A-HJ]{18}", fullmatch=True), st.just("2102**********1234"))
NUMBERS = st.one_of(
    st.just(""), st.from_regex(r"大[市中]罚(〔2024〕|\[2023\]|（2022）)[0-9]{1,3}号", fullmatch=True), NAMES
)


@st.composite
def row_lists(draw):
    count = draw(st.integers(0, 25))
    pool = draw(st.lists(NAMES, min_size=1, max_size=8))
    return [
        LookupRow(
            kind=draw(st.sampled_from(["severe-list", "measures"])),
            id=draw(st.sampled_from(["r{}", "DL-2024-{:04}", "a.{}_b"])).format(number),
            href="",
            title=(title := draw(st.sampled_from(pool) | NAMES)),
            code=draw(CODES),
            number=draw(NUMBERS),
            date=draw(st.sampled_from(["", "2023-01-01", "2024-01-01"])),
            year=draw(st.sampled_from(["", "2023"])),
            authority=draw(st.sampled_from(["", "大连演示局"]) | NAMES),
            list_name=draw(st.sampled_from(["", "演示公司名单"]) | NAMES),
            readings=readings_of(title),
        )
        for number in range(count)
    ]


@st.composite
def queries(draw, rows):
    """Runs of what the rows hold, and text of any kind."""
    parts = []
    for _ in range(draw(st.integers(1, 2))):
        texts = [
            text
            for row in rows
            for text in (row.title, row.code, row.number, row.id, row.authority, row.list_name)
            if text
        ]
        if texts and draw(st.booleans()):
            text = draw(st.sampled_from(texts))
            start = draw(st.integers(0, len(text) - 1))
            parts.append(text[start : start + draw(st.integers(1, 30))])
        else:
            parts.append(
                draw(st.sampled_from(["dl", "dalian", "yanshi", "chaoyang", "zhaoyang", "公司", "12", "2102"]) | NAMES)
            )
    return " ".join(parts)


@pytest.fixture(scope="module")
def node():
    with Node() as started:
        yield started


@pytest.fixture(scope="module", params=["crowded", "plain"], autouse=True)
def _sizes(request):
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "crowded":
            patch.setattr(leaves, "LEAF_ENTRIES", 5)
            patch.setattr(directory, "PAGE_LEAVES", 3)
            patch.setattr(pieces, "FEWEST", 3)
            patch.setattr(pieces, "FIRST_HITS", 2)
        yield


@given(data=st.data(), rows=row_lists())
@settings(WHOLE_INDEXES)
def test_lookup_finds_what_brute_force_finds(node, data, rows):
    files: dict[str, bytes] = {}
    build(rows, files.__setitem__)
    assert sorted(decode(files), key=lambda row: row.id) == sorted(rows, key=lambda row: row.id)
    oracle = Oracle(rows)
    with tempfile.TemporaryDirectory() as folder:
        write_index(Path(folder), files)
        node.call("open", folder)
        for _ in range(6):
            query = data.draw(queries(rows))
            expected = oracle.answer(query)
            answer = node.call("search", query, {"limit": 30})
            assert answer["total"] == len(expected)
            shown = [(hit["id"], hit["score"]) for hit in answer["hits"]]
            assert shown == [(row.id, score) for row, score in expected]


@given(st.text(max_size=20))
@settings(max_examples=examples(300), deadline=None, derandomize=True)
def test_words_are_folded_and_never_empty(text):
    for word in words(text):
        assert word
        assert word.strip("*") == word
        assert fold(fold(word)) == fold(word)
