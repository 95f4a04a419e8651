"""A second opinion on codes: python-stdnum's ``cn.uscc`` (GB 32100) and ``cn.ric`` (GB 11643) beside our own.

They differ on purpose in three things. We let letters stand among the first eight characters of a credit code, as the
standard's alphabet does; stdnum wants digits. We know a resident's province and no counties, for retired division
codes are on real cards; stdnum looks the county up. We know nobody born before 1900.
"""

import datetime as dt

from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidComponent, ValidationError

from site_builder.records.values import (
    CODE_ALPHABET,
    EARLIEST_BIRTH,
    PROVINCES,
    birth_date,
    is_credit_code,
    resident_birth,
)

DIGITS = "0123456789"
PLACES = st.sampled_from(["210202", "211382", "110101", "310115", "360426", "820001", "832000"])
ANY_PLACE = st.integers(110_000, 839_999).map(str)
BIRTHS = st.dates(dt.date(1850, 1, 1), dt.date(2026, 11, 20)).map("{:%Y%m%d}".format)


@st.composite
def credit_codes(draw):
    """A code with the right check character: digits first, as real ones have, or anything of the alphabet."""
    first = draw(st.text(DIGITS, min_size=8, max_size=8) | st.text(CODE_ALPHABET, min_size=8, max_size=8))
    body = first + draw(st.text(CODE_ALPHABET, min_size=9, max_size=9))
    assume(body.strip("0"))  # 18 zeros are no code to us
    return body + uscc.calc_check_digit(body)


@st.composite
def resident_ids(draw):
    """A number with the right check digit, of a county that is or of any."""
    body = draw(PLACES | ANY_PLACE) + draw(BIRTHS) + draw(st.text(DIGITS, min_size=3, max_size=3))
    return body + ric.calc_check_digit(body + "0")


@st.composite
def changed(draw, codes, alphabet):
    """A code with up to three characters changed, one left out or doubled, or nothing done to it."""
    code = draw(codes)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(code) - 1))
        code = code[:place] + draw(st.sampled_from(alphabet)) + code[place + 1 :]
    cut = draw(st.integers(0, len(code)))
    return draw(st.sampled_from([code, code, code, code[:cut] + code[cut + 1 :], code[:cut] + code[max(0, cut - 1) :]]))


@given(credit_codes())
@example("91350100M000100Y43")
def test_code_with_the_others_check_character_is_a_credit_code(code):
    assert is_credit_code(code)


@given(changed(credit_codes(), CODE_ALPHABET + CODE_ALPHABET.lower() + "IOSVZ*"))
def test_changed_credit_codes_are_judged_alike_where_the_first_eight_are_digits(code):
    assume(code.strip("0"))
    if code[:8].isdecimal():
        assert is_credit_code(code) == uscc.is_valid(code)
    else:
        assert not uscc.is_valid(code)


@given(resident_ids())
@example("360426199101010071")
def test_number_with_the_others_check_digit_is_a_resident_id_of_that_birth(number):
    born = birth_date(number[6:14])
    assert resident_birth(number) == (born if born >= EARLIEST_BIRTH else None)
    assert ric.get_birth_date(number) == born


def birth_by_the_other(number):
    """The birth date stdnum reads from a number whose length, check digit and day it finds right, whatever the county.

    A county it does not know in a province it knows is a ``KeyError`` of its own.
    """
    try:
        ric.validate(number)
        return ric.get_birth_date(number)
    except (InvalidComponent, KeyError):
        return birth_date(number[6:14])
    except ValidationError:
        return None


@given(changed(resident_ids(), DIGITS + "Xx"))
@example("210202198703150000")
@example("360426199101010071")
def test_changed_resident_ids_are_judged_alike_but_for_the_county_and_the_year(number):
    born = birth_by_the_other(number)
    known = born is not None and born >= EARLIEST_BIRTH and int(number[:2]) in PROVINCES
    assert resident_birth(number) == (born if known else None)
