"""Resident ID numbers typed into the search: masked as the site shows them, however written, before all else."""

import datetime as dt
from random import Random  # noqa: TID251 - seeded
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st
from invented_rows import credit_code
import pytest
import small_sites

from site_builder.records.values import is_credit_code, person_code, resident_number
from site_builder.rules.numbers import resident_ids
from site_builder.search.lookup import LookupRow

WIDE = {ord(one): ord(one) + 0xFEE0 for one in "0123456789Xx"}
BODIES = st.builds(
    lambda province, born, last: f"{province}0202{born:%Y%m%d}{last:03}",
    st.sampled_from([11, 21, 23, 45, 51, 65]),
    st.dates(min_value=dt.date(1930, 1, 1), max_value=dt.date(2005, 12, 31)),
    st.integers(0, 999),
)
NUMBERS = BODIES.map(small_sites.resident_id)
NUMBER = small_sites.resident_id("21020219900101123")
SHOWN = person_code(NUMBER)


@given(NUMBERS, st.integers(1, 17), st.sampled_from([" ", "  ", "-", "\u2013", "\u3000", "\u200b"]))
@settings(deadline=None)
def test_whole_number_is_masked_as_the_site_shows_it_however_it_is_typed(node, number, place, between):
    parted = f"{number[:place]}{between}{number[place:]}"
    many = between.join(number)
    typed = [number, number.lower(), number.translate(WIDE), parted, f" {number}\n", many]
    assert node.call("masked", typed) == [person_code(number)] * len(typed)
    name = f"王演示 {number}", f"王演示{number}", f"{number}王演示", f"身份证号：{number}"
    shown = person_code(number)
    assert node.call("masked", name) == [f"王演示 {shown}", f"王演示 {shown}", f"{shown} 王演示", shown]


@given(BODIES.filter(lambda one: one[6:8] == "19"))
def test_number_of_fifteen_digits_is_masked_as_the_one_it_became(node, body):
    number = small_sites.resident_id(body)
    short = body[:6] + body[8:]
    assert resident_number(short) == number
    assert node.call("masked", [short, f"{short[:6]} {short[6:]}"]) == [person_code(number)] * 2


MARKS = [
    ".",
    "\u00b7",
    "/",
    "\u3001",
    ",",
    "\uff0c",
    "_",
    "+",
    "~",
    "*",
    "\uff08",
    "\u201d",
    "\u2212",
    "\u30fc",
    "\u00d7",
]
MARKS += ["\ufe0f", "\u034f", "\u0300", "\u20e3", "\u3164", "\uffa0", "\u200b", "\t"]
ZEROS = [0x1D7CE, 0x1D7F6, 0x0660, 0x06F0, 0x0966, 0x0E50]
RAISED = dict(zip(map(ord, "0123456789"), "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", strict=True))


@given(NUMBERS, st.lists(st.integers(1, 17), unique=True), st.sampled_from(MARKS))
@settings(deadline=None)
def test_sound_number_is_masked_whatever_parts_it_and_whatever_writing_it_is_in(node, number, places, mark):
    parted = "".join(f"{mark if place in places else ''}{char}" for place, char in enumerate(number))
    written = [number.translate({ord(str(one)): chr(zero + one) for one in range(10)}) for zero in ZEROS]
    written += [parted, number.translate(RAISED), *(number.replace("X", other) for other in "\u0425\u0445\u00d7\u2169")]
    assert node.call("masked", written) == [person_code(number)] * len(written)


@given(NUMBERS, NUMBERS)
@settings(deadline=None)
def test_sound_number_is_found_beside_letters_telephones_other_numbers_and_behind_a_rows(node, number, other):
    one, two = person_code(number), person_code(other)
    called = [f"id{number}", f"sfz{number}", f"证件号\uff1a{number}"]
    apart = [
        f"1 {number}",
        f"3\t{number}",
        f"\u2460{number}",
        f"13800001234{number}",
        f"{number}13800001234",
        f"{number}.0",
    ]
    assert node.call("masked", [*called, *apart]) == [one] * (len(called) + len(apart))
    both = [f"{number}{other}", f"{number} {other}", f"{number}\uff0c{other}", f"1 {number} 2 {other}"]
    assert node.call("masked", both) == [f"{one} {two}"] * len(both)
    assert node.call("masked", [f"{number}abc", f"王演示\uff08{number}\uff09"]) == [f"{one} abc", f"王演示 {one}"]


@given(NUMBERS, st.sampled_from(["{}", "王演示 {}", "1 {}", "id{}"]))
@settings(deadline=None)
def test_address_holds_no_number_wherever_somebody_wrote_one(node, number, around):
    text = around.format(number)
    ((address, question, tells),) = node.call("addresses", [text])
    assert tells
    assert question.endswith(person_code(number))
    typed = quote(text)
    links = [f"q={typed}", f"q=a&kind={typed}", f"q=a&x={typed}", f"q=a&{typed}=1", f"q=a&q={typed}", typed]
    made = [
        address
        for tells, address in node.call("cleaned", [f"https://a.example/search/#{one}" for one in links])
        if tells
    ]
    assert len(made) == len(links)
    for one in (address, *made):
        assert number[4:14] not in one
        assert not node.call("cleaned", [f"https://a.example/search/{one.removeprefix('./')}"])[0][0]


DAYS = st.dates(min_value=dt.date(1949, 1, 1), max_value=small_sites.AS_OF).map("{:%Y%m%d}".format)
DIGITS = st.builds(
    lambda day, rest, cut: f"210202{day[cut:]}{rest}", DAYS, st.text("0123456789", max_size=8), st.sampled_from([0, 2])
)


@given(DIGITS, st.sampled_from(["", "XK", "演示罚字"]), st.sampled_from(["", "号", "A"]))
@settings(deadline=None, max_examples=400)
def test_number_of_a_document_is_asked_as_it_is_unless_the_rules_withhold_it(node, digits, front, behind):
    typed = f"{front}{digits}{behind}"
    (shown,) = node.call("masked", [typed])
    assert shown == typed or list(resident_ids(typed))


LATE = st.dates(min_value=dt.date(2020, 1, 1), max_value=small_sites.AS_OF).map("210202{:%Y%m%d}".format)


@given(
    st.builds("{}{:04}".format, LATE, st.integers(0, 9999)),
    st.lists(st.integers(1, 17), unique=True, min_size=1, max_size=4),
    st.sampled_from(["-", ".", "/", "_", " ", "(", "〔", "×", "第", "--", "、"]),
)
@settings(deadline=None, max_examples=400)
def test_late_number_of_a_document_in_parts_is_asked_as_it_is_unless_the_rules_may_read_it(node, digits, places, mark):
    typed = "".join(f"{mark if place in places else ''}{digit}" for place, digit in enumerate(digits))
    (shown,) = node.call("masked", [typed])
    assert shown == typed or mark in {"-", "--", ".", "/", " ", "、"}
    joined = node.call("masked", [digits])[0]
    assert joined == digits or list(resident_ids(digits))


def test_mistyped_numbers_and_numbers_of_documents_are_left_as_they_are_and_told_their_length(node):
    doubtful = [
        NUMBER[:9] + NUMBER[10:],
        f"{NUMBER[:9]}5{NUMBER[9:]}",
        NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2"),
    ]
    documents = [
        "210202200806101421",
        "21020220070513200",
        "21020220220204172456",
        "2102022016010112705",
        "210202\u30141998\u301501011234",
    ]
    assert node.call("masked", [*doubtful, *documents]) == [*doubtful, *documents]
    assert node.call("mistyped", [*doubtful, f"王演示 {doubtful[0]}", NUMBER, "大连"]) == [17, 19, 18, 17, 0, 0]


def test_codes_and_what_else_is_digits_are_left_as_they_are(node):
    codes = [credit_code(Random(seed), "210202") for seed in range(200)]  # noqa: S311
    codes += [code[:-1] + ("0" if code[-1] != "0" else "1") for code in codes]
    others = ["大市监罚〔2026〕12号", "2026 1130 210202", "13800001234", "210202209911300011", ""]
    others += ["6222021001112345678", "大连 9121", "注册号210202900101123"]
    assert node.call("masked", [*codes, *others]) == [*codes, *others]


def test_digits_of_a_number_begun_are_known_wherever_they_stand(node):
    begun = [
        NUMBER[:8],
        f"王演示 {NUMBER[:16]}",
        f"id{NUMBER[:17]}",
        "210202 19900101 1",
        f"{NUMBER[:12]}王",
        "21O2O219",
    ]
    assert all(node.call("begun", begun))
    assert not any(node.call("begun", ["2102021", SHOWN, "演示罚字\u30142026\u301512号", ""]))


def test_number_that_is_a_code_too_is_a_persons(node):
    numbers = [small_sites.resident_id(f"51130219900101{last:03}") for last in range(1000)]
    both = [number for number in numbers if is_credit_code(number)]
    assert both
    assert node.call("masked", both) == [person_code(number) for number in both]


@pytest.mark.parametrize("typed", [NUMBER, SHOWN, f"王演示 {NUMBER}"])
def test_masked_number_finds_who_is_published_with_it_and_nobody_else(indexed, typed):
    rows = [
        LookupRow("severe-list", "a", "severe/a.html", "王演示", SHOWN, subject_type="natural_person"),
        LookupRow("severe-list", "b", "severe/b.html", "王演示", subject_type="natural_person"),
        LookupRow("severe-list", "c", "severe/c.html", "王演示", f"2102{'*' * 10}0000", subject_type="natural_person"),
    ]
    node = indexed(rows)
    (question,) = node.call("masked", [typed])
    assert [one["id"] for one in node.call("search", question)["hits"]] == ["a"]
    (other,) = node.call("masked", [small_sites.resident_id("21020219900101999")])
    assert node.call("search", other)["total"] == 0
    assert node.call("near", other)["names"] == []
