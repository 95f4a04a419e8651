"""The gate: everything the audit asks of a finished web root, in one go; a root that fails is not switched in.

With the export's staged records all is asked; with a tree alone what can be asked of it: file list, links, expiry,
personal data. Findings name the rule and the place, never a value; a file named after what may not be shown is told by
its place in its folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import datetime as dt
from itertools import chain
from pathlib import Path
from typing import Any, Final

import msgspec

from site_builder.audit import accounting, expiry, file_list, held, links, signed
from site_builder.audit.context import Audit, Taken
from site_builder.audit.forbidden import CODE_COLUMNS, Tally, announced_texts, forbidden, site_texts
from site_builder.audit.jobs import Job, LookupJob, PagesJob, Tables, batches
from site_builder.audit.numbers import Excused, names_of_digits, numbers_in
from site_builder.audit.private_pages import PrivateText, private_of
from site_builder.audit.reading import do
from site_builder.audit.running import Runner
from site_builder.audit.search import Found, Searcher, fewest
from site_builder.audit.shared import TakenOver, names, newly, searched
from site_builder.audit.staged import Expected
from site_builder.audit.whole import Whole
from site_builder.config.site import Site
from site_builder.content.library import read_laws
from site_builder.errors import Exit, Finding, Place, SiteBuilderError
from site_builder.pages import urls
from site_builder.records.values import is_credit_code
from site_builder.rules.personal_data import CODE_FIELDS, PROCEDURE_FIELDS
from site_builder.vocabulary import Kind

MOST: Final = 200
"""Findings told; the rest are counted."""

HINTS: Final = {
    "leak": "不要上线；请报告这个缺陷，并保留构建时的导出",
    "personal-data": "核对记录和网站内容，删去身份证号、手机号、银行卡号",
    "private-text": "核对这一条：改写写到个人的文字，或者由第二个人用 waive 放行",
    "accounting": "不要上线；网站与导出不一致，请用 --full 重新构建",
    "file-list": "网站文件被改动过，请重新构建",
    "link": "修正网站内容里的地址，或者补上缺少的页面",
    "expiry": "重新构建，核验日不早于今天",
    "signature": "网站不是本站密钥签发的，或者签发后被改动：与构建机上的版本比对",
}
"""What to do about each rule's findings."""


class Seen(msgspec.Struct, frozen=True):
    """What an audit read: files, bytes, records compared, and values looked for.

    ``searched`` is for the audit of a rebuild that takes files over; it is private.
    """

    files: int
    size: int
    records: int
    values: int
    findings: tuple[Finding, ...]
    searched: frozenset[bytes] = frozenset()


def audit(
    root: Path,
    site: Site,
    as_of: dt.date,
    run: Runner,
    *,
    expected: Expected | None = None,
    themes: Iterable[Path] = (),
    shared: TakenOver | None = None,
    key: str = "",
    private: PrivateText | None = None,
) -> Seen:
    """Read every byte of ``root``; ``as_of`` is the day nothing may be past, ``key`` the one it is to be signed by.

    Files ``shared`` with an audited release are held by their digests, against the values that were not looked for
    then and against their days; lists, and files that name one that is gone, are read anew. Needs ``expected``.
    ``private`` is what may not be told of a person, where there is no ``expected`` that knows it.
    """
    disk = file_list.on_disk(root)
    listed, faults = file_list.read_list(root, shared.files if shared is not None else {})
    told = file_list.read_release(root)
    found = [(urls.RELEASE_FILES, Found("file-list", line, "", what)) for line, what in faults]
    searcher = _searcher(root, site, themes, as_of, expected, disk, run)
    context = Audit(
        root, links.Base(site.site.base_url, site.site.base_path), disk.sizes, listed, site.regions, searcher, expected
    )
    if expected is not None:
        published = sum(one.published for one in _counts(searcher).values())
        context.record_json = site.publish.has_record_json(published)
        context.laws = tuple(one.index for one in read_laws(site.folder, site.laws, expected.facts.as_of))
        context.private = private_of(expected.law.on(as_of).private, expected.facts, site, themes)
    if shared is not None and searcher.forbidden is not None:
        new = newly(searcher.forbidden, shared.searched)
        context.taken = Taken(shared.files, Searcher(new, searcher.excused, as_of), names(shared.gone))
    whole = _read_all(context, run)
    found += whole.found
    if expected is not None:
        found += held.feeds_held(context, site, expected, whole)
    found += [(path, Found("file-list", 0, "", what)) for path, what in file_list.differing(disk, listed, whole.unread)]
    found += accounting.release_faults(root, told, expected, whole)
    found += signed.signature_faults(root, key)
    if expected is not None:
        found += accounting.rows_faults(expected, _counts(searcher))
        found += accounting.record_faults(context, whole)
    else:
        whole.add_days(_days(root))
        found += _private(root, private) if private is not None else ()
    whole.add_days(_announced_until(root, disk.sizes))
    found += accounting.day_faults(told, whole)
    known = {file: links.anchors((root / file).read_bytes()) for file in {file for file, _ in whole.anchors}}
    found += accounting.anchors_missing(whole.anchors, known)
    named = searcher.names([*disk.sizes, *disk.odd])
    found += [(path, Found("leak", 0, "file-name", "文件名含有不公开的内容")) for path in named]
    unnamed = named | {path for path, one in found if one.message == accounting.UNKNOWN_PAGE}
    values = len(searcher.forbidden.raw.patterns) if searcher.forbidden is not None else 0
    findings = tuple(_findings(found, unnamed, [*disk.sizes, *disk.odd]))
    return Seen(
        len(disk.sizes), sum(disk.sizes.values()), len(whole.records), values, findings, searched(searcher.forbidden)
    )


def refuse_findings(seen: Seen) -> None:
    """Raise when the audit found anything."""
    if seen.findings:
        raise SiteBuilderError(list(seen.findings), Exit.FINDINGS)


def _searcher(
    root: Path,
    site: Site,
    themes: Iterable[Path],
    as_of: dt.date,
    expected: Expected | None,
    disk: file_list.OnDisk,
    run: Runner,
) -> Searcher:
    names = names_of_digits(path for path in disk.sizes if path.startswith(urls.SEARCH))
    if expected is None:
        return Searcher(None, msgspec.structs.replace(_excused(root, site, as_of), names=names), as_of)
    sizes = [
        text for path, size in disk.sizes.items() if path.startswith(urls.DATA) for text in (f"{size}", f"{size:,}")
    ]
    wanted = forbidden(site, themes, expected, sizes, run)
    return Searcher(wanted, msgspec.structs.replace(wanted.excused, names=names), as_of)


def _counts(searcher: Searcher) -> dict[tuple[Kind, int], Tally]:
    return searcher.forbidden.counts if searcher.forbidden is not None else {}


def _read_all(context: Audit, run: Runner) -> Whole:
    """Every file once: the downloads' other forms, record pages with their records, then all the rest."""
    whole = Whole(context.sizes, context.searcher.as_of)
    rest: list[Job] = []
    if context.expected is not None:
        first: Iterator[Job] = chain(map(Tables, (None, *context.kinds)), _pages(context, context.expected))
        for part in run(do, context, first):
            whole.add(part)
        held.following_held(context, context.expected, whole)
        whole.found += held.years_held(context, context.expected, whole)
        rest = [LookupJob(), *held.downloads_held(context, context.expected, whole)]
    for part in run(do, context, chain(rest, batches(context.sizes, whole.unread))):
        whole.add(part)
    return whole


def _pages(context: Audit, expected: Expected) -> Iterator[PagesJob]:
    """The shards, each with the number of its first record."""
    counts = _counts(context.searcher)
    for kind in expected.rows:
        first = 0
        for shard in expected.shards_of(kind):
            yield PagesJob(shard, first)
            first += counts[kind, shard.number].published


def _rows(root: Path, *kinds: Kind) -> Iterator[dict[str, Any]]:
    """The rows of the JSON lines downloads, of all kinds or of these, as far as they can be read."""
    for kind in kinds or Kind:
        path = root / urls.download(kind, "jsonl")
        if path.is_file():
            with path.open("rb") as lines:
                for line in lines:
                    try:
                        yield msgspec.json.decode(line, type=dict[str, Any])
                    except msgspec.MsgspecError:
                        return


def _excused(root: Path, site: Site, as_of: dt.date) -> Excused:
    """What a tree alone excuses: the codes and telephone fields of its downloads, and the site folder."""
    codes: set[str] = set()
    numbers: set[str] = set()
    for row in _rows(root):
        for name, value in row.items():
            text = ";".join(value) if isinstance(value, list) else value
            if not isinstance(text, str):
                continue
            if name in CODE_COLUMNS and is_credit_code(text):
                codes.add(text.upper())
            if name in CODE_FIELDS or name in PROCEDURE_FIELDS:
                numbers |= numbers_in(text)
    said = list(announced_texts(site, as_of))
    codes |= {one for text in said for one in numbers_in(text) if is_credit_code(one)}
    for data in (*site_texts(site), *(one.encode("utf-8", "replace") for one in said)):
        numbers |= numbers_in(data.decode("utf-8", "replace"))
    return Excused(frozenset(codes), frozenset(numbers | codes))


def _private(root: Path, private: PrivateText) -> Iterator[tuple[str, Found]]:
    """What the downloads and pages of natural persons and role models tell."""
    for kind in Kind:
        for row in _rows(root, kind):
            address = urls.record(kind, str(row.get("id")))
            page = root / address
            for one in fewest(private.of_row(kind, row, page.read_bytes() if page.is_file() else b"")):
                yield address, one


def _announced_until(root: Path, paths: Iterable[str]) -> Iterator[dt.date]:
    """The last days of announcements, as their pages tell them."""
    for path in paths:
        if path.startswith(urls.NEWS) and path.endswith(".html"):
            day = expiry.last_day((root / path).read_bytes())
            if day is not None:
                yield day


def _days(root: Path) -> Iterator[dt.date]:
    for row in _rows(root):
        value = row.get("public_until")
        if isinstance(value, str):
            yield dt.date.fromisoformat(value)


def _findings(found: Iterable[tuple[str, Found]], private: set[str], paths: list[str]) -> Iterator[Finding]:
    """Findings in order, each once, at most ``MOST``."""
    places = {path: _shown(path, private, paths) for path in {path for path, _ in found}}
    unique = sorted({(one.rule, places[path], one.line, one.how, one.message) for path, one in found})
    for rule, path, line, how, message in unique[:MOST]:
        yield Finding(rule, Place(path, line, how), message, HINTS[rule])
    if len(unique) > MOST:
        yield Finding("audit", Place(), f"另有 {len(unique) - MOST} 项同类问题没有列出", "先处理已列出的")


def _shown(path: str, private: set[str], paths: list[str]) -> str:
    """The path, or for one that may not be told its place in its folder, where that holds others, too."""
    if path not in private:
        return path
    folder = path.partition("/")[0] + "/" if "/" in path else ""
    if all(one in private for one in paths if one.startswith(folder)):
        folder = ""
    inside = sorted(one for one in paths if one.startswith(folder))
    return f"{folder}（第 {inside.index(path) + 1} 个文件）"
