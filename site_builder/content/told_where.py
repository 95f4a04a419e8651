"""What a page tells only where a rule above the city's law applies (or the site is a ``demo``), or only where not.

Lines of their own mark it: ``<!-- where: cn-repair-2026 -->`` or ``<!-- unless: cn-repair-2026 -->``, each until the
next such line or ``<!-- end -->``. What is not told is left as empty lines, so that every row stays where it is.
"""

from __future__ import annotations

from collections.abc import Collection
import re
from typing import Final

from site_builder.config.source import Faults

_MARK: Final = re.compile(r"<!--\s*(where|unless|end)(?::\s*([a-z0-9-]+))?\s*-->")


def told_where(text: str, applied: Collection[str], file: str) -> str:
    """The text as it is told where these rules apply. Raises ``SiteBuilderError`` with every mark that is wrong."""
    faults = Faults(file)
    told: list[str] = []
    opened, shown = 0, True
    for row, line in enumerate(text.split("\n"), start=1):
        mark = _MARK.fullmatch(line.strip())
        if mark is None:
            told.append(line if shown else "")
            continue
        told.append("")
        if mark[1] == "end":
            if not opened:
                faults.add("bad-value", row, "这里的 end 前面没有 where 或者 unless", "删去这一行")
            opened, shown = 0, True
            continue
        if not mark[2]:
            faults.add("bad-value", row, f"「{mark[1]}」没有写是哪一项规定", "写成 <!-- where: cn-repair-2026 -->")
        opened, shown = row, (mark[2] in applied) is (mark[1] == "where")
    if opened:
        faults.add("bad-value", opened, "从这里起没有写到哪里为止", "在后面另起一行写 <!-- end -->")
    faults.stop()
    return "\n".join(told)
