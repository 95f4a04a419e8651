"""Laws of numbers in texts: no writing hides one, and the gate finds what the decision finds, in every format."""

import csv
import datetime as dt
import html
import io
import json
import re

from hypothesis import assume, given
from hypothesis import strategies as st
import small_sites

from site_builder.audit.numbers import Excused
from site_builder.audit.search import Searcher
from site_builder.records.values import resident_birth
from site_builder.rules.digits import CHINESE, ENCLOSED, MASKS, MAY_HOLD, MAY_HOLD_ID, NARROW, PLAIN, SEPARATORS
from site_builder.rules.numbers import luhn, numbers, resident_ids

DIGIT = st.sampled_from("0123456789")
DASHES = "-‐‑‒–—―－"
LISTING = "、,，/／"
SINGLE = f" \u3000{DASHES}.．·・•{LISTING}"
AROUND = st.sampled_from(["{}", "电话{}。", "（{}）", "号码：{}，见附件", "演示{}转交"])


def digits(least, most=None):
    return st.text(DIGIT, min_size=least, max_size=most or least)


@st.composite
def resident_id_numbers(draw):
    region = draw(st.sampled_from(["110105", "210202", "211382", "370203", "620102"]))
    born = draw(st.dates(dt.date(1940, 1, 1), dt.date(2010, 12, 31)))
    body = f"{region}{born:%Y%m%d}{draw(digits(3))}"
    return body + next(last for last in "0123456789X" if resident_birth(body + last))


@st.composite
def old_resident_id_numbers(draw):
    return f"210202{draw(st.dates(dt.date(1930, 1, 1), dt.date(1990, 12, 31))):%y%m%d}{draw(digits(3))}"


@st.composite
def card_numbers(draw):
    prefix, size = draw(st.sampled_from([("622202", 19), ("621700", 16), ("4563", 16), ("5123", 16), ("6011", 16)]))
    body = prefix + draw(digits(size - len(prefix) - 1))
    return body + next(last for last in "0123456789" if luhn(body + last))


MOBILES = st.builds("1{}{}".format, st.sampled_from("3456789"), digits(9))
IDS = st.one_of(resident_id_numbers(), old_resident_id_numbers())
NUMBERS = st.one_of(MOBILES, IDS, card_numbers())


@st.composite
def gaps(draw, number):
    """What stands between the digits, mostly nothing; all of one kind or of many."""
    kinds = st.sampled_from(draw(st.one_of(st.just(SINGLE), st.sampled_from(SINGLE))))
    often = draw(st.sampled_from([1, 2, 5]))
    return [draw(kinds) if draw(st.integers(1, often)) == often else "" for _ in number[1:]]


@st.composite
def written(draw, number):
    """The digits in plain, wide or Chinese writing, mixed or not."""
    writings = draw(st.sampled_from([[0], [1], [2], [0, 1], [0, 2], [0, 1, 2]]))
    of = [lambda char: char, lambda char: chr(ord(char) + 0xFEE0), lambda char: CHINESE[int(char)][0]]
    return [of[draw(st.sampled_from(writings))](char) if char.isdigit() else char for char in number]


def joined(chars, between):
    return "".join(char + gap for char, gap in zip(chars, [*between, ""], strict=True))


def may_be_something_else(number, between):
    """A date, an amount, a landline, coordinates, an address of a machine, or a list of whole numbers."""
    plain = joined(number, between)
    for old, new in ((DASHES, "-"), ("．", "."), ("／", "/"), ("\u3000", " "), ("・•", "·")):
        plain = plain.translate(dict.fromkeys(map(ord, old), new))
    marks = set(re.findall("[^0-9X]+", plain))
    patterns = [
        r"(19|20)\d\d ?([-./]) ?\d{1,2} ?\2 ?\d",
        r"(19|20)\d\d([-./])\d{1,2}\2\d",
        r"^[1-9]\d{0,2}([,，]\d{3})+(\.\d+)?$",
        r"^\d{1,3}(\.\d{1,3}){3}$",
        r"(^|\D)0\d{2,3}[- ]?[2-9]\d{2,3}[- ]?\d{4}",
        r"(^|\D)[48]00[- ]?\d{3,4}[- ]?\d{3,4}",
        r"(^|\D)[2-9]\d{6,7}[、,，/][2-9]\d{6,7}",
        r"\d\.\d{4,}[,，、/ ]\d{1,3}\.\d{4,}",
    ]
    return (marks <= set("、,，/.") and len(plain) < 2 * len(number) - 1) or any(
        re.search(one, plain) for one in patterns
    )


def is_listed(number, between):
    """Whether a comma or a slash stands in a number of which little is checked, and it is not divided throughout."""
    return len(number) not in {11, 18} and bool(set(LISTING) & {*between}) and "" in between


@given(st.data(), NUMBERS, AROUND)
def test_no_mixture_of_single_separators_and_writings_hides_a_number(data, number, around):
    between = data.draw(gaps(number))
    assume(not may_be_something_else(number, between))
    assume(not is_listed(number, between))
    text = joined(data.draw(written(number)), between)
    assert number in {one.digits for one in numbers(around.format(text))}


@given(st.data(), NUMBERS, st.sampled_from(SINGLE), AROUND)
def test_separator_after_every_digit_hides_no_number(data, number, separator, around):
    text = separator.join(data.draw(written(number)))
    assert number in {one.digits for one in numbers(around.format(text))}


@given(st.data(), NUMBERS, AROUND)
def test_no_number_of_spaces_dashes_and_invisible_characters_hides_a_number(data, number, around):
    wide = st.text(" \u3000\u00a0-—\u200b\u2060\ufeff\u00ad", min_size=1, max_size=4)
    assert number in {one.digits for one in numbers(around.format(data.draw(wide).join(number)))}


@given(st.sampled_from(["+86", "0086", "86", "0", "+86-", "（+86）", "+86 "]), MOBILES, st.data())
def test_prefix_hides_no_mobile_number(prefix, number, data):
    between = data.draw(gaps(number))
    assume(
        not may_be_something_else(number, between) and not may_be_something_else(prefix[-1] + number, ["", *between])
    )
    assert number in {one.digits for one in numbers(f"电话{prefix}{joined(number, between)}。")}


@given(NUMBERS, st.integers(1, 6), st.integers(0, 16), st.sampled_from("*●×＊★#"), AROUND)
def test_number_with_less_than_four_masked_digits_is_found_and_no_other(number, hidden, place, mask, around):
    place = min(max(place, 2), len(number) - hidden)
    text = number[:place] + mask * hidden + number[place + hidden :]
    assume(hidden < 4 or not list(numbers(number[:place])))  # as many digits as are another number are told
    assert bool(list(numbers(around.format(text)))) == (hidden < 4)


PIECES = ["138", "0013", "8000", "13800138000", "2102", "19900101", "0159", "+86", "86", "0", "1", "*", "**", "×", "X"]
PIECES += [
    "6222",
    "020200112230012",
    "一",
    "三八",
    "〇〇",
    "①",
    "元",
    "第",
    "条",
    "号",
    "年",
    "甲",
    "Ab",
    "０１３",
    "𝟏",
    "²",
]
ANY_TEXT = st.lists(st.sampled_from([*PIECES, *SINGLE, "\u200b", ":", ";"]), max_size=14).map("".join)


@given(ANY_TEXT)
def test_quick_look_overlooks_no_number(text):
    every = "".join((*PLAIN, *CHINESE, *ENCLOSED, MASKS, NARROW, SEPARATORS))
    assert MAY_HOLD.search(text) or not any(char.isdigit() for char in text) or not list(numbers(text))
    assert {one.digits for one in resident_ids(text)} == {one.digits for one in numbers(text) if one.born is not None}
    assert MAY_HOLD_ID.search(text) is None or MAY_HOLD.search(text)
    assert all(set(text[one.start : one.end]) <= set(every) for one in numbers(text))


def row(value):
    out = io.StringIO()
    csv.writer(out).writerow(["S-1", "2024-05-12", "36", value, "7", "138", "2026.03.05", ""])
    return out.getvalue()


FORMATS = {
    "a.html": lambda text: f'<p>2024.05.12</p><td>138</td><td title="7">{html.escape(text)}</td><td>0013</td>',
    "b.html": lambda text: f'<svg><path d="M13.8 0.013,80.0Z"/></svg><i title="{html.escape(text)}"></i>8000',
    "a.csv": row,
    "a.jsonl": lambda text: json.dumps({"a": [138, 13, 80.5], "b": text, "c": ["138", "0013"]}, ensure_ascii=False),
    "search/a.bin": lambda text: json.dumps([[1, 3, 8, 0, 0, 1, 3, 8, 0, 0, 0], ["7", text], 13]),
    "a.xml": lambda text: f"<updated>2024-05-12T00:00:00+08:00</updated><title>{html.escape(text)}</title>",
    "a.txt": lambda text: f"2024-05-12\n{text}\n138",
    "xl/sheet1.xml": lambda text: (
        f'<c r="A13" s="2"><v>45321</v></c><c r="B13"><is><t>{html.escape(text)}</t></is></c>'
    ),
}


@given(ANY_TEXT, st.sampled_from(sorted(FORMATS)))
def test_gate_finds_a_number_in_a_finished_file_just_where_the_decision_finds_it_in_the_value(text, path):
    decided = any(one.born is None or one.born <= small_sites.AS_OF for one in numbers(text))
    data = FORMATS[path](text).encode()
    assert bool(list(Searcher(None, Excused(), small_sites.AS_OF).file(path, data))) == decided
