"""Chinese numerals, both ways."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest

from site_builder.numerals import to_number, to_numeral

KNOWN = {1: "一", 10: "十", 11: "十一", 20: "二十", 32: "三十二", 100: "一百", 101: "一百零一", 110: "一百一十"}
KNOWN |= {115: "一百一十五", 999: "九百九十九"}


@pytest.mark.parametrize(("number", "numeral"), KNOWN.items())
def test_numerals_are_written_and_read_the_usual_way(number, numeral):
    assert to_numeral(number) == numeral
    assert to_number(numeral) == number


@given(st.integers(min_value=1, max_value=999))
def test_every_number_comes_back_from_its_numeral(number):
    assert to_number(to_numeral(number)) == number


@pytest.mark.parametrize(
    "numeral", ["", "零", "〇", "百", "十十", "一十", "二三", "一百一", "一百零十", "十零一", "1", "千"]
)
def test_what_is_no_usual_numeral_is_none(numeral):
    assert to_number(numeral) is None


def test_a_circle_may_stand_for_the_zero():
    assert to_number("一百〇一") == 101


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_other_numbers_have_no_numeral(number):
    with pytest.raises(ValueError, match="1 to 999"):
        to_numeral(number)
