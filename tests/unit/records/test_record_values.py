"""Codes and calendar: GB 32100, GB 11643 and months that end inclusively."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
import pytest

from site_builder.records.values import (
    CODE_ALPHABET,
    add_months,
    birth_date,
    has_id_shape,
    is_credit_code,
    is_resident_id,
    person_birth,
    person_code,
    years_old,
)

AS_OF = dt.date(2026, 11, 20)
BODIES = st.text(CODE_ALPHABET, min_size=17, max_size=17).filter(lambda body: body.strip("0"))
DIGITS = "0123456789"


def id_check(body):
    return "10X98765432"[sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body)) % 11]


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91350100m000100y43"])
def test_code_of_the_standard_is_a_credit_code_in_either_case(code):
    assert is_credit_code(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "91350100M000100Y44",
        "91350100M000100Y4",
        "91350100M000100Y433",
        "９１３５０１００M000100Y43",
        "91350100M00010OY43",
        " 91350100M000100Y43",
        "91350100M000100Y4ß",
        "演" * 18,
        "0" * 18,
    ],
)
def test_what_has_another_shape_or_check_digit_is_no_credit_code(code):
    assert not is_credit_code(code)


@given(BODIES)
def test_exactly_one_check_character_fits_a_code(body):
    assert sum(is_credit_code(body + char) for char in CODE_ALPHABET) == 1


@given(BODIES, st.integers(0, 17), st.sampled_from(CODE_ALPHABET))
def test_one_changed_character_is_always_noticed(body, place, char):
    code = next(body + check for check in CODE_ALPHABET if is_credit_code(body + check))
    changed = code[:place] + char + code[place + 1 :]
    assert is_credit_code(changed) == (changed == code)


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letters_that_look_like_digits_are_not_in_the_alphabet(letter):
    assert not any(is_credit_code(f"9135010{letter}M000100Y{char}3") for char in CODE_ALPHABET)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("11010519491231002X", "1101**********002X"),
        ("11010519491231002x", "1101**********002x"),
        ("１１０１０５１９４９１２３１００２Ｘ", "1101**********002X"),
        ("110105194912310021", "1101**********0021"),
        ("1101**********002X", ""),
        ("91350100M000100Y43", ""),
        ("110105491231002", ""),
        ("护照 E12345678", ""),
        ("1101051949123100", ""),
        ("11010519491231002X ", ""),
        ("", ""),
    ],
)
def test_natural_person_is_shown_only_as_a_masked_id_number(code, shown):
    assert person_code(code) == shown


@given(st.text())
def test_no_more_than_eight_characters_of_any_code_are_shown(code):
    shown = person_code(code)
    assert shown == "" or (len(shown) == 18 and shown[4:14] == "*" * 10)


def test_id_number_tells_its_birth_date():
    assert person_birth("11010519491231002X") == dt.date(1949, 12, 31)
    assert person_birth("11010519490231002X") is None
    assert person_birth("91350100M000100Y43") is None


@pytest.mark.parametrize("digits", ["20260229", "20261301", "00000101", "20260100"])
def test_days_no_calendar_has_are_no_birth_dates(digits):
    assert birth_date(digits) is None


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("11010519491231002X", True),
        ("11010519491231002x", True),
        ("110105194912310021", False),
        ("830105194912310005", True),
        ("100105194912310001", False),
        ("110105189912310009", False),
        ("110105190001010007", True),
        ("110105202611200006", True),
        ("110105202611210007", False),
        ("110105194902300000", False),
        ("110105491231002", True),
        ("100105491231002", False),
        ("840105491231002", False),
        ("110105490231002", False),
        ("110105491331002", False),
    ],
)
def test_resident_id_has_a_province_a_birth_date_and_a_check_digit(number, found):
    if len(number) == 18 and number not in {"11010519491231002x", "110105194912310021"}:
        number = number[:17] + id_check(number[:17])
    assert is_resident_id(number, AS_OF) is found


@given(st.integers(11, 83), st.dates(dt.date(1900, 1, 1), AS_OF), st.text(DIGITS, min_size=3, max_size=3))
def test_every_well_formed_id_number_is_recognised(province, born, serial):
    body = f"{province}0105{born:%Y%m%d}{serial}"
    assert [char for char in "0123456789X" if is_resident_id(body + char, AS_OF)] == [id_check(body)]
    assert has_id_shape(body + "x")


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2021-11-20", 60, "2026-11-20"),
        ("2024-02-29", 60, "2029-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2023-08-31", 1, "2023-09-30"),
        ("2023-02-28", 12, "2024-02-28"),
        ("2023-12-01", 1, "2024-01-01"),
        ("2023-12-01", 13, "2025-01-01"),
        ("9999-12-31", 1, "9999-12-31"),
        ("2026-01-01", 999_999, "9999-12-31"),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(start, months, end):
    assert add_months(dt.date.fromisoformat(start), months) == dt.date.fromisoformat(end)


@given(st.dates(), st.integers(0, 2000), st.integers(0, 2000))
def test_more_months_never_end_earlier(start, months, more):
    assert start <= add_months(start, months) <= add_months(start, months + more)


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("2008-11-20", "2026-11-20", 18),
        ("2008-11-21", "2026-11-20", 17),
        ("2008-12-01", "2026-11-30", 17),
        ("2008-01-01", "2026-01-01", 18),
    ],
)
def test_age_counts_whole_years(born, on, years):
    assert years_old(dt.date.fromisoformat(born), dt.date.fromisoformat(on)) == years


def test_short_id_number_may_be_of_someone_born_today():
    assert is_resident_id("110105491231002", dt.date(1949, 12, 31))
    assert not is_resident_id("110105491231002", dt.date(1949, 12, 30))


@pytest.mark.parametrize(
    "text", ["", "1", "11A10519491231002X", "1101051949123100", "11010519491231002XX", "²²010549123100²"]
)
def test_what_is_no_number_of_15_or_18_is_no_resident_id(text):
    assert not is_resident_id(text, dt.date(2026, 11, 20))


def test_what_has_not_the_shape_of_an_id_number_tells_no_birth_date():
    assert person_birth("E10105194912310021") is None
    assert person_birth("110105194912310021X") is None


def test_months_go_on_to_the_calendars_last_year():
    assert add_months(dt.date(9999, 1, 31), 1) == dt.date(9999, 2, 28)
    assert add_months(dt.date(9999, 1, 31), 12) == dt.date.max
