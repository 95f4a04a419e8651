"""Names as people mistype them: a character wrong, missing, too many or swapped, short forms, words in other order."""

# ruff: noqa: S311, SIM905 - chance is seeded; lists of pairs read better as text

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from random import Random  # noqa: TID251 - seeded

from pypinyin import lazy_pinyin

COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后"
    "多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合"
    "还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只"
    "没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边"
    "流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造"
    "百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己"
)
"""Characters that are put in the place of others."""

SHAPES = (
    "槌棰 己已 未末 土士 日曰 人入 干千 天夭 大太 王玉 今令 贝见 田由 午牛 失矢 侯候 戍戌 辨辩 拔拨 折拆 "
    "析折 徽微 赢羸 晴睛 盛盔 鑫磊 宏宠 泰秦 源原 隆降 瑞端 恒垣 顺须 祥详 康庚 安宴 宇字 海悔 洋详 滨宾 "
    "港巷 旭旮 升开 方万 斗头 星皇 河何 明朋 珠株 宝室 金全 银很 铜桐 铁轶 石右 林材 森淼 木本 水永 清情 "
    "江汪 波披 浪狼 潮嘲 汇江 众从 合台 力刀 创剑 新薪 思恩 远近 智知 勇湧 长卡 青清 春舂 冬各 梅海 兰三 "
    "竹什 松忪 柏拍 枫讽 槐愧 桃挑 杏否 梨犁 枣束 橙澄 峰锋 岭领 谷容 川州 原源 野墅 田甲 庄压 城诚 津律 "
    "辽迂 吉古 黑墨 苏办 皖院 鄂鹗 湘相 粤奥 甘廿 宁字 佳住 优忧 良艮 善膳 真直 纯钝 净静 雅稚 诗持 画面 "
    "书节 琴琹 歌哥"
).split()
"""Pairs of characters of like shape."""

CITIES = ("辽宁省", "辽宁", "大连市", "大连", "凌源市", "凌源")
FORMS = ("有限责任公司", "股份有限公司", "有限公司", "分公司", "商行", "经营部", "合作社", "中心", "厂", "店")

Make = Callable[[str, Random], str]


@cache
def sounding_alike() -> dict[str, list[str]]:
    """For each of the common characters the others that sound alike."""
    of: dict[str, list[str]] = {}
    for one in map(chr, range(0x4E00, 0x9FA6)):
        if _is_common(one):
            of.setdefault(lazy_pinyin(one)[0], []).append(one)
    return {one: [other for other in alike if other != one] for alike in of.values() for one in alike}


def _is_common(character: str) -> bool:
    """Whether a character is one of the 3,755 common ones, which the standard puts first."""
    try:
        return b"\xb0\xa1" <= character.encode("gb2312") <= b"\xd7\xf9"
    except UnicodeEncodeError:
        return False


def _place(name: str, random: Random, fits: Callable[[str], bool] = lambda _: True) -> int:
    return random.choice([place for place, one in enumerate(name) if "\u4e00" <= one <= "\u9fff" and fits(one)])


def _with(name: str, place: int, character: str) -> str:
    return name[:place] + character + name[place + 1 :]


def wrong(name: str, random: Random) -> str:
    """Another character in the place of one."""
    return _with(name, _place(name, random), random.choice(COMMON))


def left_out(name: str, random: Random) -> str:
    """A character less."""
    return _with(name, _place(name, random), "")


def added(name: str, random: Random) -> str:
    """A character more."""
    place = random.randrange(len(name) + 1)
    return name[:place] + random.choice(COMMON) + name[place:]


def swapped(name: str, random: Random) -> str:
    """Two neighbours in each other's place."""
    place = random.randrange(len(name) - 1)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def same_sound(name: str, random: Random) -> str:
    """A character that sounds alike."""
    place = _place(name, random, lambda one: bool(sounding_alike().get(one)))
    return _with(name, place, random.choice(sounding_alike()[name[place]]))


def same_shape(name: str, random: Random) -> str:
    """A character that looks alike."""
    pairs = {one: other for left, right in SHAPES for one, other in ((left, right), (right, left))}
    place = _place(name, random, pairs.__contains__)
    return _with(name, place, pairs[name[place]])


def parts(name: str) -> tuple[str, str, str]:
    """The city, what the subject calls itself, the legal form."""
    city = next((one for one in CITIES if name.startswith(one)), "")
    form = next((one for one in FORMS if name.endswith(one)), "")
    return city, name[len(city) : len(name) - len(form)], form


def short_form(name: str, random: Random) -> str:
    """What people leave out: 演示, which stands in every name, and the city or the legal form, or half of it."""
    city, own, form = parts(name)
    return random.choice((city, "")) + own.replace("演示", "") + random.choice((form, form[-2:], ""))


def other_order(name: str, random: Random) -> str:
    """The city behind, or the halves of a name in each other's place."""
    city, own, form = parts(name)
    cut = own.find("演示") + 2
    return random.choice((own + city + form, city + own[cut:] + own[:cut] + form, own[cut:] + city + own[:cut] + form))


KINDS: dict[str, Make] = {
    "wrong": wrong,
    "left out": left_out,
    "added": added,
    "swapped": swapped,
    "same sound": same_sound,
    "same shape": same_shape,
    "short form": short_form,
    "other order": other_order,
}
"""The ways a name is mistyped."""


def mistyped(
    names: Sequence[str], count: int, is_missed: Callable[[str], bool], seed: int = 7
) -> Iterator[tuple[str, str, str]]:
    """``count`` queries that find nothing, as (kind, what was typed, the name that was meant), as many of each kind."""
    random = Random(seed)
    kinds = list(KINDS)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        while True:
            name = random.choice(names)
            try:
                typed = KINDS[kind](name, random)
            except IndexError:
                continue
            if len(typed) > 3 and typed != name and is_missed(typed):
                yield kind, typed, name
                break
