"""Reading ``private.yml``: what free text may not tell of a person, as words and shapes (docs/private.md).

The national file is everyone's; a city's own folder may hold another, which adds kinds, and words to those there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from pathlib import Path
import re
import string
from typing import Final, NamedTuple
import unicodedata

from site_builder.config.fields import Fields
from site_builder.config.source import Faults, parse_yaml, read_text
from site_builder.law.article_numbers import CODE
from site_builder.rules.private_text import SUBJECT, PrivateKind, PrivateWords

PRIVATE: Final = "private.yml"
NATIONAL: Final = Path(__file__).parents[1] / "cities" / "above" / "national" / PRIVATE
"""The words that hold for every city."""

_ARTICLE: Final = re.compile(rf"{CODE} [1-9][0-9]{{0,2}}")
_NAME: Final = re.compile("[a-z][a-z_]*")
_TOKEN: Final = re.compile(r"\{([^{}]*)\}|(…)|(#)")
_GAP: Final = "[^。;!?|]{0,12}?"
_CHINESE: Final = "〇零一二三四五六七八九十百千两几半"
_DIGITS: Final = "0123456789" + _CHINESE
_NUMBER: Final = f"(?:[0-9][0-9.,]*|[{_CHINESE}]+)[余多来]?[百千万亿]*[余多]?"
_GOES_ON: Final = "[0-9.,]*" + f"[{_CHINESE}]*[余多来]?[百千万亿]*[余多]?"
_AGES: Final = (*map(str, range(1, 18)), *"一二两三四五六七八九十", *(f"十{one}" for one in "一二三四五六七"))
_BEFORE: Final = "[0-9.〇零一二三四五六七八九十百千]"
_NO_DAY: Final = "(?<![0-9×X-])(?!(?:19|20)[0-9]{2}[-年./])"
"""What a piece of a number is not: the middle of one, or a day."""
_NO_SUM: Final = "(?![0-9.,]*[余多]?[百千万亿]*[元年月日人次户家项件份条吨%])"
_WITHIN: Final = {
    "subject": SUBJECT,
    "digits": f"[号码是为:,(的尾]{{0,5}}{_NO_DAY}[0-9×X-]{{4,}}+{_NO_SUM}",
    "masked": "[号码是为:,(的]{0,5}[0-9]{2,6}[×X#]{3,}[0-9X×#]*",
    "wxid": "[0-9A-Z_-]{4,}",
    "age": f"(?:{'|'.join(sorted(_AGES, key=len, reverse=True))})",
}
"""Shapes that are no words, within a pattern."""

_ANY: Final = "\0"
_SIGNS: Final = {
    _ANY: frozenset[str](),
    "#": frozenset(_DIGITS),
    "subject": frozenset(SUBJECT),
    "digits": frozenset("0123456789×X-"),
    "masked": frozenset(map("".join, product("×X#", repeat=2))),
    "wxid": frozenset(string.digits + string.ascii_uppercase + "_-"),
    "age": frozenset(one[0] for one in _AGES),
}
"""What stands in all that a gap, a number or a shape finds."""

NEVER: Final = "(?!)"


class _Written(NamedTuple):
    """What a file says of a kind, and the sets it may use."""

    fields: Fields
    sets: Mapping[str, tuple[str, ...]]


def read_private(folder: Path | None, faults: list[Faults]) -> PrivateWords:
    """The national words with those of a city's ``folder``, where it has some. Faults are noted in ``faults``."""
    own = folder / PRIVATE if folder is not None else None
    if own is None or not own.is_file():
        return _read((NATIONAL,), faults)
    return _read((NATIONAL, own), faults)


@lru_cache(maxsize=1)
def national() -> PrivateWords:
    """The words that hold for every city alone; read once a process."""
    return _read((NATIONAL,), [])


def _read(files: Iterable[Path], faults: list[Faults]) -> PrivateWords:
    laws: dict[str, str] = {}
    sets: dict[str, tuple[str, ...]] = {}
    kinds: dict[str, list[_Written]] = {}
    for file in files:
        noted = Faults(str(file))
        faults.append(noted)
        root = Fields(parse_yaml(read_text(file), noted), noted)
        laws |= root.words("laws", CODE, "应当是 2 至 8 个大写字母")
        named = root.section("sets")
        sets |= {name: (*sets.get(name, ()), *named.texts(name, required=True)) for name in named.names()}
        named.finish()
        classes = root.section("classes")
        for name in classes.names():
            kinds.setdefault(name, []).append(_Written(classes.section(name), dict(sets)))
        classes.finish()
        root.finish()
    return PrivateWords(tuple(_kind(name, said) for name, said in kinds.items()), tuple(laws.items()))


def _kind(name: str, said: list[_Written]) -> PrivateKind:
    first = said[0].fields
    if not _NAME.fullmatch(name):
        first.faults.add("bad-value", first.row, f"「{name[:40]}」不是名称", "用小写字母和下划线")
    label = first.text("label", required=True)
    articles: list[str] = []
    not_in: set[str] = set()
    for one in said:
        if one.fields is not first:
            one.fields.text("label")
        for article in one.fields.texts("articles", required=True):
            if not _ARTICLE.fullmatch(article):
                row = one.fields.row_of("articles")
                one.fields.faults.add("bad-value", row, f"「articles」里的「{article}」不是条号", "如 PIPL 28")
            articles.append(article)
        not_in.update(one.fields.texts("not_in"))
    words, persons, unless = (_patterns(said, key) for key in ("words", "of_persons", "unless"))
    for one in said:
        one.fields.finish()
    signs = (frozenset(_signs(said, key)) for key in ("words", "of_persons"))
    return PrivateKind(name, label, tuple(dict.fromkeys(articles)), frozenset(not_in), words, persons, unless, *signs)


def _signs(said: list[_Written], key: str) -> Iterator[str]:
    """For each pattern written under a key what one of its pieces may begin with: one or two characters.

    Chosen is the piece of which the fewest are one character alone, for such stand in many texts.
    """
    for fields, sets in said:
        for written in fields.texts(key):
            pieces = [_beginnings(one, sets) for one in _pieces(written)]
            yield from min(filter(None, pieces), key=_share_alone, default=())


def _share_alone(signs: frozenset[str]) -> tuple[float, int]:
    return sum(len(one) == 1 for one in signs) / len(signs), len(signs)


def _beginnings(piece: str, sets: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """What a piece of a pattern may begin with, or in part consists of; a gap may be anything."""
    name = piece[1:-1].lower() if piece.startswith("{") else ""
    if name in sets:
        return frozenset(_plain(word)[:2] for word in sets[name])
    return _SIGNS.get(name or piece, frozenset() if name else frozenset({piece[:2]}))


def _pieces(written: str) -> list[str]:
    """A pattern's words, sets, shapes, gaps and numbers, each by itself."""
    return [one for one in re.split(rf"(\{{[^{{}}]*\}}|{_ANY}|#)", _plain(written.replace("…", _ANY))) if one]


def _plain(text: str) -> str:
    """A text as those it is looked for in are read."""
    return unicodedata.normalize("NFKC", text).upper()


def _patterns(said: list[_Written], key: str) -> str:
    """All that is written under a key as one alternation: by first character, so that a search fails at once."""
    by_first: dict[str, list[str]] = {}
    for fields, sets in said:
        for written in fields.texts(key):
            known = all(name in sets or name in _WITHIN for name in _names(written))
            if not known or written.startswith("…"):
                hint = f"可以写：{'、'.join((*sets, *_WITHIN))}；… 不写在开头"
                fields.faults.add(
                    "bad-value", fields.row_of(key), f"「{fields.path}{key}」里的「{written}」读不懂", hint
                )
                continue
            for first, rest in _alternatives(written, sets):
                by_first.setdefault(first, []).append(rest)
    parts = (f"{re.escape(first)}(?:{'|'.join(dict.fromkeys(rests))})" for first, rests in by_first.items())
    return "|".join(parts) if by_first else NEVER


def _names(written: str) -> Iterator[str]:
    return (match[1] for match in _TOKEN.finditer(written) if match[1] is not None)


def _alternatives(written: str, sets: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """(first character, the rest as a regular expression) of everything a pattern may begin with."""
    pieces = _pieces(written)
    rest = "".join(_within(one, sets) for one in pieces[1:])
    if pieces[-1] == _ANY:
        rest = rest.removesuffix("?")
    for first, behind in _heads(pieces[0], sets):
        yield first, behind + rest


def _heads(piece: str, sets: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    name = piece[1:-1].lower() if piece.startswith("{") else ""
    if piece == "#":
        yield from ((one, _GOES_ON) for one in _DIGITS)
    elif name == "age":
        yield from ((one[0], f"(?<!{_BEFORE}{one[0]}){one[1:]}") for one in sorted(_AGES, key=len, reverse=True))
    elif name == "masked":
        yield from ((one, "[0-9]{1,5}[×X#]{3,}[0-9X×#]*") for one in "0123456789")
    elif name == "digits":
        yield from ((one, "[0-9×X-]{3,}") for one in "0123456789")
    elif name == "subject":
        yield SUBJECT, ""
    elif name:
        words = map(_plain, sets[name])
        yield from (_whole(one) for one in words)
    else:
        yield _whole(piece)


def _whole(word: str) -> tuple[str, str]:
    """(first character, the rest): a word of Latin letters stands alone, not within a longer one."""
    begins = f"(?<![0-9A-Z]{word[0]})" if word[0].isascii() and word[0].isalpha() else ""
    ends = "(?![A-Z])" if word[-1].isascii() and word[-1].isalpha() else ""
    return word[0], begins + re.escape(word[1:]) + ends


def _within(piece: str, sets: Mapping[str, tuple[str, ...]]) -> str:
    if piece == _ANY:
        return _GAP
    if piece == "#":
        return _NUMBER
    if not piece.startswith("{"):
        return re.escape(piece)
    name = piece[1:-1].lower()
    if name in sets:
        words = map(_plain, sets[name])
        return f"(?:{'|'.join(map(re.escape, words))})"
    return _WITHIN[name]
