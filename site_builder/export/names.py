"""Names of files, columns and descriptor fields: which are safe, and how they are printed in a message."""

from __future__ import annotations

import re
from typing import Final
import unicodedata

_SHOWN: Final = 40
_LONGEST_PART: Final = 255
_LONGEST_PATH: Final = 1000
_DRIVE: Final = re.compile(r"[A-Za-z]:")


def shown(name: str) -> str:
    """A name fit to print: at most 40 characters, control and unpaired characters replaced by ``?``."""
    cut = name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…"
    return "".join("?" if unicodedata.category(char)[0] == "C" else char for char in cut)


def shown_path(path: str) -> str:
    """A whole path fit to print as a place, control and unpaired characters replaced by ``?``."""
    return "".join("?" if unicodedata.category(char)[0] == "C" else char for char in path[:_LONGEST_PATH])


def same_name(name: str) -> str:
    """What two names share when they differ only in case or Unicode composition."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def path_fault(path: str) -> str:
    """Why a path may not stand inside a package, in Chinese; empty when it may.

    Allowed are relative paths of ordinary parts divided by ``/``.
    """
    parts = path.split("/")
    faults = (
        (not path, "路径为空"),
        ("\\" in path, "路径含反斜线"),
        (path.startswith("/"), "是绝对路径"),
        (_DRIVE.match(path) is not None, "路径带盘符"),
        (".." in parts, "路径含 ..，会离开本包"),
        ("" in parts or "." in parts, "路径含空的一段或 ."),
        (any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in path), "路径含控制字符"),
        (
            len(path) > _LONGEST_PATH or any(len(part.encode(errors="replace")) > _LONGEST_PART for part in parts),
            "路径过长",
        ),
    )
    return next((why for fault, why in faults if fault), "")
