"""Looking up: what is found, in which order, how many, with which facets."""

from __future__ import annotations

from collections import Counter
import importlib
from random import Random  # noqa: TID251 - seeded

from invented_rows import rows as invented
from lookup_oracle import Oracle
import msgspec
import pytest

from site_builder.search.facets import FACETS, GROUPS, WIDTHS, Facet
from site_builder.search.lookup import LookupRow
from site_builder.search.lookup.normalise import fold
from site_builder.search.records import readings_of

FIELDS = tuple(one.name for one in FACETS)


def row(id_, title, **fields):
    return LookupRow(
        kind="severe-list", id=id_, href=f"severe/{id_}.html", title=title, readings=readings_of(title), **fields
    )


def ids(answer):
    return [hit["id"] for hit in answer["hits"]]


SMALL = [
    row("a", "大连演示商贸有限公司", code="91210200MA0QQ1234X", number="大市监罚〔2024〕12号", date="2024-01-01"),
    row("b", "演示商贸", number="大市监罚〔2024〕123号", date="2020-01-01"),
    row("c", "演示商贸大连分公司", date="2025-01-01", public_until="2030-01-01"),
    row("d", "王演示", code="2102**********1234", date="2023-01-01"),
    row("e", "大連演示（集團）公司", date="2022-01-01"),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("演示商贸", ["b", "c", "a"]),
        ("商贸", ["c", "a", "b"]),
        ("大连演示", ["a", "e"]),
        ("大連", ["a", "e", "c"]),
        ("连演示集团", ["e"]),
        ("（集团）", ["e"]),
        ("dalianyanshi", ["a", "e"]),
        ("dlys", ["a", "e"]),
        ("ianyan", []),
        ("yanshij", ["e"]),
        ("YSSM", ["b", "c", "a"]),
        ("ma0qq1234x", ["a"]),
        ("9121", ["a"]),
        ("234X", ["a"]),
        ("912", []),
        ("〔2024〕123号", ["b"]),
        ("[2024]12", ["a", "b"]),
        ("２０２４", ["a", "b"]),
        ("大市监罚 12号", ["a"]),
        ("2102**********1234", ["d"]),
        ("2102*1234", ["d"]),
        ("2102 1234", ["d", "a"]),
        ("1234", ["a", "d"]),
        ("**1234", ["a", "d"]),
        ("王", ["d"]),
        ("演示 分公司", ["c"]),
        ("分公司 王", []),
        ("", []),
        ("  （） ****", []),
        ("<script>", []),
    ],
)
def test_query_finds(indexed, query, found):
    answer = indexed(SMALL).call("search", query)
    assert answer["total"] == len(found)
    assert ids(answer) == found


def test_hit_carries_what_is_shown(indexed):
    (hit,) = indexed(SMALL).call("search", "分公司")["hits"]
    assert hit == {
        "kind": "severe-list", "id": "c", "href": "severe/c.html", "title": "演示商贸大连分公司", "code": "",
        "number": "", "date": "2025-01-01", "year": "", "region": "", "category": "", "authority": "",
        "publicUntil": "2030-01-01", "note": "", "listName": "", "subjectType": "", "score": 1,
    }  # fmt: skip


def test_an_empty_index_finds_nothing(indexed):
    assert indexed([]).call("search", "大连")["total"] == 0


@pytest.mark.usefixtures("crowded")
def test_names_longer_than_the_index_compares_are_found_exactly(indexed):
    long = "对严重失信主体依法依规限制参与政府采购活动以及工程建设项目招标投标活动演示"
    rows = [row(f"r{n}", f"{long}之{n}") for n in range(40)] + [row("other", long[:20] + long[-10:])]
    node = indexed(rows)
    assert node.call("search", f"{long}之7")["total"] == 1
    assert node.call("search", long)["total"] == 40
    assert node.call("search", long[3:])["total"] == 40
    assert node.call("search", long[:20] + long[-10:])["total"] == 1
    assert node.call("search", long + "无")["total"] == 0
    reading = "duiyanzhongshixinzhutiyifayiguixianzhicanyuzhengfucaigouhuodong"
    assert node.call("search", reading)["total"] == 40


def queries(oracle, random, count):
    for _ in range(count):
        keys = random.choice(oracle.keys)
        every = [keys.title, keys.title, keys.number, keys.code, "".join(keys.syllables), "".join(keys.initials)]
        runs = []
        for text in random.choices([text for text in every if text], k=2):
            start = random.randrange(len(text))
            runs.append(text[start : start + random.choice((1, 2, 3, 4, 5, 8, 30))])
        yield " ".join(runs[: random.choice((1, 1, 2))])


@pytest.mark.usefixtures("crowded")
def test_totals_order_and_pages_are_those_of_brute_force(indexed):
    rows = list(invented(400))
    node, oracle, random = indexed(rows), Oracle(rows), Random(9)  # noqa: S311
    for query in queries(oracle, random, 400):
        expected = oracle.answer(query)
        offset = random.choice((0, 0, 2, 7, 50, 390))
        answer = node.call("search", query, {"offset": offset, "limit": 9})
        assert answer["total"] == len(expected), query
        shown = [(hit["id"], hit["score"]) for hit in answer["hits"]]
        assert shown == [(row.id, score) for row, score in expected[offset : offset + 9]], query


def counted(rows):
    return {field: dict(Counter(value for row in rows if (value := getattr(row, field)))) for field in FIELDS}


@pytest.mark.usefixtures("crowded")
def test_facets_count_the_whole_result(indexed):
    rows = list(invented(400))
    node, oracle = indexed(rows), Oracle(rows)
    for query in [*queries(oracle, Random(4), 60), "大连", "大连 公司", "有限公司"]:  # noqa: S311
        expected = counted([row for row, _ in oracle.answer(query)])
        facets = node.call("facets", query)
        if facets:
            assert {field: dict(pairs) for field, pairs in facets.items()} == expected, query
        shown = node.call("search", query).get("facets")
        if shown:
            assert {field: dict(pairs) for field, pairs in shown.items()} == expected, query


FILTERS = [
    {"kind": ["severe-list"]},
    {"year": ["2024", "2025"]},
    {"region": ["210202"], "category": ["market_order", "model"]},
    {"authority": ["大连市税务局"], "kind": ["severe-list"], "year": ["2020"]},
    {"region": ["nowhere"]},
]


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.usefixtures("crowded")
def test_filters_leave_what_passes(indexed, filters):
    rows = list(invented(400))
    node, oracle = indexed(rows), Oracle(rows)
    for query in [*queries(oracle, Random(6), 25), "大连", "大连 公司"]:  # noqa: S311
        expected = [
            row.id
            for row, _ in oracle.answer(query)
            if all(getattr(row, field) in values for field, values in filters.items())
        ]
        answer = node.call("search", query, {"filters": filters})
        assert (answer["total"], ids(answer)) == (len(expected), expected[:20]), query
        every = node.call("all", query, {"filters": filters})
        assert every["total"] == len(expected)
        assert every["complete"]


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.usefixtures("crowded")
def test_each_facet_counts_what_choosing_its_values_would_leave(indexed, filters):
    rows = list(invented(400))
    node, oracle = indexed(rows), Oracle(rows)
    for query in [*queries(oracle, Random(11), 25), "大连", "大连 公司", "有限公司"]:  # noqa: S311
        found = [row for row, _ in oracle.answer(query)]
        counts = node.call("facets", query, {"filters": filters})
        for field in FIELDS if counts else ():
            others = [(name, values) for name, values in filters.items() if name != field]
            passing = [row for row in found if all(getattr(row, name) in values for name, values in others)]
            assert dict(counts[field]) == counted(passing)[field], (query, field)
        assert counts or not found


@pytest.mark.usefixtures("crowded")
def test_all_gives_attributes_up_to_a_bound(indexed):
    rows = list(invented(200))
    node, oracle = indexed(rows), Oracle(rows)
    for query in ("大连", "大连 公司", "演示"):
        expected = oracle.answer(query)
        answer = node.call("all", query, {"most": 30})
        assert answer["total"] == len(expected)
        assert answer["complete"] == (len(expected) <= 30)
        for found, (wanted, score) in zip(answer["rows"], expected, strict=False):
            assert oracle.rows[found["row"]] == wanted
            assert found["score"] == score
            assert [found[field] for field in FIELDS] == [getattr(wanted, field) for field in FIELDS]


def test_no_query_is_answered_by_more_than_it_needs(indexed):
    node = indexed(list(invented(3000)))
    for query in ("大连", "有限公司", "9121", "dl", "2024"):
        answer = node.call("cold", query)
        assert answer["bytes"] < 90_000
        assert answer["requests"] < 40


def test_whole_names_are_first(indexed):
    rows = list(invented(200))
    node = indexed(rows)
    for one in rows[:30]:
        best = node.call("search", one.title)["hits"][0]
        assert fold(best["title"]) == fold(one.title)
        assert best["score"] == 3


@pytest.mark.usefixtures("crowded")
def test_one_more_facet_is_declared_in_python_alone(indexed, monkeypatch):
    another = Facet(name="note", label="附注", group=len(GROUPS), newest=True)
    parts = [importlib.import_module(f"site_builder.search.lookup.{name}") for name in ("build", "facets")]
    monkeypatch.setattr(parts[0], "FACETS", (another, *FACETS))
    monkeypatch.setattr(parts[1], "GROUPS", (*GROUPS, ("note",)))
    for part in parts:
        monkeypatch.setattr(part, "WIDTHS", (*WIDTHS, 1))
    rows = [msgspec.structs.replace(one, note=one.id[-1]) for one in invented(400)]
    node, oracle = indexed(rows), Oracle(rows)
    assert next((one["name"], one["label"]) for one in node.call("about")) == ("note", "附注")
    for query in [*queries(oracle, Random(3), 25), "大连", "大连 公司"]:  # noqa: S311
        found = [row for row, _ in oracle.answer(query)]
        expected = [row.id for row in found if row.note in {"1", "2"}]
        answer = node.call("search", query, {"filters": {"note": ["1", "2"]}})
        assert (answer["total"], ids(answer)) == (len(expected), expected[:20]), query
        counts = node.call("facets", query)
        assert dict(counts.get("note", [])) == Counter(row.note for row in found), query
        assert {field: dict(counts.get(field, [])) for field in FIELDS} == counted(found), query


MIXED = [
    LookupRow(
        kind=kind,
        id=f"{kind}-{place}",
        href=f"{kind}/{place}.html",
        title=f"{'演示' if place % 2 else '大连演示'}{place}",
        date=f"2024-01-{place + 1:02}",
    )
    for kind in ("severe-list", "grades", "role-models")
    for place in range(12)
]
KINDS_ORDERED = ["role-models", "severe-list"]


@pytest.mark.usefixtures("crowded")
@pytest.mark.parametrize("order", ["relevance", "date"])
@pytest.mark.parametrize("query", ["演示", "大连", "演示 大连"])
@pytest.mark.parametrize("filters", [None, {"kind": ["grades", "role-models"]}])
def test_rows_of_a_kind_stand_together_in_the_order_asked_common_or_not(indexed, query, order, filters):
    node = indexed(MIXED)
    asked = {"filters": filters, "order": order, "limit": 100}
    plain = node.call("search", query, asked)["hits"]
    grouped = node.call("search", query, {**asked, "kinds": KINDS_ORDERED})["hits"]
    places = [KINDS_ORDERED.index(hit["kind"]) if hit["kind"] in KINDS_ORDERED else 2 for hit in grouped]
    assert places == sorted(places)
    assert len(set(places)) > 1
    for kind in ("severe-list", "grades", "role-models"):
        assert [hit for hit in grouped if hit["kind"] == kind] == [hit for hit in plain if hit["kind"] == kind]


@pytest.mark.parametrize("query", ["演示", "大连演示"])
def test_newest_come_first_by_day_however_well_they_answer(indexed, query):
    days = [hit["date"] for hit in indexed(MIXED).call("search", query, {"order": "date", "limit": 100})["hits"]]
    assert days == sorted(days, reverse=True)
