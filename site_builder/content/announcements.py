"""What the office announces: ``news/*.md`` of a site folder, dated, each of one category, some until a day.

Files that belong to ``news/<stem>.md`` lie in ``news/<stem>/`` and are named in its front matter.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
import datetime as dt
from pathlib import Path
from typing import Final

from site_builder.config.fields import Fields
from site_builder.config.source import Faults, read_text
from site_builder.content.pages import front_matter, without_comments
from site_builder.errors import Exit, Finding, Place, SiteBuilderError

FOLDER: Final = "news"
"""Where announcements lie in a site folder."""

CATEGORIES: Final = {"公告": "notices", "信用动态": "trends", "政策解读": "policies", "诚信文化": "culture"}
"""The categories in their order, and what each is called in addresses."""

_FILE: Final = r"[a-z0-9]+(?:[-_][a-z0-9]+)*\.[a-z0-9]+"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of an announcement: its ``name`` in the folder, what it is called, and who looked at it.

    ``sha256`` (of its bytes, in hex), ``by`` and ``seen_on`` are all given or none: without them no file may be
    published that has pictures, which only a person can read. ``place``: where it is named.
    """

    name: str
    title: str
    path: Path
    place: Place
    sha256: str = ""
    by: str = ""
    seen_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement as written: ``stem`` is its address (``news/<stem>.html``), ``text`` its Markdown.

    It is shown from ``on`` and, where there is one, to ``until``, both days among them. ``source``: who made it known;
    empty for the site's own office.
    """

    stem: str
    title: str
    category: str
    on: dt.date
    until: dt.date | None
    source: str
    description: str
    text: str
    files: tuple[Attached, ...] = ()

    def stands(self, day: dt.date) -> bool:
        """Whether it is shown on a day."""
        return self.on <= day and (self.until is None or day <= self.until)


def read_announcements(folder: Path) -> tuple[Announcement, ...]:
    """All announcements of a site folder, whatever their days, the newest first; without the folder there are none.

    HTML comments are shown nowhere. Raises :class:`SiteBuilderError` with the faults of all.
    """
    read: list[Announcement] = []
    found: list[Finding] = []
    for path in sorted((folder / FOLDER).glob("*.md")):
        try:
            read.append(parse_announcement(path.stem, without_comments(read_text(path)), path))
        except SiteBuilderError as error:
            found.extend(error.findings)
    if found:
        raise SiteBuilderError(found, Exit.USAGE)
    return tuple(sorted(read, key=lambda one: (-one.on.toordinal(), one.stem)))


def announced(folder: Path, day: dt.date) -> tuple[Announcement, ...]:
    """Those that are shown on a day; raises as ``read_announcements`` does."""
    return tuple(one for one in read_announcements(folder) if one.stands(day))


def parse_announcement(stem: str, text: str, path: Path) -> Announcement:
    """An announcement from its text: front matter between two lines ``---``, then Markdown.

    Raises :class:`SiteBuilderError` with every fault; ``path`` is where it is read from.
    """
    faults = Faults(str(path))
    if stem == "index":
        faults.add("bad-value", 0, "index 是公告列表自己的网址", "改文件名，如 2026-repair-notice.md")
    fields, body = front_matter(stem, text, faults, "title、date、category")
    on, until = fields.day("date", required=True), fields.day("until")
    read = Announcement(
        stem=stem,
        title=fields.text("title", required=True),
        category=fields.choice("category", tuple(CATEGORIES), required=True),
        on=on or dt.date.min,
        until=until,
        source=fields.text("source"),
        description=fields.text("description"),
        text=body,
        files=_files(fields, path, faults),
    )
    if until is not None and until < read.on:
        faults.add("bad-value", fields.row_of("until"), "最后一天早于发布的日期", "核对 date 和 until")
    fields.finish()
    faults.stop()
    return read


def _files(fields: Fields, path: Path, faults: Faults) -> tuple[Attached, ...]:
    """The files named in the front matter, each there and once; no other lies in the folder."""
    found: list[Attached] = []
    folder = path.with_suffix("")
    for one in fields.sections("files"):
        name = one.text("file", required=True, pattern=_FILE, expected="只用小写字母、数字和连字符，如 form.docx")
        title = one.text("title", required=True)
        sha256 = one.text("sha256", pattern="[0-9a-f]{64}", expected="64 位小写十六进制，用 sha256sum 算出")
        by, on = one.text("by"), one.day("on")
        one.finish()
        if not name:
            continue
        if name in [other.name for other in found]:
            faults.add("bad-value", one.row_of("file"), f"「{name}」写了两次", "只留一个")
        elif not (folder / name).is_file() or (folder / name).is_symlink():
            faults.add("missing-file", one.row_of("file"), f"没有 {folder.name}/{name}", "放进与公告同名的文件夹")
        elif len({bool(sha256), bool(by), on is not None}) > 1:
            faults.add("missing-key", one.row, "sha256、by、on 要写齐", "谁在哪一天看过这个文件")
        else:
            place = Place(str(path), one.row)
            found.append(Attached(name, title, folder / name, place, sha256, by, on))
    if not faults.found:
        left = sorted(one.name for one in folder.glob("*") if one.name not in {file.name for file in found})
        for other in left:
            faults.add("unlisted-file", 0, f"{folder.name}/{other} 没有写在公告的 files 里", "写上，或者删去这个文件")
    return tuple(found)


def change_after(folder: Path, day: dt.date) -> dt.date | None:
    """The first day after ``day`` on which an announcement begins or is gone.

    Announcements that cannot be read are told of by ``read_announcements``.
    """
    days: set[dt.date] = set()
    with contextlib.suppress(SiteBuilderError):
        for one in read_announcements(folder):
            days.add(one.on)
            if one.until is not None and one.until < dt.date.max:
                days.add(one.until + dt.timedelta(days=1))
    return min((one for one in days if one > day), default=None)
