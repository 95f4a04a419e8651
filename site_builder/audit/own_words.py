"""The words of the program itself, of the theme and of the city's law: public, whoever says them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import datetime as dt
from functools import lru_cache
import io
from itertools import chain
from pathlib import Path
import re
from typing import Final
import unicodedata
import zipfile

import msgspec
import xlsxwriter

from site_builder.public.law_words import LawWords

PROGRAM: Final = Path(__file__).resolve().parents[1]
_OF_SITES: Final = (PROGRAM / "themes", PROGRAM / "starter", PROGRAM / "cities")
"""What a site shows of these is its theme, or lies in its own folder."""

_WORDS: Final = frozenset({".py", ".html", ".js", ".css", ".svg", ".yml", ".md", ".json", ".txt", ".xml"})
_PARTED: Final = re.compile(rb"\"\s*\n\s*f?\"")
"""Between two parts of one text of the program, each on a line of its own."""


def program_texts(themes: Iterable[Path]) -> Iterator[bytes]:
    """The words of the theme, of the program itself, and of an empty workbook."""
    yield from _own_texts()
    yield from _texts(chain.from_iterable(sorted(folder.rglob("*")) for folder in themes))


def law_texts(words: LawWords) -> Iterator[str]:
    """What visitors read of the city's law: with the days and months put in, as no file has it."""
    return _strings(msgspec.to_builtins(words))


@lru_cache(maxsize=1)
def syllables() -> tuple[str, ...]:
    """How every Chinese character is read, without tones: the lookup holds it of each name, whosever it is."""
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415  # takes long, and most nights look for nothing

    plain = unicodedata.normalize("NFD", " ".join({said for one in PINYIN_DICT.values() for said in one.split(",")}))
    return tuple(sorted({*"".join([char for char in plain if not unicodedata.combining(char)]).split()}))


@lru_cache(maxsize=1)
def _own_texts() -> tuple[bytes, ...]:
    """Those of the program, which stay as they are while it runs."""
    own = _texts(path for path in sorted(PROGRAM.rglob("*")) if not any(map(path.is_relative_to, _OF_SITES)))
    empty = io.BytesIO()
    with xlsxwriter.Workbook(empty, {"in_memory": True}) as book:
        book.set_properties({"title": "", "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001  # any day does
        book.add_worksheet()
    with zipfile.ZipFile(empty) as archive:
        return (*own, *(archive.read(name) for name in archive.namelist()))


def _texts(paths: Iterable[Path]) -> Iterator[bytes]:
    """What stands in those of these files that hold words; what the program parts is one text."""
    for path in paths:
        if path.suffix in _WORDS and path.is_file():
            text = path.read_bytes()
            yield _PARTED.sub(b"", text) if path.suffix == ".py" else text


def _strings(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        yield from chain.from_iterable(map(_strings, told.values()))
    elif isinstance(told, (list, tuple)):
        yield from chain.from_iterable(map(_strings, told))
