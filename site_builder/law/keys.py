"""The keys of a law's files, in English and in Chinese: one table for the YAML and for the heads of the workbook.

It says besides what stands under each key: a text, a list, a word of some vocabulary, a number as a law writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from site_builder.law import spelled as s
from site_builder.law.spelled import Words, fixed

DATES: Final = {"自": "from", "至": "until", "值": "value"}
"""Said of anything that holds from one day to another, both inclusive; ``value`` is what then holds."""

TEXTS: Final = "；;\n"
NUMBERS: Final = "、，,；;\n"
"""What parts the items of a list in a cell: of texts, and of numbers and words."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text, or a list of them whose items are parted in a cell by one of ``many``.

    ``words`` may stand for its machine names. ``reads`` gives the number that is meant by how a law writes it,
    ``tells`` writes it so.
    """

    words: Words = s.as_written
    many: str = ""
    reads: Callable[[str], str] = str
    tells: Callable[[str], str] = str


class Shape:
    """A mapping, or a list of such: ``keys`` gives for each English key its Chinese name, and what stands under it.

    ``also``: other Chinese names of keys.
    """

    def __init__(self, keys: Mapping[str, tuple[str, Under]], also: Mapping[str, str] | None = None) -> None:
        self.keys = keys
        chinese = {name: key for key, (name, _) in keys.items()}
        self._english = {**DATES, **(also or {}), **chinese, **{key: key for key in keys}}

    def english(self, name: str) -> str:
        """The key a name stands for, the name itself where it stands for none."""
        return self._english.get(name, name)

    def chinese(self, key: str) -> str:
        """The Chinese name of a key, or the key where it has none."""
        return self.keys[key][0] if key in self.keys else key

    def under(self, key: str) -> Under | None:
        """What stands under an English key; None where it is not known."""
        return self.keys[key][1] if key in self.keys else None


@dataclass(frozen=True, slots=True)
class Each:
    """A mapping whose keys are names of something, with the same under each; ``kinds``: of kinds of record."""

    names: Words
    of: Under
    kinds: bool = False


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of a rule: column → relation → value, or a list of such groups."""


Under: TypeAlias = "Leaf | Shape | Each | Conditions"

TEXT: Final = Leaf()
ARTICLES: Final = Leaf(many=NUMBERS)
FLAG: Final = Leaf(fixed(s.FLAGS))
MONTHS: Final = Leaf(reads=s.months, tells=s.length)
WORKDAYS: Final = Leaf(reads=s.counted("个工作日"), tells=s.workdays)
STOPS: Final = Leaf(fixed({"停止发布": "stop", "只提醒": "warn"}))
SOME: Final = Leaf(many=TEXTS)

RULE: Final = Shape(
    {
        "reason": ("理由", Leaf(fixed(s.REASONS))),
        "articles": ("条款", ARTICLES),
        "asks": ("问题", TEXT),
        "when": ("条件", Conditions()),
        "when_any": ("条件之一", Conditions()),
    }
)
BARRED: Final = Shape(
    {
        "articles": ("条款", ARTICLES),
        "when": ("条件", Conditions()),
        "when_any": ("条件之一", Conditions()),
        "where": ("适用时", TEXT),
        "unless": ("不适用时", TEXT),
    }
)
TERM: Final = Shape(
    {
        "months": ("期限", MONTHS),
        "start": ("起算", Leaf(s.starts)),
        "when_sentenced": ("判刑的起算", Leaf(fixed(s.STARTS))),
        "at_end": ("届满", Leaf(fixed({"停止公示": "stop", "延至移出": "extend"}))),
        "special_wins": ("从其规定的", Leaf(fixed(s.WINS), many=NUMBERS)),
    }
)
PERIOD: Final = Shape(
    {
        "last_day": ("公示到", Leaf(s.columns)),
        "months": ("期限", MONTHS),
        "start": ("起算", Leaf(s.columns, many=NUMBERS)),
    }
)
RULED: Final = Shape(
    {
        "published_by": ("公布的依据", ARTICLES),
        "usual": ("平常开放", FLAG),
        "term": ("披露期限", PERIOD),
        "not_repairable": ("不能修复", BARRED),
        "withhold": ("不公开", RULE),
    }
)
CLOCK: Final = Shape(
    {
        "articles": ("条款", ARTICLES),
        "days": ("工作日", WORKDAYS),
        "with_help": ("需协助的工作日", WORKDAYS),
    }
)
WATCHED: Final = Shape(
    {
        "code": ("代码", TEXT),
        "kind": ("类", Leaf(fixed(s.KINDS))),
        "articles": ("条款", ARTICLES),
        "asks": ("问题", TEXT),
        "days": ("天数", Leaf(reads=s.counted("天", "日"))),
        "words": ("词语", Leaf(many=NUMBERS)),
        "when": ("条件", Conditions()),
        "when_any": ("条件之一", Conditions()),
        "column": ("所指的列", Leaf(s.columns)),
        "message": ("提示", TEXT),
        "hint": ("怎么办", TEXT),
    }
)
RULES_FILE: Final = Shape(
    {
        "responsible_persons": ("责任人", Leaf(fixed({"显示": "show", "不显示": "hide"}))),
        "unpublished_measure": ("引用未公布的措施", STOPS),
        "list_profile": ("名单没有说明", STOPS),
        "term": ("披露期限", TERM),
        "clauses": (
            "措施所在的条",
            Shape({"incentive": ("激励", ARTICLES), "penalty": ("惩戒", ARTICLES)}),
        ),
        "rules": ("规则", Each(fixed(s.KINDS), RULED, kinds=True)),
        "clocks": ("时限", Each(fixed(s.CLOCKS), CLOCK)),
        "watch": ("提醒", WATCHED),
        "cross_watch": ("几条之间的提醒", WATCHED),
    }
)
CITY_FILE: Final = Shape(
    {
        "code": ("代号", TEXT),
        "regulation": ("法规全称", TEXT),
        "short": ("法规简称", TEXT),
        "rank": ("层级", Leaf(fixed(s.LEVELS))),
    }
)

WAY: Final = Shape(
    {
        "title": ("标题", TEXT),
        "text": ("文字", TEXT),
        "guide": ("指南", TEXT),
        "articles": ("条款", ARTICLES),
        "term": ("期限", Leaf(fixed({"普通": "ordinary", "特别": "special"}))),
        "categories": ("失信行为类别", Leaf(fixed(s.CATEGORIES), many=NUMBERS)),
        "letter": ("文书", Leaf(fixed({"没有": "none"}))),
    }
)
MEANING: Final = Shape({"text": ("文字", TEXT), "article": ("条款", TEXT)})
SAID_OF_KIND: Final = Shape(
    {
        "article": ("条款", TEXT),
        "columns": ("列的条款", Each(s.shown, ARTICLES)),
        "items": ("各项的条款", Each(s.values, TEXT)),
        "meanings": ("各项的含义", Each(s.values, MEANING)),
        "ways": ("可以怎么办", WAY),
        "intro": ("开头的说明", TEXT),
        "none": ("没有记录时", TEXT),
    }
)
WORDS_FILE: Final = Shape(
    {
        "meaning": ("列入的含义", WAY),
        "objection": ("异议", WAY),
        "repair": ("修复", WAY),
        "removal": ("移出", WAY),
        "columns": ("列的条款", Each(s.shown, ARTICLES)),
        "kinds": ("各类", Each(fixed(s.KINDS), SAID_OF_KIND, kinds=True)),
    }
)

_WORKED: Final[Mapping[str, tuple[str, Under]]] = {
    "worked_by": ("推算人", TEXT),
    "on": ("推算日", TEXT),
    "reviewed_by": ("复核人", TEXT),
}
RULING: Final = Shape(
    {
        "fate": ("去向", TEXT),
        "reasons": ("理由", SOME),
        "last_day": ("公示至", TEXT),
        "term_text": ("期限文字", TEXT),
        "warned": ("提醒", ARTICLES),
        "articles": ("条款", ARTICLES),
    }
)
READING: Final = Shape({"why": ("理解", TEXT), **RULING.keys})
ORDER: Final = Shape(
    {
        "what": ("事项", Leaf(fixed(s.ACTIONS))),
        "on": ("自", TEXT),
        "closed_on": ("办结", TEXT),
    }
)
CASE: Final = Shape(
    {
        "name": ("名称", TEXT),
        "row": ("所用底稿", TEXT),
        "facts": ("事实", Each(s.as_written, TEXT)),
        "as_of": ("核验日", ARTICLES),
        "orders": ("处置", ORDER),
        "listed": ("名单上的代码", ARTICLES),
        "codes": ("公开的代码", ARTICLES),
        "catalogue": ("公开的目录事项", ARTICLES),
        "expected": ("应当", RULING),
        "disputed": ("有争议", FLAG),
        "readings": ("读法", READING),
        **_WORKED,
    }
)
BASE: Final = Shape({"kind": ("类", TEXT), "facts": ("事实", Each(s.as_written, TEXT))})
DEADLINE: Final = Shape(
    {
        "name": ("名称", TEXT),
        "clock": ("时钟", Leaf(fixed(s.CLOCKS))),
        "since": ("起", TEXT),
        "with_help": ("需协助", FLAG),
        "last_day": ("最后一天", TEXT),
        "articles": ("条款", ARTICLES),
        **_WORKED,
    },
    also={"公示至": "last_day"},
)
EXAMPLES_FILE: Final = Shape(
    {
        **_WORKED,
        "rows": ("底稿", Each(s.as_written, BASE)),
        "cases": ("案例", CASE),
        "deadlines": ("时限", DEADLINE),
    }
)

FILES: Final[Mapping[str, Shape]] = {
    "city.yml": CITY_FILE,
    "rules.yml": RULES_FILE,
    "words.yml": WORDS_FILE,
    "examples.yml": EXAMPLES_FILE,
}
"""The files of a law's folder and what stands in each."""
