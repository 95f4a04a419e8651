"""One reading a name, the same as pypinyin's."""

from __future__ import annotations

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from site_builder.search.lookup.keys import keys_of
from site_builder.search.lookup.pinyin import syllables
from site_builder.search.lookup.rows import LookupRow


def test_phrases_decide_a_reading():
    assert syllables("重庆银行") == ["chong", "qing", "yin", "hang"]
    assert syllables("长兴重工") == lazy_pinyin("长兴重工")


def test_other_characters_stand_for_themselves():
    assert syllables("大连a-3号") == ["da", "lian", "a", "-", "3", "hao"]


def test_every_phrase_in_a_name_is_read_as_pypinyin_reads_it():
    for phrase in list(PHRASES_DICT)[::7]:
        name = f"大连{phrase}演示商行"
        if all("\u4e00" <= character <= "\u9fff" for character in phrase):
            assert syllables(name) == lazy_pinyin(name)


def keys(title):
    return keys_of(LookupRow(kind="measures", id="a", href="", title=title))


def test_full_and_initial_readings_are_keys():
    assert keys("大连3号").syllables == ["da", "lian", "3", "hao"]
    assert keys("大连3号").initials == ["d", "l", "3", "h"]


def test_a_latin_name_has_no_reading():
    assert keys("ABC").syllables == []
