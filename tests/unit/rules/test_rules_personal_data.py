"""Personal data in what would be shown: every way of writing it, and what is no personal data."""

import datetime as dt
import unicodedata

from decided_records import AS_OF, BOTH, entry, facts, measure, model, person, person_model, reasons
from hypothesis import given
from hypothesis import strategies as st
import pytest

from site_builder.rules.empty import PLACEHOLDERS, is_empty
from site_builder.rules.numbers import luhn

ID18 = "11010519491231002X"
ID18_DIGITS = "110105194912310038"
ID15 = "110105491231002"
MOBILE = "13912345678"
CARD = "6222021234567890128"
VISA = "4111111111111111"
FREE_SEVERE = (
    "subject_name",
    "natural_person_basis",
    "legal_representative",
    "responsible_persons_basis",
    "list_name",
    "cause",
    "measures_notice",
    "removal_conditions",
    "authority",
    "source",
    "term_basis",
    "change_note",
)
PROCEDURE = ("remedies", "removal_procedure")
CODES = ("decision_no", "region")
FREE_MODEL = ("subject_name", "honour", "awarded_by", "summary", "deeds", "change_note")
FREE_MEASURE = ("title", "content", "targets", "change_note")
FOUND = ["personal_data"]
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u2062\ufe0f\u180e\u034f\u202a"
SPACES = " \u00a0\u3000\u2003\u2009\u202f\t"
HYPHENS = "-\u2010\u2011－﹣"


def cause(text, **changes):
    return reasons("lingyuan", entry(cause=text, **changes))


def test_the_examples_are_what_they_say():
    assert luhn(CARD)
    assert luhn(VISA)
    assert cause(f"证件{ID18_DIGITS}") == FOUND


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("number", [ID18, ID18.lower(), ID15, ID18_DIGITS])
@pytest.mark.parametrize("field", [*FREE_SEVERE, *PROCEDURE, *CODES])
def test_resident_id_is_found_in_every_shown_field(city, number, field):
    assert reasons(city, entry(**{field: f"演示{number}演示"})) == FOUND


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("field", ["basis"])
def test_resident_id_is_found_in_lists(city, field):
    assert reasons(city, entry(**{field: ("《演示条例》", f"见{ID18}")})) == FOUND


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("field", FREE_MODEL)
def test_resident_id_is_found_in_honours(city, field):
    assert reasons(city, model(**{field: f"演示{ID18}"})) == FOUND
    assert reasons(city, person_model(**{field: f"演示{MOBILE}"})) == FOUND


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("field", FREE_MEASURE)
def test_personal_data_is_found_in_measures(city, field):
    assert reasons(city, measure(**{field: f"演示{ID18}"})) == FOUND
    assert reasons(city, measure(**{field: f"演示{MOBILE}"})) == FOUND
    assert reasons(city, measure(implementing_bodies=("演示局", f"{MOBILE}"))) == FOUND


@pytest.mark.parametrize("name", ["S-110105194912310038", "110105194912310038"])
def test_resident_id_is_found_in_an_id(name):
    assert cause("演示", id=name) == FOUND


@pytest.mark.parametrize("field", ["principal", "actual_controller"])
def test_names_are_read_only_where_they_are_shown(field):
    hidden = entry(**{field: f"演示{MOBILE}"})
    shown = entry(**{field: f"演示{MOBILE}", "responsible_persons_basis": "《演示办法》"})
    assert reasons("lingyuan", hidden) == []
    assert reasons("lingyuan", shown) == FOUND
    assert reasons("lingyuan", shown, facts(show_responsible=False)) == []


@pytest.mark.parametrize("field", ["authority_code"])
def test_columns_that_never_leave_are_not_read(field):
    assert reasons("lingyuan", entry(**{field: ID18})) == []


def test_code_of_a_natural_person_is_masked_before_it_is_read():
    assert reasons("lingyuan", person(subject_code=ID18)) == []
    assert reasons("lingyuan", person(subject_code=f"护照{ID18}")) == []


@pytest.mark.parametrize("number", [ID18, ID18_DIGITS, ID15, MOBILE, CARD])
@pytest.mark.parametrize("gap", [*SPACES, *HYPHENS, *ZERO_WIDTH, " - ", "\u200b \u200b"])
def test_gaps_hide_no_number(number, gap):
    assert cause("证号" + gap.join(number) + "。") == FOUND
    assert cause(f"证号{number[:6]}{gap}{number[6:]}") == FOUND


@pytest.mark.parametrize("number", [ID18, ID18_DIGITS, ID15, MOBILE, CARD])
def test_full_width_digits_hide_no_number(number):
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number)
    assert cause(f"证号{wide}") == FOUND
    assert cause(f"证号{number[:5]}{wide[5:]}") == FOUND


@pytest.mark.parametrize("number", [ID18_DIGITS, MOBILE, CARD])
@pytest.mark.parametrize(
    "sign", ["&#{0};", "&amp;#{0};", "%{0:x}", "%25{0:x}", r"\u{0:04x}", r"\\u{0:04x}", r"\x{0:02x}", r"\u{{{0:x}}}"]
)
def test_references_escapes_and_percent_signs_hide_no_number(number, sign):
    written = "".join(sign.format(ord(one)) for one in number[:2]) + number[2:]
    assert cause(f"演示{written}") == FOUND
    assert reasons("lingyuan", entry(basis=("《演示条例》", f"见{written}"))) == FOUND


@pytest.mark.parametrize("unseen", ["\u200b", "\ufe0f", "\U000e0100", "\U000e01ef", "\U000e0020", "\ufff9", "\u17b4"])
@pytest.mark.parametrize("number", [ID18, MOBILE, CARD])
def test_characters_nobody_sees_hide_no_number(number, unseen):
    assert cause(f"演示{unseen.join(number)}") == FOUND
    assert cause(f"演示{number[:4]}{unseen}{number[4:]}") == FOUND


@pytest.mark.parametrize(
    "text",
    [
        r"139\/1234\/5678",
        "1<b>3</b>912345678",
        "1&lt;b&gt;3&lt;/b&gt;912345678",
        "%\u200b31%3\u200b3912345678",
        r"\ud835\udfcf3912345678",
        r"\xEF\xBC\x913912345678",
        "13/912345678\n80038",
    ],
)
def test_escaped_slashes_tags_in_a_word_and_lines_hide_no_number(text):
    assert cause(f"演示{text}演示") == FOUND


@pytest.mark.parametrize(
    "text",
    [
        "合格率100%25，占比13%20，同比增长38%",
        r"C:\users\2024\x86\13812\演示.doc",
        "https://www.example/%E6%BC%94?id=20240115%2F001&t=1705300000000",
        "A&B公司 &amp; 演示 1<2 &nbsp;3",
        "处罚&nbsp;2024&nbsp;年 5%1",
    ],
)
def test_percentages_addresses_and_paths_are_no_numbers(text):
    assert cause(text) == []


@pytest.mark.parametrize("number", [ID18_DIGITS, ID15, MOBILE, CARD])
def test_longer_run_of_digits_is_another_number(number):
    assert cause(f"编号7{number}") == []
    assert cause(f"编号{number}7777777777") == []


@pytest.mark.parametrize(
    "text",
    [
        "身份证1101**********002X",
        "身份证110105********002X",
        "手机139****5678",
        "手机12912345678",
        "手机1391234567",
        "证号830105194902300021",
        "证号110105194912310021",
        "文号〔2026〕第110105号",
        "金额110105194912.31元",
        "日期20261120，批次20261121",
        "卡号6222021234567890129",
        "卡号1234567890123452",
    ],
)
def test_what_only_resembles_personal_data_is_left_alone(text):
    assert cause(text) == []


@pytest.mark.parametrize(
    "text", [f"手机{MOBILE}", f"手机（{MOBILE}）", f"{MOBILE}", f"a{MOBILE}b", f"卡{CARD}", f"卡{VISA}", f"0.{MOBILE}"]
)
def test_mobile_and_card_numbers_are_found_in_free_text(text):
    assert cause(text) == FOUND


@pytest.mark.parametrize("prefix", ["130", "145", "166", "178", "199", "188", "157"])
def test_every_mobile_prefix_from_13_to_19_is_found(prefix):
    assert cause(f"电话{prefix}12345678") == FOUND


@pytest.mark.parametrize("number", [MOBILE, CARD, VISA])
@pytest.mark.parametrize("field", [*PROCEDURE, *CODES])
def test_telephone_of_an_office_may_stand_in_procedures_and_numbers_in_codes(number, field):
    assert reasons("dalian", entry(**{field: f"演示{number}"})) == []


@pytest.mark.parametrize("number", [MOBILE, VISA])
def test_mobile_and_card_numbers_are_not_looked_for_in_codes(number):
    assert cause("演示", id=f"S-{number}") == []
    assert cause("演示", measure_ids=(number,)) == []
    assert reasons("dalian", measure(clause=number)) == []


@pytest.mark.parametrize("number", [ID18, MOBILE])
def test_numbers_of_two_fields_are_not_read_as_one(number):
    assert cause(f"甲{number[:9]}", measures_notice=f"{number[9:]}乙") == []
    assert reasons("lingyuan", entry(basis=(number[:9], number[9:]))) == []


def test_born_after_the_as_of_day_is_no_resident_id_yet():
    number = "110105202611210023"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
    number = number[:17] + "10X98765432"[total % 11]
    assert cause(f"证号{number}") == []
    assert reasons("lingyuan", entry(cause=f"证号{number}"), facts(dt.date(2026, 11, 21))) == FOUND


@pytest.mark.parametrize("number", ["512102198003170002", "512102198003010025"])
def test_number_that_is_an_organisations_code_of_the_export_is_excused(number):
    record = entry(cause=f"企业{number}", remedies=f"见{number}", decision_no=f"第{number}号")
    assert reasons("lingyuan", record) == FOUND
    assert reasons("lingyuan", record, facts(excused=frozenset({number}))) == []


def test_one_excused_number_excuses_no_other():
    number = "512102198003170002"
    given = facts(excused=frozenset({number}))
    assert reasons("lingyuan", entry(cause=f"企业{number}，法人{ID18}"), given) == FOUND
    assert reasons("lingyuan", entry(cause=f"企业{number}，手机{MOBILE}"), given) == FOUND


def test_excused_number_is_excused_in_all_its_forms():
    number = "512102198003170002"
    given = facts(excused=frozenset({number}))
    assert reasons("lingyuan", entry(cause=f"企业{number[:6]} {number[6:]}"), given) == []


@pytest.mark.parametrize(
    "text",
    [
        f"电话{MOBILE} 13812345678",
        f"电话{MOBILE}\n2026年11月20日处理",
        f"证号{ID18_DIGITS} {ID15}",
        f"1 {ID18}",
    ],
)
def test_number_beside_another_number_is_found(text):
    assert cause(text) == FOUND


@given(
    st.sampled_from([ID18, ID18_DIGITS, ID15]),
    st.text("演示甲乙（）：，。ab", max_size=6),
    st.text("演示甲乙（）：，。ab", max_size=6),
    st.lists(st.text(SPACES + HYPHENS + ZERO_WIDTH, max_size=2), min_size=18, max_size=18),
    st.booleans(),
)
def test_no_mixture_of_gaps_and_widths_hides_a_resident_id(number, before, after, gaps, wide):
    chars = [chr(ord(char) + 0xFEE0) for char in number] if wide else list(number)
    hidden = "".join(char + gap for char, gap in zip(chars, [*gaps[: len(chars) - 1], ""], strict=True))
    assert reasons("dalian", entry(cause=before + hidden + after)) == FOUND


@given(st.from_regex(r"[0-9]{15,18}", fullmatch=True))
def test_luhn_accepts_exactly_one_check_digit(digits):
    assert sum(luhn(digits + check) for check in "0123456789") == 1


def test_personal_data_depends_on_nothing_but_record_and_day():
    record = entry(cause=f"手机{MOBILE}")
    assert reasons("dalian", record, facts(AS_OF)) == reasons("dalian", record, facts(dt.date(2030, 1, 1))) == FOUND


@given(st.text(st.sampled_from("无/-—见文详书略／－﹣ 　\u0301\u200b⽆") | st.characters(exclude_categories=["Cs"])))
def test_a_placeholder_is_known_as_after_nfkc(text):
    assert is_empty(text) == (unicodedata.normalize("NFKC", text).strip() in PLACEHOLDERS)
