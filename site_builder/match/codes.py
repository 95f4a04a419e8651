"""Credit codes as people and spreadsheets write them (GB 32100): ``codes.js`` of the search, and look-alike letters."""

from __future__ import annotations

from collections.abc import Iterator
import re
from typing import Final

import msgspec

from site_builder.records.values import CODE_ALPHABET, is_credit_code

_ALPHABET: Final = CODE_ALPHABET.lower()
_SHAPE: Final = re.compile(r"[1-9a-z][1-9a-z][1-8oizs][0-9oizs]{5}[0-9a-z]{10}")
"""Department, category, division code, body, check; a letter no code has where a digit is to stand."""

RESIDENT: Final = re.compile(r"[1-8][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9x]")
"""A resident ID number, folded."""

_DIGITS: Final = str.maketrans("oizs", "0125")
"""Letters no code has, and the digits they look like."""

_CYRILLIC: Final = dict(zip("авекмнорстухіјѕһԁԛԝьгп", "abekmhopctyxijshdqwbrn", strict=True))
_GREEK: Final = dict(zip("αβεζηικμνορτυχσγ", "abezhikmnoptyxcy", strict=True))
_LATIN: Final = str.maketrans(_CYRILLIC | _GREEK | {"ı": "i", "ɡ": "g", "ℓ": "l"})


class Code(msgspec.Struct, frozen=True):
    """A folded text as a whole code: whether its check character fits, and whether letters were taken for digits."""

    code: str
    sound: bool
    mended: bool = False


def latin(folded: str) -> str:
    """A folded text with Cyrillic and Greek letters as the Latin ones they look like."""
    return folded if folded.isascii() else folded.translate(_LATIN)


def as_code(folded: str) -> Code | None:
    """What a folded text is as a whole code; None: none. Letters no code has are digits only where it then fits."""
    if not _SHAPE.fullmatch(folded):
        return None
    if is_credit_code(folded):
        return Code(folded, sound=True)
    digits = folded.translate(_DIGITS)
    if digits != folded and is_credit_code(digits):
        return Code(digits, sound=True, mended=True)
    return None if RESIDENT.fullmatch(folded) else Code(folded, sound=False)


def sound_near(code: str) -> Iterator[str]:
    """The sound codes that differ from a folded one in one character, or by two neighbours that changed places."""
    for place, character in enumerate(code):
        before, behind = code[:place], code[place + 1 :]
        for other in _ALPHABET:
            if other != character and is_credit_code(before + other + behind):
                yield before + other + behind
        if behind and behind[0] != character and is_credit_code(before + behind[0] + character + behind[1:]):
            yield before + behind[0] + character + behind[1:]
