"""What the office announces: ``news/*.md`` of a site folder, dated, each of one category, some until a day.

Files that belong to ``news/<stem>.md`` lie in ``news/<stem>/`` and are named in its front matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
import contextlib
from dataclasses import dataclass
import datetime as dt
from pathlib import Path
import posixpath
from typing import Final

from site_builder.config.fields import Fields
from site_builder.config.source import Faults, read_text
from site_builder.content.pages import front_matter, without_comments
from site_builder.content.passing_links import is_of_record, targets
from site_builder.errors import Exit, Finding, Place, SiteBuilderError

FOLDER: Final = "news"
"""Where announcements lie in a site folder."""

FEED: Final = "feeds/news.xml"
"""Where what is announced may be followed, on the site."""

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


def read_announcements(folder: Path, own: str = "") -> tuple[Announcement, ...]:
    """All announcements of a site folder, whatever their days, the newest first; without the folder there are none.

    ``own``: the site's address, by which a link may lead within it. HTML comments are shown nowhere.
    Raises :class:`SiteBuilderError` with the faults of all, and with every link of one, or of ``pages/*.md``, to what
    may be gone before the page it stands on.
    """
    read: list[Announcement] = []
    found: list[Finding] = []
    for path in sorted(one for one in (folder / FOLDER).glob("*.md") if not _is_passing(one.name)):
        try:
            read.append(parse_announcement(path.stem, without_comments(read_text(path)), path))
        except SiteBuilderError as error:
            found.extend(error.findings)
    if not found:
        found.extend(_leading_away(folder, read, own))
    if found:
        raise SiteBuilderError(found, Exit.USAGE)
    return tuple(sorted(read, key=lambda one: (-one.on.toordinal(), one.stem)))


def announced(folder: Path, day: dt.date, own: str = "") -> tuple[Announcement, ...]:
    """Those that are shown on a day; raises as ``read_announcements`` does."""
    return tuple(one for one in read_announcements(folder, own) if one.stands(day))


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


def _leading_away(folder: Path, announcements: Sequence[Announcement], own: str) -> Iterator[Finding]:
    """Links to what may leave before the page they stand on."""
    pages = [(folder / FOLDER / f"{one.stem}.md", FOLDER, one.on, one.until or dt.date.max) for one in announcements]
    pages += [(path, "guide", dt.date.max, dt.date.max) for path in sorted((folder / "pages").glob("*.md"))]
    for path, place, first, last in pages:
        try:
            text = without_comments(read_text(path))
        except SiteBuilderError:
            continue  # told of by who reads the pages
        for target in targets(text, place, own):
            row = next((row for row, line in enumerate(text.split("\n"), 1) if posixpath.basename(target) in line), 0)
            if is_of_record(target):
                hint = "记录随时可能撤下：写名称和编号，不写链接；要链接的，链接到整份名单"
            elif place == FOLDER and _is_unlisted(target, path.stem, announcements):
                hint = "附件不用链接：放进与公告同名的文件夹，在开头的 files 里写上，它就列在正文下面"
            elif not _stays(target, first, last, announcements):
                hint = "写标题，不写链接；公告链接到别的公告的，可以写 until，不晚于那一篇的最后一天"
            else:
                continue
            yield Finding("bad-value", Place(str(path), row), f"链接指向会撤下或者没有的一页（{target}）", hint)


def _is_unlisted(target: str, stem: str, announcements: Sequence[Announcement]) -> bool:
    """Whether a path is meant for an announcement's own file, and ``files`` has none there."""
    listed = {f"{FOLDER}/{stem}/{one.name}" for each in announcements if each.stem == stem for one in each.files}
    own = posixpath.dirname(target) in {FOLDER, f"{FOLDER}/{stem}"}
    return own and target not in listed and posixpath.splitext(target)[1] not in {"", ".html", ".xml"}


def _stays(target: str, first: dt.date, last: dt.date, announcements: Sequence[Announcement]) -> bool:
    """Whether what is announced keeps a path there from ``first`` to ``last``; any other path stays."""
    if target != FEED and not target.startswith(FOLDER):
        return True
    match target.removesuffix("/index.html").split("/")[1:]:
        case ["by", slug, *year]:
            there = [one for one in announcements if slug == CATEGORIES[one.category] and _of(one, *year[:1])]
        case [year] if year.isdigit():
            there = [one for one in announcements if _of(one, year)]
        case [name, *_] if target != FEED and name != "index.html":
            there = [one for one in announcements if one.stem == name.removesuffix(".html")]
        case _:
            there = list(announcements)
    return any(one.on <= first and (one.until or dt.date.max) >= last for one in there)


def _of(one: Announcement, year: str = "") -> bool:
    return year in ("", f"{one.on.year:04}")


def _is_passing(name: str) -> bool:
    """Whether it is a file that an editor or a system leaves while it has another open: hidden, or Word's lock."""
    return name.startswith((".", "~$"))


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
        left = {one.name for one in folder.glob("*") if not _is_passing(one.name)} - {file.name for file in found}
        for other in sorted(left):
            faults.add("unlisted-file", 0, f"{folder.name}/{other} 没有写在公告的 files 里", "写上，或者删去这个文件")
    return tuple(found)


def turns_after(folder: Path, day: dt.date) -> Iterator[tuple[dt.date, bool]]:
    """Every later day on which an announcement begins (True) or is gone (False), once for each, in no order.

    Announcements that cannot be read are told of by ``read_announcements``.
    """
    with contextlib.suppress(SiteBuilderError):
        for one in read_announcements(folder):
            if one.on > day:
                yield one.on, True
            if one.until is not None and day <= one.until < dt.date.max:
                yield one.until + dt.timedelta(days=1), False


def change_after(folder: Path, day: dt.date) -> dt.date | None:
    """The first day after ``day`` on which an announcement begins or is gone."""
    return min((one for one, _ in turns_after(folder, day)), default=None)
