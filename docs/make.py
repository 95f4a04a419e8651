"""Make the pages of the reference that come from the code: ``python docs/make.py``; ``--check`` only compares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
import sys
from typing import Final

from site_builder.findings import GROUPS
from site_builder.rules.articles import articles
from site_builder.rules.cities import CITIES
from site_builder.rules.watch import Across, Watch

DOCS: Final = Path(__file__).resolve().parent


def main() -> int:
    """Write the pages, or compare them; 0 where all is as it would be made."""
    check = "--check" in sys.argv[1:]
    stale = [name for name, text in pages().items() if not _same(DOCS / name, text)]
    for name in stale:
        if not check:
            (DOCS / name).write_text(pages()[name], encoding="utf-8")
        print(f"{'不一致' if check else '已写'}：docs/{name}")
    return 1 if check and stale else 0


def pages() -> dict[str, str]:
    """Every page made from the code: its name in ``docs/`` and its text."""
    return {"findings.md": "\n".join(findings()) + "\n"}


def findings() -> Iterator[str]:
    """The table of codes: what stops a release, and what is only warned of, with its articles in each city."""
    yield "# 发现的代码"
    yield ""
    yield "由程序生成（`python docs/make.py`），不要手改。"
    yield "`check`、`build` 等命令把发现写成「文件:行:列 代码 说明」，下一行是怎么办。"
    yield "「提醒」不影响发布（`check --strict` 除外）；其余都使命令停下，什么也不写。"
    for group, codes in GROUPS.items():
        yield from ("", f"## {group}", "", "| 代码 | 意思和办法 |", "|---|---|")
        yield from (f"| `{code}` | {meaning} |" for code, meaning in codes.items())
    yield from ("", "## 提醒：法规要求而导出没有做到的", "", "| 代码 | 问什么 | 条款 |", "|---|---|---|")
    told: dict[str, tuple[str, list[str]]] = {}
    for rules in CITIES.values():
        watched: list[Watch | Across] = [*rules.watches, *rules.across]
        for watch in watched:
            told.setdefault(watch.code, (watch.question, []))[1].extend(watch.articles)
    for code, (question, by) in told.items():
        yield f"| `{code}` | {question} | {articles(by)} |"


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
