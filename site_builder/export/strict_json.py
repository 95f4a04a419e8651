"""JSON without the gaps: repeated keys, NaN, endless numbers and endless nesting are refused, not guessed at."""

from __future__ import annotations

import collections
import json
import math
import re
from typing import Final

from site_builder.export.names import shown

_DEEPEST: Final = 64
_LONGEST_NUMBER: Final = 400
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_BRACKET: Final = re.compile(r"[\[\]{}]")


class JsonFault(Exception):  # noqa: N818 - a fault of the file, turned into a finding by the reader
    """Why a text was refused: a stable code and a Chinese message that repeats no value; ``key`` is a repeated key."""

    def __init__(self, code: str, message: str, key: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.key = key


def loads(text: str) -> object:
    """The value a JSON text holds. Raises JsonFault: ``invalid-json`` ``duplicate-key`` ``too-deep`` ``bad-number``."""
    if text.count("[") + text.count("{") > _DEEPEST:
        _check_depth(text)
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise JsonFault("invalid-json", f"第 {error.pos + 1} 个字符处起不是合法的 JSON") from None
    except RecursionError:
        raise _too_deep() from None


def _check_depth(text: str) -> None:
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > _DEEPEST:
            raise _too_deep()


def _too_deep() -> JsonFault:
    return JsonFault("too-deep", f"嵌套超过 {_DEEPEST} 层")


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = collections.Counter(name for name, _ in pairs)
        raise JsonFault("duplicate-key", "同一个键出现两次", names.most_common(1)[0][0])
    return value


def _integer(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise JsonFault("bad-number", f"数字超过 {_LONGEST_NUMBER} 位")
    return int(text)


def _float(text: str) -> float:
    value = float(text) if len(text) <= _LONGEST_NUMBER else math.inf
    if not math.isfinite(value):
        raise JsonFault("bad-number", f"数字过大或超过 {_LONGEST_NUMBER} 位")
    return value


def _constant(text: str) -> float:
    raise JsonFault("bad-number", f"{shown(text)} 不是 JSON 的数字")


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=_integer, parse_float=_float, parse_constant=_constant
)
