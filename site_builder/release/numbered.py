"""The files of ``state/`` that are read again: each carries the number of its schema, and here alone it is read.

The number is the tag of the structure a file holds, and goes up whenever the structure's fields change; fields added
since an older number have defaults that say so. What was written before there were numbers is read as number 0. A newer
number is refused: read without what is new in it, a guard would forget.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import msgspec

from site_builder.errors import Place, SiteBuilderError, refuse

T = TypeVar("T", bound=msgspec.Struct)

SCHEMA: Final = "schema"
"""The key (``tag_field``) that holds the number."""

NEWER: Final = "state-newer"
"""The finding where a file's number is newer."""

HINT: Final = (
    "从备份恢复与线上版本同时的整个 state/；没有备份的，运行 build --adopt-live，从线上版本接管"
    "（只是要撤下一条：withhold 照常可用）"
)
"""What to do where something of ``state/`` is lost."""

_BROKEN: Final = (msgspec.MsgspecError, UnicodeError, RecursionError)


class _Numbered(msgspec.Struct):
    schema: Annotated[int, msgspec.Meta(ge=0)] = 0


def encode(name: str, content: msgspec.Struct) -> bytes:
    """A file of this name (``.json`` or ``.msgpack``) with its number."""
    if name.endswith(".json"):
        return msgspec.json.format(msgspec.json.encode(content, order="deterministic"), indent=2) + b"\n"
    return msgspec.msgpack.encode(content, order="deterministic")


def decode(name: str, data: bytes, form: type[T]) -> T:
    """What a file of this name holds, an older one with the defaults of what it lacks.

    Raises SiteBuilderError: ``state-lost`` where it cannot be read, ``state-newer`` where its number is newer.
    """
    codec: Any = msgspec.json if name.endswith(".json") else msgspec.msgpack
    current = form.__struct_config__.tag
    try:
        number = codec.decode(data, type=_Numbered).schema
        if number == current:
            return codec.decode(data, type=form)  # type: ignore[no-any-return]
        if number < current:
            return msgspec.convert({key: value for key, value in codec.decode(data).items() if key != SCHEMA}, form)
    except _BROKEN:
        raise lost(name, "读不懂") from None
    message = f"是更新版本的程序写的（格式 {number}，本程序认得到 {current}）"
    hint = "用写它的那个程序，或者恢复换程序之前的备份；都做不到的，运行 build --adopt-live，从线上版本接管"
    raise refuse(NEWER, message, hint=hint, place=_place(name))


def read(path: Path, form: type[T]) -> T | None:
    """What a file holds, or None where there is none. Raises as ``decode``."""
    try:
        return decode(path.name, path.read_bytes(), form)
    except FileNotFoundError:
        return None


def cached(path: Path, form: type[T]) -> T | None:
    """What a file holds that can be made anew; None where that must be done."""
    try:
        return read(path, form)
    except SiteBuilderError:
        return None


def lost(name: str, message: str) -> SiteBuilderError:
    """What is wrong with a file that a guard needs."""
    return refuse("state-lost", message, hint=HINT, place=_place(name))


def _place(name: str) -> Place:
    return Place(f"state/{name.removesuffix('.new')}")
