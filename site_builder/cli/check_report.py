"""``check --report DIR``: what a supervisor reads, by unit; and the numbers kept there, from which trends are shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from site_builder.cli.private import write_private
from site_builder.config.site import Site
from site_builder.decide.examine import Examined
from site_builder.errors import Exit, Finding, Place, refuse
from site_builder.reports.supervision import Day, by_unit, day_of, told_publicly
from site_builder.reports.supervision_page import private_page, public_page

PAGE: Final = "index.html"
PUBLIC: Final = "public.html"
KEPT: Final = "counts.jsonl"
MOST_DAYS: Final = 12
"""Days whose numbers stand beside today's: three years of quarters."""


def write_report(
    folder: Path, site: Site, examined: Examined, findings: Sequence[Finding], output: Path, *, public: bool
) -> None:
    """Write the report and keep the day's numbers; a report of the same day is replaced.

    Raises (exit 2) where the folder is a release's, or holds numbers that cannot be read.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    today = day_of(examined, findings)
    days = [*(one for one in _kept(folder / KEPT) if one.as_of != today.as_of), today]
    days.sort(key=lambda one: one.as_of)
    shown = [one for one in days if one.as_of <= today.as_of][-MOST_DAYS:]
    title, rules = f"{site.site.name}：监督报告", examined.rules
    write_private(folder / PAGE, private_page(title, shown, by_unit(examined, findings), rules), output)
    if public:
        told = told_publicly(examined, findings)
        write_private(folder / PUBLIC, public_page(f"{site.site.name}：公示情况", told, rules), output)
    write_private(folder / KEPT, b"".join(msgspec.json.encode(one) + b"\n" for one in days), output)


def _kept(path: Path) -> list[Day]:
    try:
        return [msgspec.json.decode(line, type=Day) for line in path.read_bytes().splitlines()]
    except FileNotFoundError:
        return []
    except msgspec.MsgspecError:
        hint = "换一个文件夹，或者移走这个文件：之后的报告从头记起"
        raise refuse(
            "report-counts", "不是以前的报告记下的数目", hint=hint, place=Place(str(path)), exit_code=Exit.USAGE
        ) from None
