"""What an office's list asks: the names and codes of each row, and which cells cannot be asked as they stand.

What cannot be asked is told and never cleared: a number Excel has shortened, a code that is none. A cell that says
that there is none (无, /, 暂无) is told as well, and the row compared by its others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
import re
from typing import Final

import msgspec

from site_builder.match.codes import as_code, latin
from site_builder.match.columns import Chosen, called, is_header_again
from site_builder.pack.converted import says_no_code
from site_builder.pack.known import known_table
from site_builder.pack.table import Broken, Raw, cell_at, is_empty
from site_builder.records.values import CODE_ALPHABET, person_code, resident_number
from site_builder.search.lookup.normalise import MASK, fold
from site_builder.vocabulary import Kind

SHORTEST: Final = 2
"""Characters of the shortest name that is asked."""

_PARTS: Final = re.compile(r"[\n\r\t；;]+")
_BETWEEN: Final = re.compile(r"[、,，/／|｜]+")
_PERSON: Final = re.compile("[\u3400-\u9fff]{2,4}")
_SCIENTIFIC: Final = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,2}")
_WHOLE: Final = re.compile(r"(?<![0-9a-z])[0-9a-z]{18}(?![0-9a-z])")
_MASKED: Final = re.compile(r"[0-9]{4}\*[0-9]{3}[0-9x]")
"""A resident ID number as it is shown, folded."""

_LENGTH: Final = 18
_CODE_CHARACTERS: Final = frozenset(CODE_ALPHABET.lower())
_LONGEST: Final = 20
_FEWEST_DIGITS: Final = 6


class Asked(msgspec.Struct, frozen=True):
    """One thing that is asked: ``text`` as it stands in the list, ``folded`` as it is compared.

    ``code``: what it is as a whole code, ``sound`` where its check character fits, ``why`` it is written otherwise;
    ``masked``: what it is as a resident ID number, as the site shows one. Neither: it is a name.
    """

    text: str
    folded: str
    code: str = ""
    masked: str = ""
    sound: bool = True
    why: str = ""

    @property
    def is_name(self) -> bool:
        """Whether it is asked as a name."""
        return not (self.code or self.masked)


class Row(msgspec.Struct, frozen=True):
    """A row of the list: where it stands, what it says, what is asked of it, and what of it cannot be asked.

    ``without``: what it says to have none of, and by what it is compared then.
    """

    sheet: str
    number: int
    name: str
    code: str
    asked: tuple[Asked, ...]
    unasked: tuple[str, ...]
    without: tuple[str, ...] = ()


def rows_of(chosen: Chosen) -> Iterator[Row]:
    """Every row below the header that has any content; a header that is printed again is passed over.

    A word that is a heading elsewhere makes no header of a row: only where nothing else stands in the read columns.
    """
    for number, cells in chosen.table.rows.items():
        if number <= chosen.header or is_empty(cells) or (chosen.header and is_header_again(cells, chosen)):
            continue
        asked: dict[Asked, None] = {}
        unasked: dict[str, None] = {}
        none: dict[str, None] = {}
        for places, what, read in ((chosen.names, "名称", _name), (chosen.codes, "代码", _code)):
            for cell in (cell_at(cells, place) for place in places):
                if isinstance(cell, str) and _says_none(cell):
                    none[f"{what}写着「{cell.strip()}」"] = None
                else:
                    _take(read(cell), asked, unasked)
        if not asked and not unasked:
            unasked["；".join(("这一行没有名称，也没有代码", *none))] = None
            none.clear()
        name, code = (_texts(cells, places) for places in (chosen.names, chosen.codes))
        of = "、".join(dict.fromkeys("名称" if one.is_name else "代码" for one in asked))
        without = tuple(f"{one}，只按{of}核对" if of else one for one in none)
        yield Row(called(chosen.table), number, name, code, tuple(asked), tuple(unasked), without)


@lru_cache(maxsize=1 << 16)
def _says_none(cell: str) -> bool:
    """Whether a cell says that there is no name, or no code: in people's words, or as the national tables write it."""
    return says_no_code(cell) or any(known_table(kind).word("subject_code", cell) == "" for kind in Kind)


def _take(found: Iterator[Asked | str], asked: dict[Asked, None], unasked: dict[str, None]) -> None:
    for one in found:
        if isinstance(one, str):
            unasked[one] = None
        else:
            asked[one] = None


def _name(cell: Raw) -> Iterator[Asked | str]:
    """What a cell of names asks; a code in it is asked as a code."""
    if isinstance(cell, Broken):
        yield f"名称的一格读不出来：应当是{cell.expected}"
        return
    if not isinstance(cell, str):
        yield f"名称的一格不是文字：{cell}"
        return
    for text in filter(None, map(str.strip, _PARTS.split(cell))):
        folded = fold(text)
        if MASK in folded or _is_like_a_code(latin(folded)) or _SCIENTIFIC.fullmatch(text):
            yield from _code(text)
        elif len(folded) < SHORTEST:
            yield f"「{text}」太短，至少两个字"
        else:
            yield Asked(text, folded)
            yield from _several(text)
            for whole in _WHOLE.findall(folded):
                if (code := as_code(whole)) is not None and code.sound:
                    yield Asked(text, folded, code.code, why="代码写在名称里")


def _several(text: str) -> Iterator[Asked]:
    """What a text asks beside itself where it is several names, one behind the other."""
    parts = [part for part in _BETWEEN.split(text) if part]
    people = [part for part in text.split() if _PERSON.fullmatch(part)]
    for one in parts if len(parts) > 1 else people if len(people) > 1 and len(people) == len(text.split()) else ():
        if len(folded := fold(one)) >= SHORTEST:
            yield Asked(one.strip(), folded)


def _code(cell: Raw) -> Iterator[Asked | str]:
    """What a cell of codes asks."""
    if isinstance(cell, Broken):
        yield f"代码的一格读不出来：应当是{cell.expected}"
        return
    if not isinstance(cell, str):
        yield f"代码是数字格式（{cell}）：Excel 只留 15 位有效数字，前导零也丢了；改成文本，照原件重新填"
        return
    for text in filter(None, map(str.strip, _PARTS.split(cell))):
        yield _one_code(text)
        if number := resident_number(folded := fold(text)):
            yield Asked(text, folded, masked=fold(person_code(number)))


def _one_code(text: str) -> Asked | str:
    folded = fold(text)
    plainly = latin(folded)
    if _SCIENTIFIC.fullmatch(text):
        return f"代码「{text}」是 Excel 的科学记数法：后几位已经丢了；照原件重新填"
    if MASK in folded:
        whole = _MASKED.fullmatch(folded) is not None
        return Asked(text, folded, masked=folded) if whole else f"「{text}」是遮掩过的，不能核对"
    masked = fold(person_code(plainly.upper()))
    code = as_code(plainly)
    if code is not None:
        why = "有形似的字母" if plainly != folded else "字母 O、I、Z、S 当作数字 0、1、2、5" if code.mended else ""
        return Asked(text, folded, code.code, masked, code.sound, why)
    if masked:
        return Asked(text, folded, masked=masked)
    if len(plainly) != _LENGTH:
        return f"代码「{text}」有 {len(plainly)} 位，不是 18 位的统一社会信用代码：也许丢了前导零，或者是别的号码"
    if set(plainly) - _CODE_CHARACTERS:
        return f"代码「{text}」里有统一社会信用代码不用的字"
    return f"代码「{text}」不是统一社会信用代码的写法：第 3 至 8 位应当是行政区划代码"


def _is_like_a_code(plainly: str) -> bool:
    """Whether what stands among names is rather a code, or what is left of one."""
    digits = sum(one.isdigit() for one in plainly)
    return plainly.isascii() and plainly.isalnum() and digits >= _FEWEST_DIGITS and len(plainly) <= _LONGEST


def _texts(cells: list[Raw], places: Sequence[int]) -> str:
    return "；".join(filter(None, (str(cell_at(cells, place)).strip() for place in places)))
