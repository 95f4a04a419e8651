"""Which columns of a file are read, dropped or refused."""

from __future__ import annotations

from collections.abc import Sequence
import difflib
from typing import Final
import unicodedata

from site_builder.export.batch import FaultLog, Headers
from site_builder.export.names import shown

FORBIDDEN: Final = (
    "宗教信仰",
    "基因",
    "指纹",
    "血型",
    "疾病",
    "病史",
    "生物识别",
    "收入",
    "存款",
    "有价证券",
    "商业保险",
    "不动产",
    "纳税数额",
)
"""What may not be collected about anyone (DL 18, LY 12)."""


def machine_name(header: str, row: int, headers: Headers, ignore: frozenset[str], log: FaultLog) -> str | None:
    """The machine name a header stands for; None where the column is dropped: ignored, or faulty and noted.

    A forbidden column is refused even when ignored; a known one is read even when ignored.
    """
    text = header.strip()
    word = _forbidden_word(text)
    if word:
        message = f"含有「{word}」：这类信息不得采集（《征信业管理条例》第十四条和当地的规定）"
        log.note("forbidden-column", row, text, message, "从导出中去掉这一列；它不能列入 ignore_columns")
        return None
    if text in headers:
        return headers[text]
    if text not in ignore:
        log.note("unknown-column", row, text, f"不认识列「{shown(text)}」", _nearest(text, headers))
    return None


def header_columns(
    cells: Sequence[str], headers: Headers, ignore: frozenset[str], log: FaultLog
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The machine names of a header row and the positions they stand at, without the columns that are dropped.

    Notes empty, repeated, unknown and forbidden headers; of a repeated column the first is kept.
    """
    kept: dict[str, int] = {}
    seen: set[str] = set()
    for index, cell in enumerate(cells):
        text = cell.strip()
        if not text:
            log.note("empty-header", 1, "", f"第 {index + 1} 列没有列名", "补上列名或删去这一列")
            continue
        name = machine_name(text, 1, headers, ignore, log)
        key = name or text
        if key in seen:
            log.note("repeated-header", 1, text, f"列「{shown(text)}」出现两次（机器名与中文名算同一列）", "只保留一列")
        elif name is not None:
            kept[name] = index
        seen.add(key)
    return tuple(kept), tuple(kept.values())


def _forbidden_word(text: str) -> str:
    plain = "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())
    return next((word for word in FORBIDDEN if word in plain), "")


def _nearest(text: str, headers: Headers) -> str:
    close = difflib.get_close_matches(text[:100], headers, n=1)
    near = f"是否应为「{close[0]}」？" if close else ""
    return f"{near}确不需要时列入 site.yml 的 export.ignore_columns"
