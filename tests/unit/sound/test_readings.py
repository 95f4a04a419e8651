"""How names are read, in one way or several, and where they are filed."""

from __future__ import annotations

from awkward_names import AWKWARD
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT
import pytest

from site_builder.law.cities import shipped
from site_builder.public.places import NOWHERE
from site_builder.search.lookup.keys import keys_of
from site_builder.search.lookup.rows import LookupRow
from site_builder.search.records import readings_of
from site_builder.sound.filing import initial, sound_of
from site_builder.sound.readings import MOST, readings

DALIAN = shipped("dalian").latest.places
LINGYUAN = shipped("lingyuan").latest.places


def said(name, places=DALIAN):
    return [" ".join(one) for one in readings(name, places)]


def test_phrases_decide_a_reading():
    assert said("重庆银行") == ["chong qing yin hang"]
    assert said("大连长江重工") == ["da lian chang jiang zhong gong"]


def test_other_characters_stand_for_themselves():
    assert said("大连a-3号") == ["da lian a - 3 hao"]


def test_every_phrase_in_a_name_is_read_as_pypinyin_reads_it():
    apart = {"朝阳", "长海", "长山", "盖州", "台安"}
    for phrase in list(PHRASES_DICT)[::7]:
        name = f"大连某{phrase}演示商行"
        if all("\u4e00" <= character <= "\u9fff" for character in phrase) and not any(one in phrase for one in apart):
            assert lazy_pinyin(name) == list(readings(name)[0]), name


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("朝阳演示", {"chao yang yan shi", "zhao yang yan shi"}),
        ("曾演示", {"zeng yan shi", "ceng yan shi"}),
        ("大连乐演示商贸", {"da lian le yan shi shang mao", "da lian yue yan shi shang mao"}),
        ("尉迟演示", {"yu chi yan shi"}),
        ("长海县演示", {"chang hai xian yan shi"}),
    ],
)
def test_name_that_is_read_in_several_ways_has_all_of_them(name, ways):
    assert set(said(name)) == ways


def test_surname_is_read_first_and_a_word_before_it():
    assert said("单演示")[0] == "shan yan shi"
    assert said("大连单演示")[0] == "da lian shan yan shi"
    assert said("单位演示中心")[0] == "dan wei yan shi zhong xin"
    assert said("曾经纬")[0] == "zeng jing wei"


@given(st.text(st.sampled_from("大连市朝阳长重行乐曾单解会传演示公司a1"), min_size=1, max_size=20))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_every_reading_has_an_item_a_character_and_there_are_few(name):
    found = readings(name, DALIAN)
    assert 1 <= len(found) <= MOST
    assert len(set(found)) == len(found)
    assert {len(one) for one in found} == {len(name)}


def test_awkward_names_stand_under_their_letter():
    wrong = [(name, letter) for name, letter in AWKWARD if initial(name, DALIAN) != letter]
    assert len(AWKWARD) >= 200
    assert len({name for name, _ in AWKWARD}) == len(AWKWARD)
    assert len(wrong) <= 0.02 * len(AWKWARD), wrong


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("辽宁省大连市中山区演示商行", "yan shi shang hang"),
        ("大连（演示）商行", "yan shi shang hang"),
        ("（大连）演示", "yan shi"),
        ("中山区演示商行", "zhong shan qu yan shi shang hang"),
        ("大连中山演示", "zhong shan yan shi"),
        ("沈阳市演示", "shen yang shi yan shi"),
        ("大连市政演示", "shi zheng yan shi"),
        ("大连市中山区", "da lian shi zhong shan qu"),
        ("“", ""),
        ("", ""),
    ],
)
def test_own_city_and_a_district_behind_it_are_left_out_where_a_name_is_filed(name, filed):
    assert sound_of(name, DALIAN) == filed.replace("shang hang", sound_of("商行"))


def test_prefecture_is_left_out_before_the_own_county_level_city_alone():
    assert sound_of("朝阳市凌源市演示", LINGYUAN) == "yan shi"
    assert sound_of("朝阳市演示", LINGYUAN) == "chao yang shi yan shi"


def test_nothing_is_left_out_where_nothing_is_known_of_the_city():
    assert initial("大连演示", NOWHERE) == "d"
    assert initial("朝阳演示", NOWHERE) == "z"


def keys(title):
    return keys_of(LookupRow(kind="measures", id="a", href="", title=title, readings=readings_of(title)))


def test_full_and_initial_readings_are_keys():
    assert keys("大连3号").syllables == ["da", "lian", "3", "hao"]
    assert keys("大连3号").initials == ["d", "l", "3", "h"]


def test_a_latin_name_has_no_reading():
    assert keys("ABC").syllables == []
