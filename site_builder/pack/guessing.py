"""Names and words that are near to what an office wrote: offered to be checked, never taken."""

from __future__ import annotations

from collections.abc import Sequence
import difflib
import json
import re
from typing import Final
import unicodedata

_USUAL: Final = {
    "企业名称": "主体名称",
    "单位名称": "主体名称",
    "失信主体名称": "主体名称",
    "行政相对人名称": "主体名称",
    "姓名": "主体名称",
    "信用代码": "统一社会信用代码",
    "社会信用代码": "统一社会信用代码",
    "企业类型": "主体类型",
    "法人代表": "法定代表人",
    "法人姓名": "法定代表人",
    "编号": "记录编号",
    "文书号": "决定文书号",
    "处罚决定书文号": "决定文书号",
    "认定部门": "认定单位",
    "失信事实": "认定事由",
    "主要违法事实": "认定事由",
    "决定日期": "认定日期",
    "公布日期": "公示日期",
    "移除日期": "移出日期",
    "移除名单日期": "移出日期",
}
"""What a heading often means."""

_TELLING: Final = (
    *(
        "撤销",
        "修复",
        "移出",
        "移除",
        "终止",
        "截止",
        "异议",
        "告知",
        "公示",
        "列入",
        "认定",
        "更新",
        "执行",
        "受理",
        "办结",
    ),
    *(
        "万元",
        "依据",
        "条件",
        "程序",
        "名称",
        "代码",
        "编号",
        "日期",
        "单位",
        "理由",
        "措施",
        "曾用",
        "不",
        "非",
        "未",
        "否",
    ),
)
"""Pieces that make a name another one, or a word its opposite: both must have them, or neither."""

_BRACKET: Final = re.compile(r"[(\[【〔].*?[)\]】〕]")
_PLAIN: Final = re.compile(r"[\w\u4e00-\u9fff][\w\u4e00-\u9fff()（）/·.-]*")
_YAML: Final = re.compile(r"null|true|false|yes|no|on|off|~|[-+.0-9_]+(e[-+]?[0-9]+)?", re.IGNORECASE)


def nearest(heading: str, labels: Sequence[str]) -> str:
    """The label a heading is like; none where a piece of one or a bracket behind it makes it something else."""
    heading = heading.replace("时间", "日期")
    usual = _USUAL.get(heading, "")
    if usual in labels:
        return usual
    near = [one for one in difflib.get_close_matches(heading, labels, n=3, cutoff=0.5) if _same_pieces(heading, one)]
    outside = _BRACKET.sub("", heading)
    return near[0] if near and (near[0] != outside or outside == heading) else ""


def nearest_word(word: str, known: Sequence[str]) -> str:
    """The word of ours that is like the office's, or nothing."""
    text = unicodedata.normalize("NFKC", word)
    near = [one for one in difflib.get_close_matches(text, known, n=3, cutoff=0.6) if _same_pieces(text, one)]
    return near[0] if near else ""


def _same_pieces(one: str, other: str) -> bool:
    return all((piece in one) == (piece in other) for piece in _TELLING)


def yaml_word(text: str) -> str:
    """A text as a key or a value of YAML: in quotes where it could be read as something else."""
    if _PLAIN.fullmatch(text) and not _YAML.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)
