"""One cell of the office's table becomes the text an export has; what is changed on the way is said."""

from __future__ import annotations

from collections.abc import Mapping
import datetime as dt
import math
import re
from typing import Final
import unicodedata

import msgspec

from site_builder.numerals import DIGITS, to_number
from site_builder.pack.amounts import amount
from site_builder.pack.converted import NOTHING, Converted, Refused, says_no_code
from site_builder.pack.table import Broken, Raw
from site_builder.records.columns import Column, Type

_FLAGS: Final = {"y": "是", "yes": "是", "√": "是", "1": "是", "有": "是", "对": "是"} | {
    "n": "否",
    "no": "否",
    "×": "否",
    "x": "否",
    "0": "否",
    "没有": "否",
    "false": "否",
    "true": "是",
}
_WORDS: Final = {
    "个人": "自然人",
    "公民": "自然人",
    "企业法人": "法人",
    "个体户": "个体工商户",
    "其他组织": "非法人组织",
}
_ERRORS: Final = re.compile(r"#N/A|#DIV/0!|#[A-Z_]+[!?]|#[\u4e00-\u9fff]+[!?！？]|#{2,}")
_DATES: Final = (
    re.compile(r"(?P<y>[12][0-9]{3})\s*年\s*(?P<m>[0-9]{1,2})\s*月\s*(?P<d>[0-9]{1,2})\s*[日号]?"),
    re.compile(r"(?P<y>[12][0-9]{3})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})"),
    re.compile(r"(?P<y>[12][0-9]{3})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
)
_IN_NUMERALS: Final = re.compile(
    f"(?P<y>[一二][{DIGITS}〇零○Oo]{{3}})年(?P<m>[{DIGITS}十]{{1,2}})月(?P<d>[{DIGITS}十]{{1,3}})[日号]"
)
_MIDNIGHT: Final = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$")
_TIME: Final = re.compile(
    r"[ T]+(?:上午|下午|[AaPp][Mm])? ?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[AaPp][Mm]|\+08:?00)?$"
)
EXPONENT: Final = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]+")
"""A number of which a spreadsheet has kept the first digits alone."""

_MONTHS: Final = re.compile(r"(?P<n>[0-9]{1,4})\s*(?P<u>个月|月|年)")
EXACT: Final = 10**15
"""Whole numbers a spreadsheet keeps exactly are smaller."""

_EPOCH: Final = dt.date(1899, 12, 30)
_EPOCH_1904: Final = dt.date(1904, 1, 1)
_SERIALS: Final = range(31_000, 59_000)
"""Days since the epoch of spreadsheets that are dates of 1984 to 2061 (or four years later)."""

_SERIAL: Final = re.compile(r"[0-9]{5}")
_INVISIBLE: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]")
_AS_TEXT: Final = re.compile(r'=\s*"((?:[^"]|"")*)"')
_DIRECTIONS: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff"
"""Characters that steer the direction of text, which programs wrap around values."""

_LOST: Final = "\ufffd"


class Manner(msgspec.Struct, frozen=True):
    """How cells are read. ``from_1904``: days count from 1904. ``cut_times``: of a time of day only the day is kept."""

    from_1904: bool = False
    cut_times: bool = False


PLAINLY: Final = Manner()


def convert(cell: Raw, column: Column, words: Mapping[str, str], manner: Manner = PLAINLY) -> Converted | Refused:
    """The cell as an export writes it. ``words`` are the office's words for this column and ours."""
    inner, wrapped = unwrap(cell)
    converted = _converted(inner, column, words, manner)
    if wrapped and isinstance(converted, Converted):
        return Converted(converted.text, "；".join(filter(None, (wrapped, converted.done))))
    return converted


def unwrap(cell: Raw) -> tuple[Raw, str]:
    """The cell without what programs wrap around a value, and what was taken off."""
    if not isinstance(cell, str):
        return cell, ""
    done: list[str] = []
    text = cell.strip().strip(_DIRECTIONS)
    if text != cell.strip():
        done.append("去掉首尾看不见的方向符")
    if match := _AS_TEXT.fullmatch(text):
        text = match[1].replace('""', '"')
        done.append('去掉外面的 =""')
    return (text, "；".join(done)) if done else (cell, "")


def _converted(cell: Raw, column: Column, words: Mapping[str, str], manner: Manner) -> Converted | Refused:
    if isinstance(cell, Broken):
        return Refused(cell.code, cell.expected)
    if column.type in {Type.WORD, Type.BOOLEAN} and isinstance(cell, (int, float)) and not isinstance(cell, bool):
        cell = as_written(cell)
    if isinstance(cell, str) and cell.strip() in words:
        return Converted(words[cell.strip()], "按对照表换词")
    if broken := _broken(cell):
        return broken
    return _of_type(cell, column, manner)


def _of_type(cell: Raw, column: Column, manner: Manner) -> Converted | Refused:
    match column.type:
        case Type.DATE:
            return _date(cell, manner)
        case Type.CODE:
            return _code(cell)
        case Type.INTEGER:
            return _integer(cell)
        case Type.AMOUNT:
            return amount(cell)
        case Type.BOOLEAN:
            return _flag(cell)
        case Type.WORD:
            return _word(cell, column)
        case Type.LIST:
            return _list(cell, column)
        case Type.TEXT:
            return _free(cell)


def as_written(cell: Raw) -> str:
    """A cell as a text: whole numbers without a decimal point."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _broken(cell: Raw) -> Refused | None:
    """Why a cell is no value at all: a formula's error, a number that is none, characters lost in decoding before."""
    if isinstance(cell, float) and not math.isfinite(cell):
        return Refused("lossy-number", "数字（现在是无穷大或不是数）")
    if not isinstance(cell, str):
        return None
    if _ERRORS.fullmatch(cell.strip()):
        return Refused("error-cell", "正确的值或空（现在是公式的错误值）")
    if _LOST in cell:
        return Refused("not-in-encoding", f"原来的字（第 {cell.index(_LOST) + 1} 个字在以前转换编码时丢了）")
    return None


def _free(cell: Raw) -> Converted | Refused:
    if isinstance(cell, str):
        text = cell.strip().replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
        if EXPONENT.fullmatch(text):
            return POWER
        return Converted(text, "" if text == cell else "去掉首尾空白，统一换行")
    return _number(cell)


def _number(cell: Raw) -> Converted | Refused:
    """A cell that is no text in a column of texts: a date is none, the program may have made it of a text."""
    if isinstance(cell, dt.date):
        return Refused("wrong-type", "文字（现在是日期格：可能是表格软件把原来的文字改成了日期）")
    return _plain(cell)


def _plain(cell: Raw) -> Converted | Refused:
    """A cell that is no text, as text."""
    if isinstance(cell, bool):
        return Converted("是" if cell else "否", "布尔格 → 文字")
    if isinstance(cell, (int, float)):
        if cell != int(cell) or abs(cell) >= EXACT:
            return Refused("lossy-number", "文本格式的单元格：数字格式会丢失位数和前导零")
        return Converted(str(int(cell)), "数字格 → 文字")
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return Converted(cell.date().isoformat(), "日期格 → 文字")
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        return Converted(cell.isoformat(), "日期格 → 文字")
    return Refused("wrong-type", "文字、数字或日期；日期不带时刻")


_EXPECTED: Final = Refused("bad-date", "年月日俱全的日期，如 2026-03-05、2026/3/5、2026年3月5日")
_TIMED: Final = Refused("bad-date", "日期，不带时刻（只要日期的，在对照表里写 times: cut）")
_CUT: Final = "日期带的时刻 → 只留日期"


def _date(cell: Raw, manner: Manner) -> Converted | Refused:
    if isinstance(cell, str):
        return _written_date(cell, manner)
    if isinstance(cell, dt.datetime) and cell.time() != dt.time():
        return Converted(cell.date().isoformat(), _CUT) if manner.cut_times else _TIMED
    if isinstance(cell, dt.date):
        return _plain(cell)
    if isinstance(cell, float) and int(cell) in _SERIALS and cell != int(cell):
        return Converted(_day(int(cell), manner), _CUT) if manner.cut_times else _TIMED
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and cell == int(cell):
        return _written_date(str(int(cell)), manner)
    return _EXPECTED


def _day(serial: int, manner: Manner) -> str:
    return ((_EPOCH_1904 if manner.from_1904 else _EPOCH) + dt.timedelta(days=serial)).isoformat()


def _written_date(cell: str, manner: Manner) -> Converted | Refused:
    text = _MIDNIGHT.sub("", unicodedata.normalize("NFKC", cell).strip())
    if not text or text in NOTHING:
        return Converted("", "「无」一类 → 空" if text else "去掉首尾空白" if cell else "")
    if _SERIAL.fullmatch(text) and int(text) in _SERIALS:
        return Converted(_day(int(text), manner), "日期序号 → 日期")
    timed = _TIME.search(text)
    day = text[: timed.start()] if timed else text
    day = _in_figures(day)
    match = next((found for form in _DATES if (found := form.fullmatch(day))), None)
    if match is None:
        return _EXPECTED
    if timed and not manner.cut_times:
        return _TIMED
    try:
        written = dt.date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
    except ValueError:
        return Refused("bad-date", "日历上有的一天")
    return Converted(written, _CUT if timed else "" if written == cell else "日期写法 → 2026-03-05 的写法")


def _in_figures(day: str) -> str:
    """二〇二六年三月五日 as 2026年3月5日; anything else as it is."""
    match = _IN_NUMERALS.fullmatch("".join(day.split()))
    numbers = [to_number(match[part]) for part in "md"] if match else []
    if match is None or None in numbers:
        return day
    year = "".join(str(max(DIGITS.find(char) + 1, 0)) for char in match["y"])
    return f"{year}年{numbers[0]}月{numbers[1]}日"


POWER: Final = Refused("lossy-number", "完整的数字（现在是科学记数法，位数已经丢失）")
"""Why such a number is none."""


def _code(cell: Raw) -> Converted | Refused:
    if not isinstance(cell, str):
        return _number(cell)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", cell)).lstrip("'’")
    if EXPONENT.fullmatch(text):
        return POWER
    if says_no_code(text):
        return Converted("", "「无」一类 → 空")
    return Converted(text, "" if text == cell else "去掉空格、全角字符和前面的撇号")


def _integer(cell: Raw) -> Converted | Refused:
    if isinstance(cell, str):
        text = unicodedata.normalize("NFKC", cell).strip()
        if text in NOTHING:
            return Converted("", "「无」一类 → 空")
        if match := _MONTHS.fullmatch(text):
            return Converted(str(int(match["n"]) * (12 if match["u"] == "年" else 1)), "期限 → 月数")
        return Converted(text, "" if text == cell else "去掉空格和全角字符")
    return _plain(cell)


def _flag(cell: Raw) -> Converted | Refused:
    text = cell if isinstance(cell, str) else str(int(cell)) if isinstance(cell, bool) else ""
    if not isinstance(cell, (str, bool)):
        return Refused("bad-boolean", "是、否或空")
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain in {"", "是", "否", "true", "false"}:
        return Converted(plain, "" if plain == cell else "去掉空格和全角字符")
    if plain in {"无", *NOTHING}:
        return Converted("否", "「无」一类 → 否")
    found = _FLAGS.get(plain.lower())
    return Converted(found, "是非的写法 → 是、否") if found else Refused("bad-boolean", "是、否或空")


def _word(cell: Raw, column: Column) -> Converted | Refused:
    if not isinstance(cell, str):
        return Refused("wrong-type", "文字")
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", cell))
    if not text or column.member(text) is not None:
        return Converted(text, "" if text == cell else "去掉空格和全角字符")
    if text in _WORDS and _WORDS[text] in column.words:
        return Converted(_WORDS[text], "习惯叫法 → 规定的词")
    if text in NOTHING and not column.required:
        return Converted("", "「无」一类 → 空")
    return Refused("unknown-word", f"{'、'.join(dict.fromkeys(column.words))} 之一（可在对照表的 values 里换词）")


def _list(cell: Raw, column: Column) -> Converted | Refused:
    if not isinstance(cell, str):
        return _number(cell)
    separators = r"[;；\r\n]+|、|,|，" if column.name == "measure_ids" else r"[;；\r\n]+"
    items = [item.strip() for item in re.split(separators, cell)]
    text = "；".join(item for item in items if item)
    return Converted(text, "" if text == cell else "多项之间改用分号")
