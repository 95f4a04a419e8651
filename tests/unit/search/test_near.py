"""What is offered to who mistyped a name or a code: others like it, no person's, and only where nothing is found."""

from __future__ import annotations

from collections import Counter
import itertools
from random import Random  # noqa: TID251 - seeded

from hypothesis import given, settings
from hypothesis import strategies as st
from invented_rows import credit_code
from invented_rows import rows as invented
from lookup_node import write_index
from mistyped import KINDS, mistyped, sounding_alike
import msgspec
import pytest
from sizes import NAMES

from site_builder.search.lookup import LookupRow, build, pieces
from site_builder.search.lookup.near import SHORTEST_NAME, is_offered
from site_builder.search.lookup.normalise import fold
from site_builder.search.records import readings_of

QUERIES = 2000
MORE_BYTES = 60_000
HEARD = 100
FOUND_OF_HEARD = 0.9


def row(id_, title, **fields):
    return LookupRow(
        kind="severe-list", id=id_, href=f"severe/{id_}.html", title=title, readings=readings_of(title), **fields
    )


CODE = credit_code(Random(5), "210202")  # noqa: S311
ROWS = [
    row("a", "大连棒棰岛演示宾馆有限公司", code=CODE, subject_type="legal_person", date="2024-01-01"),
    row("b", "王演示六", code="2102**********1234", subject_type="natural_person"),
    row("c", "赵演示七郎", subject_type="natural_person"),
    row("d", "演示店", subject_type="individual_business"),
    row("e", "李演示小吃店", subject_type="individual_business"),
    row("f", "限制参与演示工程项目"),
]


def names(node, query):
    return [one["title"] for one in node.call("near", query)["names"]]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("大连棒槌岛演示宾馆有限公司", ["大连棒棰岛演示宾馆有限公司"]),
        ("大连棒棰岛演示宾馆有限责任公司", ["大连棒棰岛演示宾馆有限公司"]),
        ("大连棒棰岛演宾馆有限公司", ["大连棒棰岛演示宾馆有限公司"]),
        ("大连棒棰岛大演示宾馆有限公司", ["大连棒棰岛演示宾馆有限公司"]),
        ("大连棰棒岛演示宾馆有限公司", ["大连棒棰岛演示宾馆有限公司"]),
        ("棒棰岛宾馆", ["大连棒棰岛演示宾馆有限公司"]),
        ("大连岛宾馆公司", ["大连棒棰岛演示宾馆有限公司"]),
        ("棒棰岛演示宾馆大连有限公司", ["大连棒棰岛演示宾馆有限公司"]),
        ("棒 槌 岛 大连（演示）宾馆有限公司", []),
        ("李演示小炒店", ["李演示小吃店"]),
        ("限制参与演示工程項日", ["限制参与演示工程项目"]),
        ("王演示七", []),
        ("王演六", []),
        ("赵演示七狼", []),
        ("赵演示八郎", []),
        ("演示商", []),
        ("演示小", []),
        ("", []),
        ("（）", []),
        ("<script>alert(1)</script>", []),
    ],
)
def test_offered_are_names_like_what_was_typed_and_no_persons(indexed, typed, offered):
    assert names(indexed(ROWS), typed) == offered


RIVERS = [
    row("r1", "大连夏家河演示国际货运代理有限公司", subject_type="legal_person", date="2024-01-01"),
    row("r2", "大连夏家河演示文化传媒有限公司", subject_type="legal_person", date="2024-01-02"),
    row("r3", "大连蓝湾角演示石化仓储有限公司", subject_type="legal_person"),
    row("r4", "沙河口区蓝湾角演示口腔诊所", subject_type="legal_person"),
    row("r5", "大连佳合演示商行兰花弯道有限公司", subject_type="legal_person"),
    row("r6", "夏家河", subject_type="natural_person"),
    row("r7", "夏家河演示", subject_type="natural_person"),
]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        *((one, {RIVERS[0].title, RIVERS[1].title}) for one in ("夏佳河", "夏家合", "夏佳合")),
        *((one, {RIVERS[2].title, RIVERS[3].title}) for one in ("兰湾角", "蓝弯角", "兰弯角")),
        ("大连夏家合货代", {RIVERS[0].title}),
        *((one, {RIVERS[2].title, RIVERS[3].title}) for one in ("兰湾", "蓝弯")),
        ("兰弯", set()),
        ("佳河夏", set()),
        ("夏家湾", set()),
        ("蓝湾龘", set()),
        ("夏佳和演", {RIVERS[0].title, RIVERS[1].title}),
    ],
)
def test_trade_name_is_heard_where_it_is_spelt_otherwise(indexed, typed, offered):
    assert set(names(indexed(RIVERS), typed)) == offered


@pytest.mark.parametrize("typed", ["大连市夏家河", "大连市夏家河货代", "大连市夏家河国际货运", "旅顺口区夏家河货代"])
def test_place_that_is_called_in_full_hides_no_name(indexed, typed):
    found = names(indexed([*RIVERS, row("m", "大连市演示示范"), row("n", "大连市演示工程")]), typed)
    assert RIVERS[0].title in found
    assert set(found) <= {RIVERS[0].title, RIVERS[1].title}


def test_nothing_is_offered_where_something_is_found(indexed):
    node = indexed(ROWS)
    for query in ("棒棰岛", CODE, "王演示", "dalian", "演示 宾馆"):
        assert node.call("search", query)["total"] > 0
        assert node.call("near", query) == {"codes": [], "names": []}


def test_one_name_with_many_records_is_offered_once_and_at_most_five_are(indexed):
    many = [row(f"r{number}", f"大连演示{'甲乙丙丁戊己庚'[number % 7]}商行有限公司") for number in range(30)]
    found = names(indexed(many), "大连演示辛商行有限公司")
    assert len(found) == len(set(found)) == 5


def test_code_one_character_off_is_told_with_the_listed_one(indexed):
    node = indexed([*ROWS, *invented(3000)])
    for place, character in enumerate(CODE):
        other = "7" if character != "7" else "3"
        answer = node.call("near", CODE[:place] + other + CODE[place + 1 :])
        assert answer["names"] == []
        if place >= 2:
            assert answer["code"]["sound"] is False
        assert [one["code"] for one in answer["codes"]] == [CODE], place


def test_masked_code_of_a_person_is_never_offered(indexed):
    node = indexed([row("p", "王演示六", code=CODE, subject_type="natural_person")])
    wrong = CODE[:-1] + ("0" if CODE[-1] != "0" else "1")
    assert node.call("near", wrong)["codes"] == []


@given(st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_every_single_mistake_in_a_name_of_few_is_undone(node, tmp_path_factory, data):
    letters = "大连演示商贸重行甲乙丙丁ab"
    titles = data.draw(st.lists(st.text(letters, min_size=SHORTEST_NAME, max_size=12), min_size=1, max_size=5))
    folder = tmp_path_factory.mktemp("near")
    files: dict[str, bytes] = {}
    build([row(f"r{number}", title) for number, title in enumerate(titles)], files.__setitem__)
    write_index(folder, files)
    node.call("open", str(folder))
    name = data.draw(st.sampled_from(titles))
    place = data.draw(st.integers(0, len(name) - 1))
    wrong = data.draw(
        st.sampled_from(
            [
                name[:place] + name[place + 1 :],
                f"{name[:place]}戊{name[place:]}",
                f"{name[:place]}戊{name[place + 1 :]}",
            ]
        )
    )
    if node.call("search", wrong)["total"] == 0:
        assert name in names(node, wrong)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """An index of many invented names, opened, and the names that may be offered."""
    folder = tmp_path_factory.mktemp("many")
    rows = list(invented(NAMES))
    written: set[str] = set()

    def out(path, data):
        if path not in written:
            written.add(path)
            write_index(folder, {path: data})

    build(rows, out)
    return (
        folder,
        [one.title for one in rows if is_offered(one)],
        [one.title for one in rows if not is_offered(one)],
    )


def test_meant_names_are_among_the_five_and_cost_few_bytes(node, many):
    folder, titles, persons = many
    node.call("open", str(folder))
    met: Counter[str] = Counter()
    missed = []
    for kind, typed, name in mistyped(titles, QUERIES, lambda typed: node.call("search", typed)["total"] == 0):
        answer = node.call("coldNear", typed)
        offered = {fold(one["title"]) for one in answer["names"]}
        met[kind] += 1
        assert len(answer["names"]) <= 5
        assert all(one["subjectType"] != "natural_person" for one in answer["names"])
        assert answer["bytes"] - answer["exact"] <= MORE_BYTES, typed
        if fold(name) not in offered:
            missed.append((kind, typed, name))
    assert set(met) == set(KINDS)
    assert sum(met.values()) == QUERIES
    assert len(missed) <= 0.05 * QUERIES, missed[:20]
    assert persons


def heard(titles, node, random):
    """Three characters of a name that few have, one of them spelt as another that sounds alike: (typed, the names)."""
    while True:
        name = fold(random.choice(titles))
        at = random.randrange(len(name) - 2)
        place = at + random.randrange(3)
        others = sounding_alike().get(name[place])
        if not others:
            continue
        typed = (name[:place] + random.choice(others) + name[place + 1 :])[at : at + 3]
        holders = node.call("search", name[at : at + 3], {"limit": 5})
        if 0 < holders["total"] <= 5 and node.call("search", typed)["total"] == 0:
            yield typed, {fold(one["title"]) for one in holders["hits"]}


def test_short_name_that_was_heard_costs_few_bytes(node, many):
    folder, titles, _ = many
    node.call("open", str(folder))
    met = 0
    for typed, holders in itertools.islice(heard(titles, node, Random(8)), HEARD):  # noqa: S311
        answer = node.call("coldNear", typed)
        assert answer["bytes"] - answer["exact"] <= MORE_BYTES, typed
        met += bool(holders & {fold(one["title"]) for one in answer["names"]})
    assert met >= FOUND_OF_HEARD * HEARD


def test_mistyped_name_of_a_person_is_answered_by_no_person(node, many):
    folder, _, persons = many
    node.call("open", str(folder))
    random = Random(3)  # noqa: S311
    for name in random.sample(persons, 100):
        answer = node.call("near", KINDS["wrong"](name, random))
        assert not {one["title"] for one in answer["names"]} & set(persons)


LICENSED = "大连兰花湾演示物流有限公司"


def licensed(many):
    """Many licences of a name, and an entry on the severe list that is older than they all."""
    licences = [
        row(f"x{number}", LICENSED, code=CODE, subject_type="legal_person", date=f"2025-01-{number % 28 + 1:02}")
        for number in range(many)
    ]
    listed = row("s", LICENSED, code=CODE, subject_type="legal_person", date="2020-01-01")
    return [*(msgspec.structs.replace(one, kind="licences") for one in licences), listed]


@pytest.mark.parametrize(
    "typed", ["兰花湾物流", "大连市兰花湾演示", "蓝花湾", "兰花弯演", "大连兰花弯演示物流有限公司"]
)
@pytest.mark.parametrize("common", [False, True])
def test_name_stands_for_its_entry_on_the_severe_list_however_it_was_found(indexed, monkeypatch, typed, common):
    """By pieces, by sound, by a mistake; what sounds so may be in so many rows that the index tells the first alone."""
    if common:
        monkeypatch.setattr(pieces, "FEWEST", 20 if "物流" not in typed and "市" not in typed else 4096)
    (found,) = indexed([*licensed(150), *invented(200)]).call("near", typed)["names"][:1]
    assert (found["title"], found["kind"], found["id"]) == (LICENSED, "severe-list", "s")
    assert "readings" not in found


def test_code_stands_for_the_entry_on_the_severe_list_too(indexed):
    node = indexed(licensed(30))
    for place in range(2, 18):
        for typed in (
            CODE[:place] + "7" + CODE[place + 1 :],
            CODE[:place] + CODE[place + 1 :],
            f"{CODE[:place]}7{CODE[place:]}",
        ):
            if CODE not in typed and typed not in CODE:
                assert [one["id"] for one in node.call("near", typed)["codes"]] == ["s"], typed


def test_code_that_lacks_a_character_or_has_one_too_many_is_told_with_the_listed_one_for_few_bytes(node, many):
    node.call("open", str(many[0]))
    random = Random(11)  # noqa: S311
    codes = [one.code for one in invented(NAMES) if len(one.code) == 18 and "*" not in one.code]
    for _ in range(100):
        code = random.choice(codes)
        place = random.randrange(2, 17)
        for typed in (code[:place] + code[place + 1 :], code[:place] + random.choice("0123456789AB") + code[place:]):
            answer = node.call("coldNear", typed)
            if not answer["total"]:
                assert code in [one["code"] for one in answer["codes"]], typed
                assert answer["bytes"] - answer["exact"] < MORE_BYTES
