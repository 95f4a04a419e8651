"""Adding to ``overlay.yml`` by program, its comments and other items left as they are."""

from __future__ import annotations

from collections.abc import Iterable
import json
import os
from pathlib import Path
import re
import tempfile

import msgspec

from site_builder.config.companions import OverlayItem, read_overlay
from site_builder.errors import Exit, Place, SiteBuilderError, refuse

_EMPTY_LIST = re.compile(r"^\[\s*\][ \t]*(?=#|$)", re.MULTILINE)
_FIRST = re.compile(r"^( *)-(?: |$)", re.MULTILINE)


def add_items(path: Path, *items: OverlayItem) -> None:
    """Write more items into the overlay at ``path``, which need not be there yet, all of them or none.

    Raises SiteBuilderError: what stands in it already is faulty, or is written so that nothing can be added
    (``overlay-form``, exit code 2).
    """
    before = read_overlay(path)
    text = path.read_text("utf-8") if path.exists() else ""
    for item in items:
        text = with_item(text, item)
    target = path.resolve()
    fd, name = tempfile.mkstemp(prefix=".overlay.", suffix=".yml", dir=target.parent)
    aside = Path(name)
    try:
        with os.fdopen(fd, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(fd)
        _refuse_other(_read(aside), (*before, *items), path)
        aside.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o644)
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def with_item(text: str, item: OverlayItem) -> str:
    """The text of an overlay with one more item at its end."""
    text = _EMPTY_LIST.sub("", text.removeprefix("\ufeff")).rstrip()
    first = _FIRST.search(text)
    indent = first[1] if first else ""
    lines = [
        f"- kind: {item.kind}",
        f"  id: {_quoted(item.id)}",
        f"  on: {item.on}",
        f"  what: {item.what}",
        *([f"  closed_on: {item.closed_on}"] if item.closed_on is not None else []),
        f"  by: {_quoted(item.by)}",
        f"  why: {_quoted(item.why)}",
    ]
    return (f"{text}\n" if text else "") + "".join(f"{indent}{line}\n" for line in lines)


def _refuse_other(written: Iterable[OverlayItem], meant: Iterable[OverlayItem], path: Path) -> None:
    """Raise where the text says anything but what is meant."""
    if [msgspec.structs.replace(one, row=0) for one in written] != [
        msgspec.structs.replace(one, row=0) for one in meant
    ]:
        message = "这个文件的写法不便由程序添加"
        hint = "把已有的各项写成每项一行「- 」开头的列表，或者手工加上这一项"
        raise refuse("overlay-form", message, hint=hint, place=Place(str(path)), exit_code=Exit.USAGE)


def _quoted(value: str) -> str:
    """A text between double quotes, as both JSON and YAML read it."""
    return json.dumps(value, ensure_ascii=False)


def _read(path: Path) -> tuple[OverlayItem, ...]:
    """The overlay as written; nothing where it cannot be read, so that it differs from what is meant."""
    try:
        return read_overlay(path)
    except SiteBuilderError:
        return ()
