"""How an article is called in words: ``DL 42`` is 大连条例第四十二条."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from site_builder.law.cities import CITIES
from site_builder.numerals import to_numeral

SHORT: Final = {one.code: one.short for one in CITIES.values()}
"""What people call a regulation, by the code in ``DL 42``."""


def article(code: str) -> str:
    """One article in words; its number is from 1 to 999."""
    law, _, number = code.partition(" ")
    return f"{SHORT.get(law, law)}第{to_numeral(int(number))}条"


def articles(codes: Iterable[str]) -> str:
    """Several articles in words, each once; a regulation is named where it changes: 大连条例第三条、第四条."""
    told: list[str] = []
    law = ""
    for code in dict.fromkeys(codes):
        words = article(code)
        name = SHORT.get(code.partition(" ")[0], "")
        told.append(words.removeprefix(name) if name and name == law else words)
        law = name
    return "、".join(told)
