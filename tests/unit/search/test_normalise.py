"""Folding: what both sides do to a text before they compare."""

from __future__ import annotations

import hashlib
from pathlib import Path
from random import Random  # noqa: TID251 - seeded
import sys
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from lookup_node import ASSETS
from lookup_oracle import words
import pytest

from site_builder.records.values import is_credit_code
from site_builder.search.lookup.characters import TABLE, dropped, javascript, simplified
from site_builder.search.lookup.normalise import bare, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("大连演示（集团）有限公司", "大连演示集团有限公司"),
        ("大連演示 有限公司", "大连演示有限公司"),
        ("大市监罚〔２０２４〕１２３号", "大市监罚2024123号"),
        ("大市监罚[2024]123号", "大市监罚2024123号"),
        ("大市监罚［2024］123号", "大市监罚2024123号"),
        ("【2024】「1」《2》{3}<4>", "2024123<4>"),
        ("91210200ＭＡ0ＱＱ", "91210200ma0qq"),
        ("zero\u200bwidth\ufeff\u00ad", "zerowidth"),
        ("㈱", "株"),
        ("ΑΣ", "ασ"),
        ("阿不都·演示•买買提・尔‧江．演示 . ∙", "阿不都演示买买提尔江演示"),
        ("“演示”食品‘店’「一」\"'`´", "演示食品店一"),
        ("L’演示 d'Or O′Shea", "l演示doroshea"),
        ("7-11 便利－店—演示−Ⅱ", "711便利店演示ii"),
        ("二○二六、二〇二六", "二零二六、二零二六"),
        ("Café Ñandú Ångström ёлка", "cafenanduangstromелка"),
        ("3.5万元 ３．５ 3.a .5 6.", "3.5万元3.53a56"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(("one", "other"), [("7-11", "7·11"), ("〔2026〕1-2", "〔2026〕12"), ("3.5", "35"), ("é", "e")])
def test_documents_are_told_apart_by_what_the_lookup_does_not_see(one, other):
    assert bare(one) != bare(other)


def test_brackets_spaces_and_widths_tell_no_documents_apart():
    assert bare("大市监罚〔２０２６〕 1號") == bare("大市监罚[2026]1号")


def test_masks_are_one_asterisk_inside_and_none_outside():
    assert fold("2102**********1234") == fold("2102＊ **1234") == "2102*1234"
    assert words("2102****1234  大连\u3000大連 *12") == ["2102*1234", "大连", "12"]
    assert words("****") == []


def test_folding_twice_changes_nothing_more_for_chinese_text():
    for character in map(chr, range(0x4E00, 0xA000)):
        folded = fold(character)
        assert fold(folded) in {folded, simplified().get(folded)}


def test_table_of_characters_maps_single_ones():
    assert all(len(old) == len(new) == 1 for old, new in simplified().items())
    assert simplified()["連"] == "连"
    assert len(simplified()) > 3000


def test_table_of_characters_is_openccs_own_file():
    digest = "6b5a0a799bea2bb22c001f635eaa3fc2904310f0c08addbff275477a80ecf09a"
    assert hashlib.sha256(TABLE.read_bytes()).hexdigest() == digest
    decisions = Path(__file__).parents[3] / "docs" / "decisions" / "0002-libraries.md"
    assert digest in decisions.read_text()


def test_browser_has_the_same_tables():
    assert (ASSETS / "characters.js").read_text(encoding="utf-8") == javascript()


def assigned() -> list[str]:
    """Every character this Unicode knows; later ones may differ between Python's and the browser's."""
    return [
        chr(point) for point in range(sys.maxunicode + 1) if unicodedata.category(chr(point)) not in {"Cn", "Cs", "Co"}
    ]


def test_browser_folds_every_character_alike(node):
    characters = assigned()
    assert node.call("fold", characters) == [fold(character) for character in characters]


def test_browser_folds_hostile_text_alike(node):
    random = Random(5)  # noqa: S311
    characters = assigned()
    spice = [
        *"*()（）〔〕［］[]{}.·•・‧-—7〇○零“”‘’\"'é \t\n\u3000\u200b\u200d\ufe0f\u0301\u0308İıςΣßﬁ㈱连連",
        *map(chr, range(0x1100, 0x1200)),
    ]
    texts = [
        "".join(random.choice(spice if random.random() < 0.5 else characters) for _ in range(random.randrange(12)))
        for _ in range(8000)
    ]
    assert node.call("fold", texts) == [fold(text) for text in texts]
    assert node.call("words", texts) == [words(text) for text in texts]


def test_lone_surrogates_are_dropped(node):
    assert node.call("fold", ["a\ud800b"]) == ["ab"]


def test_every_dropped_range_ascends():
    ends = [end for span in dropped() for end in span]
    assert ends == sorted(ends)


def test_what_unicode_calls_a_bracket_a_space_or_invisible_is_dropped_wherever_it_stands():
    looked_for = {"Ps", "Pe", "Pi", "Pf", "Pd", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs"}
    marked = {point for point in range(sys.maxunicode + 1) if unicodedata.category(chr(point)) in looked_for}
    assert marked <= {point for first, last in dropped() for point in range(first, last + 1)}


def test_marks_show_what_matched(node):
    parts = node.call("marks", "大連（演示）公司", ["大连演示"])
    assert parts == [{"text": "大連（演示", "mark": True}, {"text": "）公司", "mark": False}]
    assert node.call("marks", "<b>", ["大"]) == [{"text": "<b>", "mark": False}]
    parts = node.call("marks", "罚款3.5万元，阿·演示", ["3.5万", "阿演示"])
    assert [part["text"] for part in parts if part["mark"]] == ["3.5万", "阿·演示"]


def sound(body: str) -> str:
    """A code with the check character that fits."""
    return next(code for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if is_credit_code(code := body + last))


def test_whole_code_is_one_word_however_it_is_typed(node):
    code = sound("91210200MA0QQ12A5")
    for typed in (code, f"{code[:4]} {code[4:10]} {code[10:]}", "-".join(code), code.lower(), f"（{code}）"):
        assert node.call("words", [typed]) == [words(typed)] == [[code.lower()]]


def test_letters_no_code_has_are_taken_for_digits_where_the_check_character_then_fits(node):
    code = sound("91210200110015001")
    typed = code.translate(str.maketrans("0125", "OIZS"))
    assert node.call("words", [typed]) == [words(typed)] == [[code.lower()]]
    assert node.call("codes", [typed, code, code[:-1] + ("0" if code[-1] != "0" else "1"), "210202199001011234"]) == [
        {"code": code.lower(), "mended": True, "sound": True},
        {"code": code.lower(), "mended": False, "sound": True},
        {"code": (code[:-1] + ("0" if code[-1] != "0" else "1")).lower(), "mended": False, "sound": False},
        None,
    ]


@given(st.text("0123456789OIZSabcx -", min_size=14, max_size=22))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_browser_tells_codes_alike(node, text):
    assert node.call("words", [text]) == [words(text)]
