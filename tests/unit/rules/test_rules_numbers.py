"""A number is found however it is written, and what only looks like one is left alone."""

import datetime as dt
import sys
import unicodedata

from decided_records import AS_OF, BOTH, entry, facts, measure, model, reasons
import harmless_texts
import pytest
from sizes import HARMLESS

from site_builder.rules import digits
from site_builder.rules.look_alikes import What
from site_builder.rules.numbers import numbers, resident_ids

ID = "210202190001010159"
ID_X = "11010519491231002X"
OLD_ID = "110105491231002"
MOBILE = "13800138000"
CARD = "6222020200112230012"
VISA = "4111111111111111"
EVERY = [ID, ID_X, OLD_ID, MOBILE, "13912345678", CARD, VISA]
SEPARATORS = " -‐‑‒–—―.·/,、．／，－　﹣•・﹑﹒﹐"
LISTING = "/,、，／﹑﹐"
CHINESE = [
    "〇一二三四五六七八九",
    "零壹贰叁肆伍陆柒捌玖",
    "零一二三四五六七八九",
    "○幺二三四五六七八九",
    "零壹貳參肆伍陸柒捌玖",
]
FOUND = ["personal_data"]


def found(text):
    return list(numbers(text))


def cause(text, **changes):
    return reasons("dalian", entry(cause=text, **changes))


def cut(number, *places):
    return [number[start:end] for start, end in zip((0, *places), (*places, len(number)), strict=True)]


def said(number, written):
    return "".join(written[int(char)] if char.isdigit() else char for char in number)


@pytest.mark.parametrize("number", EVERY)
@pytest.mark.parametrize("separator", SEPARATORS)
def test_one_separator_between_digits_hides_no_number(number, separator):
    hidden = [
        separator.join(number),
        *(separator.join(cut(number, *places)) for places in ((3, 7), (4, 8), (6,), (1,))),
    ]
    weak = separator in LISTING and number in {OLD_ID, CARD, VISA}
    for one in hidden:
        for around in (
            "身份证或银行卡号：{}",
            *(() if weak else ("电话{}。", "{}", "号码:{},地址", "（{}）", "演示甲{}转交")),
        ):
            assert found(around.format(one)), around.format(one)


@pytest.mark.parametrize("separator", LISTING)
@pytest.mark.parametrize(
    ("number", "places"),
    [
        (OLD_ID, (6, 12)),
        (OLD_ID, (6,)),
        (OLD_ID, (3, 6, 9, 12)),
        (CARD, (4, 8, 12, 16)),
        (CARD, (6,)),
        (VISA, (4, 8, 12)),
    ],
)
def test_number_of_which_little_is_checked_is_found_as_it_is_mostly_divided_or_evenly(separator, number, places):
    for one in (separator.join(cut(number, *places)), separator.join(number)):
        assert found(one)
        assert cause(f"演示{one}转交") == FOUND


@pytest.mark.parametrize("stop", "。｡")
@pytest.mark.parametrize(
    ("number", "places"), [(ID, (6, 14)), (OLD_ID, (6, 12)), (MOBILE, (3, 7)), (CARD, (4, 8, 12, 16)), (ID, (1,))]
)
def test_full_stop_where_a_number_is_mostly_divided_hides_none(stop, number, places):
    assert found(stop.join(cut(number, *places)))
    assert found(stop.join(number))


@pytest.mark.parametrize(
    "text",
    [
        "138-0013.8000",
        "138.0013 8000",
        "138、0013/8000",
        "1-3.8,0/0·1、3 8—0.0-0",
        "138 - 0013 - 8000",
        "138, 0013, 8000",
        "138——0013——8000",
        "210202.1900.01.01.0159",
        "210202-1900-01-01-0159",
        "110105 1949-1-23 1002X",
        "210202/19000101/0159",
        "210202 1900/01/01 0159",
        "6222.0202/0011-2230,012",
        "110105,491231,002",
        "13800138000/13912345678",
        "138.0013.8000、139.1234.5678",
        "138 0013 8000 / 139 1234 5678",
        "0411-83630000、138-0013-8000",
        "0411-83630000/138.0013.8000",
        "139-1234-5678，罚款5000元",
        "139-1234-5678，5000元",
        "13800138000，5000.00元",
        "139.1234.5678，5,000.00元",
        "2026-03-05 138.0013.8000",
        "138.0013.8000，2026.03.05",
        "13800138000元旦值班",
        "0.13912345678",
        "13800138000.20日前",
        "13800138000.",
    ],
)
def test_several_separators_and_other_numbers_beside_hide_none(text):
    assert found(f"电话{text}"), text
    assert cause(f"电话{text}。") == FOUND


@pytest.mark.parametrize(
    "prefix", ["+86", "0086", "86", "0", "+86-", "+86 ", "(+86)", "（+86）", "86 ", "0086-", "＋８６"]
)
@pytest.mark.parametrize("number", [MOBILE, "138-0013-8000", "138.0013.8000", "1380013 8000"])
def test_mobile_number_is_found_behind_the_countrys_or_the_trunk_prefix(prefix, number):
    assert [one.digits for one in found(f"电话{prefix}{number}")][:1] == [MOBILE]
    assert cause(f"{prefix}{number}") == FOUND


@pytest.mark.parametrize("prefix", ["1", "9", "00", "87", "085", "17951", "186"])
def test_other_digits_before_a_mobile_number_make_it_another_number(prefix):
    assert found(f"编号{prefix}{MOBILE}") == []


@pytest.mark.parametrize("written", CHINESE)
@pytest.mark.parametrize("number", [ID, OLD_ID, MOBILE, CARD, ID_X])
def test_chinese_digits_hide_no_number(written, number):
    text = said(number, written)
    mixed = "".join(old if place % 2 else new for place, (old, new) in enumerate(zip(number, text, strict=True)))
    for one in (text, "、".join(text), " ".join(text), number[:3] + text[3:], text[:6] + number[6:], mixed):
        assert found(one), one
        assert cause(f"号码{one}。") == FOUND


@pytest.mark.parametrize("text", ["一13800138000", "统一13800138000", "一、13800138000", "之一138.0013.8000"])
def test_chinese_digit_before_a_number_is_none_of_its(text):
    assert found(text)


@pytest.mark.parametrize("before", ["①", "❶", "¹", "⑴", "⒈", "（1）", "㊀", "½"])
@pytest.mark.parametrize("behind", ["", "②", "²", "₂", "㎡"])
@pytest.mark.parametrize("number", [ID, MOBILE, "138.0013.8000", CARD])
def test_circled_and_raised_digits_are_none_of_a_number_beside_them(before, behind, number):
    assert found(f"{before}{number}{behind}")


def test_circled_and_raised_digits_are_a_number_among_themselves():
    assert found("①③⑧⓪⓪①③⑧⓪⓪⓪")
    assert found("¹³⁸⁰⁰¹³⁸⁰⁰⁰")
    assert found("①③⑧⓪⓪138000") == []
    assert found("①②③④⑤⑥⑦⑧⑨⑩⑪") == []


@pytest.mark.parametrize("mask", "*＊xXｘＸ×●○•⚹※#?★■□")
@pytest.mark.parametrize("number", [ID, OLD_ID, MOBILE, CARD, VISA])
def test_fewer_than_four_masked_digits_are_no_mask(mask, number):
    for hidden in range(1, 6):
        for place in {len(number) - hidden, 6, len(number) - hidden - 2}:
            text = number[:place] + mask * hidden + number[place + hidden :]
            for around in ("证件{}", "{}。", "（{}）"):
                assert bool(found(around.format(text))) == (hidden < 4), text


@pytest.mark.parametrize(
    "text",
    [
        "身份证21020219000101015*",
        "138-0013-80*0",
        "138 001* 8000",
        "1*8001380*0",
        "+86138001380**",
        "6222 0202 0011 2230 01*",
        "**0202190001010159",
        "13八00138○○*",
        "2102021900***10159",
        "110105194912310**X",
        "11010519491231***X",
        "1***0519491231002X",
        "*3800138000",
        "***00138000",
    ],
)
def test_masked_number_is_found_with_its_gaps(text):
    assert cause(text) == FOUND


@pytest.mark.parametrize(
    "text",
    [
        "1380*1380*12mm",
        "1500×600×138毫米",
        "2500*138000元",
        "138****8000",
        "2102**********0159",
        "210202****0101****",
        "6222**********0012",
        "1101051949123****X",
        "11010519491231XXXX",
        "****0138000",
        "*4008001380",
        "●3800138000",
        "***-83630000",
        "MAX1380013800",
        "1380013800XL",
        "**1380013800**",
        "512102021234567XX8",
    ],
)
def test_signs_beside_digits_that_mask_none_are_left_alone(text):
    assert found(text) == []


def test_x_that_goes_on_with_a_number_makes_it_another_one():
    assert found(f"税号{ID}X") == []
    assert found(f"证号{ID} X")
    assert found(f"手机{MOBILE}X")


@pytest.mark.parametrize(
    "text",
    [
        "金额1,380,013,800.00元",
        "金额13,800,138,000元",
        "金额１３，８００，１３８，０００元",
        "金额138,001,380.00元",
        "金额138001380.00元",
        "金额13800138000元",
        "金额13800138000.00元",
        "人民币138001380.00",
        "RMB13800138000.00",
        "13800138000.00",
        "￥138001380.00",
        "1,380,013,800.00-1,500,000,000.00元",
        "1380.00元—13800.00元",
        "1380.00-13800.00元",
        "分别为138,000.00，15,000.00元",
        "1、38,001,380.00元",
        "一、38,001,380.00元",
        "2026.03.05",
        "2025.01.01-2026.01.01",
        "2025.01.01—2026.01.01、2026.03.05",
        "138，2026.03.05",
        "2018.12.31、2019.01.05、2020.03.08",
        "1999/7/19/2004年8月28日",
        "2015.7-2013.6",
        "0411-83630000",
        "(0411)83630000",
        "0411-8363-0000转8001",
        "0411-62220001、62220002",
        "62220001、62220009",
        "400-800-1380、400-800-1381",
        "1、4008001380",
        "第13、15、7、19、21、23条",
        "第一、三、五、七、九、一一、一三、一五条",
        "13、15、27、38、138",
        "103、205、311、402、518室",
        "110、119、120、122、114",
        "210000、210212、211382",
        "200101、200102、200103",
        "138.10.138.100",
        "之一，77.66.150.229",
        "JY12102040051353。4号楼",
        "JY11101050032264，5、地址",
        "CS-2336。43711113909元",
        "DL-24-1，38.7904、122.3599",
        "序号5、37、41、71、99、102、108、144",
        "65211762、76689592403元",
        "YZ2023-0009081，76.36%",
        "110、119、120、116000",
        "116569、110、119、120",
        "1.8.6、33760005",
        "1.9.5,68972907",
        "1、138.10.138.10",
        "121.614682,38.914003",
        "35.914003，121.614682",
        "116000、116011、116023",
        "（2026）辽0202执1234号",
        "演示〔2026〕1号",
        "DL-34-1、DL-31-3、CS-0047；CS-0084",
        "GB/T 14750-2010，24号",
        "91210211473481409X，91210203WC0MGJ81WT",
        "1747*864*88mm",
        "08:30-11:30、13:00-17:00",
        "8.30-11.30、13.00-17.00",
        "二〇二〇、二〇二一、二〇二二年",
        "https://example.com/2026/0305/138001.html",
        "138..0013..8000",
        "138；0013；8000",
    ],
)
def test_what_only_looks_like_a_number_is_left_alone(text):
    assert found(text) == []
    assert cause(f"涉及{text}，见附件。") == []


def test_number_without_gaps_is_found_whatever_it_looks_like():
    assert found("第13800138000条")
    assert found("13800138000、13800138001、13800138002条")


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_found_in_harmless_rows(seed):
    wrong = {
        text: [text[one.start : one.end] for one in told]
        for text in harmless_texts.rows(HARMLESS // 3 + 1, seed)
        if (told := [one for one in numbers(text) if one.born is None or one.born <= AS_OF])
    }
    assert wrong == {}


def test_harmless_rows_are_the_same_each_time():
    assert list(harmless_texts.rows(20, 1)) == list(harmless_texts.rows(20, 1)) != list(harmless_texts.rows(20, 2))


def test_place_and_kind_of_a_number_are_told():
    (one,) = found("电话：138.0013.8000。")
    assert (one.what, one.digits, one.start, one.end, one.born) == (What.MOBILE, MOBILE, 3, 16, None)
    (one,) = found(f"证号{ID_X.lower()}")
    assert (one.what, one.digits, one.born) == (What.RESIDENT_ID, ID_X, dt.date(1949, 12, 31))
    (one,) = found(OLD_ID)
    assert (one.what, one.born) == (What.OLD_RESIDENT_ID, dt.date(1949, 12, 31))
    (one,) = found(f"{ID[:17]}*")
    assert (one.digits, one.born) == (f"{ID[:17]}*", dt.date(1900, 1, 1))
    assert [one.what for one in found(CARD)] == [What.CARD]


def test_masked_birth_date_may_be_the_earliest_there_is():
    (one,) = found("2102021*0001010159")
    assert one.born == dt.date(1900, 1, 1)


def test_only_resident_ids_are_told_where_only_they_are_asked_for():
    text = f"{MOBILE}，{CARD}，{ID}，{OLD_ID}"
    assert {one.digits for one in resident_ids(text)} == {ID, OLD_ID}
    assert list(resident_ids(f"{MOBILE}，{CARD}")) == []


@pytest.mark.parametrize("city", BOTH)
def test_widened_numbers_are_looked_for_where_the_plain_ones_are(city):
    assert reasons(city, measure(content="演示138.0013.8000")) == FOUND
    assert reasons(city, model(deeds="演示+8613800138000")) == FOUND
    assert reasons(city, entry(remedies="电话138.0013.8000或+8613800138000", decision_no="138.0013.8000")) == []
    assert reasons(city, entry(remedies=f"证号{ID[:6]}.{ID[6:]}")) == FOUND
    assert reasons(city, entry(decision_no=f"{ID[:17]}*")) == FOUND


@pytest.mark.parametrize(
    "text",
    [
        "138**0013**8000",
        "138 **0013** 8000",
        "**138**-**0013**-**8000**",
        "138_0_01380~~0~~0",
        "138\\-0013\\-8000",
        "138\\.0013\\.8000",
        "1380013800\\*",
        "138&#48;0138000",
        "138&nbsp;0013&middot;8000",
        "1380013800&#42;",
        "一三八**〇〇一三**八〇〇〇",
        "138[0013](https://yanshi.example)8000",
        "138[0013](https://yanshi.example/a(1)b)8000",
        "[138][1]0013 8000",
        "210202\\-**19000101**-0159",
    ],
)
def test_markdown_in_a_story_hides_no_number(text):
    assert reasons("dalian", model(deeds=f"电话{text}。")) == FOUND


@pytest.mark.parametrize(
    "text",
    ["138****8000，**重要**", "138\\*\\*\\*\\*8000", "第13条&#x3001;[第138条](https://yanshi.example/0013)、8000元"],
)
def test_markdown_in_a_story_makes_no_number(text):
    assert reasons("dalian", model(deeds=f"电话{text}")) == []


def test_excused_code_is_excused_with_separators_in_it():
    number = "512102198003170002"
    record = entry(cause=f"企业{number[:6]}.{number[6:14]}.{number[14:]}")
    assert reasons("lingyuan", record) == FOUND
    assert reasons("lingyuan", record, facts(excused=frozenset({number}))) == []


def characters():
    return (chr(code) for code in range(0x80, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)


def test_every_character_that_nfkc_makes_part_of_a_number_is_read_as_that():
    """Circled, raised, lowered and squared ones, and fractions, are meant as marks and are no digits."""
    classes = {char: set() for char in "".join((*digits.PLAIN, *digits.CHINESE, digits.NARROW, digits.SEPARATORS))}
    named = [*enumerate(digits.PLAIN), *((f"c{value}", chars) for value, chars in enumerate(digits.CHINESE))]
    named += [("x", digits.LETTER_X), ("mask", digits.MASKS), ("gap", digits.NARROW), ("mark", digits.SEPARATORS)]
    for name, chars in named:
        for char in chars:
            classes.setdefault(char, set()).add(name)
    marks = ("<super>", "<sub>", "<circle>", "<square>", "<fraction>")
    missed = [
        char
        for char in characters()
        if (plain := unicodedata.normalize("NFKC", char)) != char
        and len(plain) == 1
        and plain in classes
        and not unicodedata.decomposition(char).startswith(marks)
        and not classes[plain] <= classes.get(char, set())
    ]
    assert missed == []


def test_no_character_is_two_digits():
    of_value = [*digits.PLAIN, *digits.CHINESE, *digits.ENCLOSED]
    every = "".join(of_value)
    assert len(set(every)) == len(every)
    assert all(len({unicodedata.digit(char) for char in chars}) == 1 for chars in (*digits.PLAIN, *digits.ENCLOSED))


@pytest.mark.parametrize("mark", ["、", ",", "，", "/"])
@pytest.mark.parametrize("number", [ID, ID_X, "320106200907122378"])
def test_resident_id_divided_by_commas_is_found_beside_other_numbers(mark, number):
    for one in (mark.join(cut(number, 6, 14)), mark.join(cut(number, 6, 10, 14)), mark.join(number)):
        assert found(f"1{mark}{one}"), one
        assert found(f"{one}{mark}2"), one
    assert found(f"1{mark}320106{mark}20090712{mark}2379") == []
    assert found(f"1、320106{mark}20090712{mark}2378")


@pytest.mark.parametrize("text", ["2，138-0013-8000", "2,138 0013 8000", "12，138·0013·8000"])
def test_number_of_an_item_before_a_comma_makes_no_amount_of_a_mobile_number(text):
    assert found(text)


@pytest.mark.parametrize(
    "text", ["2026-03-05 138、1134、8123", "138、1134、8123-2", "No.1/138,1134,8123", "138，1134，8123、2"]
)
def test_number_beside_behind_another_mark_is_no_more_of_a_list(text):
    assert found(text)


@pytest.mark.parametrize("text", ["1、138、1134、8123", "138、1134、8123、2"])
def test_number_beside_behind_the_same_mark_is_more_of_a_list(text):
    assert found(text) == []


@pytest.mark.parametrize("text", [f"6*{CARD[2:]}", f"*{CARD[1:]}", f"**{CARD[2:]}", f"4*{VISA[2:]}", f"*{VISA[1:]}"])
def test_card_is_found_with_its_first_digits_masked(text):
    assert What.CARD in {one.what for one in found(f"卡号{text}。")}


@pytest.mark.parametrize("text", [f"9*{CARD[2:]}", f"7*{VISA[2:]}", f"1*{VISA[2:]}"])
def test_other_digits_with_one_masked_are_no_card(text):
    assert found(f"卡号{text}。") == []


@pytest.mark.parametrize(
    "text", ["6228 4844 2323 2218 ***", "6228-4844-2323-2218-**", "110105 491231 ***", "110105 19491231 ***X"]
)
def test_last_group_of_nothing_but_masks_hides_no_number_that_is_divided_as_usual(text):
    assert found(f"号码{text}。")


@pytest.mark.parametrize(
    "text", ["622848 4423232218 ***", "6228 4844 2323 2218 ****", "6228 4844 2323 221 **", "138001380 **"]
)
def test_masks_behind_a_gap_are_none_of_another_number(text):
    assert found(f"号码{text}。") == []


def test_letters_before_a_resident_id_make_no_standard_of_it():
    assert found("ID370202-2008-0713-0150")
    assert found("DB370202-2008、GB/T 14750-2010") == []


def test_list_called_a_card_or_an_id_is_that():
    assert found("320,106,200,907,122,378") == []
    assert found("身份证号320,106,200,907,122,378")
    assert found("110、105、491、231、123") == []
    assert found("身份证号110、105、491、231、123")


@pytest.mark.parametrize("before", ["电话", "联系电话：", "手机号码：", "联系方式为"])
def test_decimals_behind_what_is_called_a_telephone_make_no_amount_of_it(before):
    assert found(f"{before}13912345678.20，")
    assert found("金额13912345678.20，") == []


@pytest.mark.parametrize(
    "text",
    [
        "1.400-660-6188",
        "1-800-078-7266",
        "400-174-5490-6163",
        "400-159-2986/0411-70348339",
        "189.37.4.118/16",
        "150.96.246.9/24",
        "6222 02** **11 2230 012",
        "6222 02**-**11 2230 012",
        "138〇〇〇〇3581",
        "注册号210202400517856",
        "税号：210202820117008",
        "纳税人识别号为210202320528348",
    ],
)
def test_service_number_network_mask_and_registration_are_left_alone(text):
    assert found(f"{text}，") == []


@pytest.mark.parametrize(
    "text",
    [
        "400-800-1380-138-0013-8000",
        "400-800-1380/138-0013-8000",
        "139 12** **78 13912345678",
        "一三八〇〇〇〇三五八一",
        "一三八 〇〇〇〇 三五八一",
        "注册号210202-900101-015",
        f"注册号及身份证号{OLD_ID}",
        f"税号{ID}",
        "1-8001499296",
        "6250,8492,8424,2659***",
    ],
)
def test_number_beside_or_like_what_is_left_alone_is_found(text):
    assert found(f"{text}，")
