"""How an article is called in words: ``DL 42`` is the short name of the regulation of that code and 第四十二条."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.numerals import to_numeral


def article(code: str, names: Mapping[str, str]) -> str:
    """One article in words, given what people call each regulation by its code; its number is from 1 to 999.

    Without a number it is the whole of a document that has no articles.
    """
    law, _, number = code.partition(" ")
    if not number:
        return names.get(law, law)
    return f"{names.get(law, law)}第{to_numeral(int(number))}条"


def articles(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """Several articles in words, each once; a regulation is named where it changes: 某某条例第三条、第四条."""
    told: list[str] = []
    law = ""
    for code in dict.fromkeys(codes):
        words = article(code, names)
        name = names.get(code.partition(" ")[0], "")
        told.append(words.removeprefix(name) if name and name == law else words)
        law = name
    return "、".join(told)
