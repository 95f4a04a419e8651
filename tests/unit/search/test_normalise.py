"""Folding: what both sides do to a text before they compare."""

from __future__ import annotations

import hashlib
from pathlib import Path
from random import Random  # noqa: TID251 - seeded
import sys
import unicodedata

from lookup_node import ASSETS
import pytest

from site_builder.search.lookup.characters import TABLE, dropped, javascript, simplified
from site_builder.search.lookup.normalise import fold, words


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
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


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
        *"*()（）〔〕［］[]{} \t\n\u3000\u200b\u200d\ufe0f\u0301\u0308İıςΣßﬁ㈱连連",
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


def test_marks_show_what_matched(node):
    parts = node.call("marks", "大連（演示）公司", ["大连演示"])
    assert parts == [{"text": "大連（演示", "mark": True}, {"text": "）公司", "mark": False}]
    assert node.call("marks", "<b>", ["大"]) == [{"text": "<b>", "mark": False}]
