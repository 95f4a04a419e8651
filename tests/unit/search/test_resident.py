"""Resident ID numbers typed into the search: masked as the site shows them, however written, before all else."""

import datetime as dt
from random import Random  # noqa: TID251 - seeded

from hypothesis import given, settings
from hypothesis import strategies as st
from invented_rows import credit_code
import pytest
import small_sites

from site_builder.records.values import is_credit_code, person_code, resident_number
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


@given(NUMBERS, st.integers(0, 17), st.sampled_from("0123456789"), st.sampled_from(["", "王演示 "]))
@settings(deadline=None)
def test_address_holds_neither_a_number_nor_one_with_a_mistake(node, number, place, digit, front):
    texts = [number, number[:place] + number[place + 1 :], number[:place] + digit + number[place:]]
    told = node.call("addresses", [front + one for one in texts])
    for text, (address, question, tells) in zip(texts, told, strict=True):
        assert tells
        assert text[4:-4] not in address + question
        assert question.startswith(f"{front}{text[:4]}*")
        assert question.endswith(text[-4:])
    again = node.call("addresses", [question for _, question, _ in node.call("addresses", texts)])
    assert not any(tells for _, _, tells in again)


def test_codes_and_what_else_is_digits_are_left_as_they_are(node):
    codes = [credit_code(Random(seed), "210202") for seed in range(200)]  # noqa: S311
    codes += [code[:-1] + ("0" if code[-1] != "0" else "1") for code in codes]
    others = ["大市监罚〔2026〕12号", "2026 1130 210202", "13800001234", "210202209911300011", ""]
    others += ["6222021001112345678", "大连 9121"]
    assert node.call("masked", [*codes, *others]) == [*codes, *others]


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
