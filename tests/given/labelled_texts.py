"""Two thousand invented texts in the manner of decisions and stories, half of them harmless, each with its label.

Put together from hand-written pieces (``labelled_texts/first.yml``, ``second.yml``): what goes before, the piece, what
comes behind, and what fills the gaps, in a fixed order. The words of ``private.yml`` were written looking at the first
half alone.
"""

from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
import re
from typing import Any, NamedTuple

import yaml

HALVES = ("first", "second")
EACH = 500
"""Harmful texts of a half, and harmless ones."""

SUBJECTS = ("演示甲", "王演示某", "李演示梅", "赵演示刚", "孙演示丽")
COMPANY = "演示康宁商贸有限公司"

GAPS: dict[str, dict[str, tuple[str, ...]]] = {
    "first": {
        "illness": ("糖尿病", "肺癌", "尿毒症", "脑梗死", "抑郁症", "冠心病", "白血病", "肝硬化", "帕金森病"),
        "district": ("大连市中山区演示街道", "演示市西岗区", "凌源市演示镇", ""),
        "road": ("演示路", "解放演示街", "演示西街", "演示大道"),
        "village": ("演示村", "演示屯", "前演示村"),
        "estate": ("演示花园", "阳光演示小区", "演示嘉园"),
        "age": ("9", "15", "十四", "八", "16"),
        "blood": ("A", "B", "O", "AB"),
        "level": ("三", "二", "八", "4"),
        "small": ("3", "2", "五", "12"),
    },
    "second": {
        "illness": ("心脏病", "乳腺癌", "肾衰竭", "脑溢血", "精神分裂症", "高血压", "肺结核", "类风湿", "骨折"),
        "district": ("大连市沙河口区演示街道", "演示市甘井子区", "朝阳市凌源演示乡", ""),
        "road": ("演示北路", "长江演示街", "演示胡同", "演示南大街"),
        "village": ("后演示村", "演示沟屯", "演示庄村"),
        "estate": ("演示里小区", "锦绣演示家园", "演示公寓"),
        "age": ("7", "13", "十二", "六", "17"),
        "blood": ("O", "AB", "A", "B"),
        "level": ("一", "四", "七", "2"),
        "small": ("1", "4", "六", "7"),
    },
}
COMMON = {
    "number": ("12", "108", "35", "7", "266"),
    "room": ("301", "1502", "502", "六〇一"),
    "wan": ("3", "12.5", "40", "二十", "108"),
    "thousand": ("3500", "2800", "4,600", "五千"),
    "year": ("2019", "2021", "2023", "2024"),
    "month": ("3", "6", "11"),
    "last4": ("1234", "0019", "512X", "8806"),
    "pre6": ("210202", "211382"),
}


class Labelled(NamedTuple):
    """A text, the column it stands in, whether of a natural person, its subject, and what it tells (nothing: "")."""

    text: str
    column: str
    person: bool
    subject: str
    tells: str


def labelled(half: str) -> tuple[Labelled, ...]:
    """The texts of a half: ``EACH`` that tell something, ``EACH`` that tell nothing."""
    said = yaml.safe_load((Path(__file__).parent / "labelled_texts" / f"{half}.yml").read_text("utf-8"))
    harmful = [
        (kind, "person", manner, piece)
        for kind, manners in said["harmful"].items()
        for manner, pieces in manners.items()
        for piece in pieces
    ]
    harmless = [
        ("", of, manner, piece)
        for of, manners in said["harmless"].items()
        for manner, pieces in manners.items()
        for piece in pieces
    ]
    return (*_filled(half, said["frames"], harmful), *_filled(half, said["frames"], harmless))


def _filled(half: str, frames: dict[str, Any], pieces: list[tuple[str, str, str, str]]) -> Iterator[Labelled]:
    seen: set[str] = set()

    def all_of_them() -> Iterator[Labelled]:
        for turn in count():
            for place, (kind, of, manner, piece) in enumerate(pieces):
                number = turn * 7 + place
                text = piece
                if manner != "notice":
                    before, behind = frames[manner]["before"], frames[manner]["after"]
                    text = before[number % len(before)] + piece + behind[(number // 2 + turn) % len(behind)]
                subject = COMPANY if of == "organisation" else SUBJECTS[number % len(SUBJECTS)]
                text = _fill(text, half, number, subject)
                if text not in seen:
                    seen.add(text)
                    column = {"decision": "cause", "story": "deeds", "notice": "removal_procedure"}[manner]
                    yield Labelled(text, column, of == "person", subject, kind)

    return islice(all_of_them(), EACH)


def _fill(text: str, half: str, number: int, subject: str) -> str:
    words = COMMON | GAPS[half] | {"subject": (subject,)}
    turn = count(number)
    return re.sub(r"\{(\w+)\}", lambda gap: words[gap[1]][next(turn) % len(words[gap[1]])], text)
