"""What only the whole tells: counts, lists, sitemap, pages without a record, ``release.json``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import datetime as dt
from pathlib import Path

from site_builder.audit import indexes
from site_builder.audit.context import Audit
from site_builder.audit.file_list import Told, list_digest
from site_builder.audit.forbidden import Tally
from site_builder.audit.search import MOST, Found
from site_builder.audit.staged import Expected
from site_builder.audit.whole import Whole
from site_builder.pages import urls
from site_builder.vocabulary import Kind

UNKNOWN_PAGE = "这个页面没有应当公开的记录"
"""Said of a record page that is not to be there: its name is an id that may not be shown."""


def rows_faults(expected: Expected, counts: Mapping[tuple[Kind, int], Tally]) -> Iterator[tuple[str, Found]]:
    """``published + withheld + rejected = rows``, each counted for itself."""
    for kind in expected.rows:
        shards = expected.shards_of(kind)
        counted = [counts[kind, shard.number] for shard in shards]
        rejected = sum(shard.rejected for shard in shards)
        if sum(one.published + one.kept_back for one in counted) + rejected != expected.rows[kind]:
            yield kind.value, Found("accounting", 0, "", "公开、不公开、隔离之和不等于行数")


def record_faults(audit: Audit, whole: Whole) -> Iterator[tuple[str, Found]]:
    """Records without a list, pages without a record, and the sitemap."""
    for folder, paths in whole.unlinked.items():
        for path in paths:
            yield path, Found("accounting", 0, folder, "公开的记录不在名单里")
    for path in audit.sizes:
        of = path.removesuffix(".json") + ".html" if path.endswith(".json") else path
        known = of in whole.records and (of is path or audit.record_json)
        if not known and indexes.record_of(of):
            yield path, Found("accounting", 0, "", UNKNOWN_PAGE)
    yield from _sitemap_faults(audit, whole)


def _sitemap_faults(audit: Audit, whole: Whole) -> Iterator[tuple[str, Found]]:
    """Every page that may be indexed is in the sitemap once, a natural person's is not, nor what is no page."""
    due = {path for path, is_person in whole.records.items() if not is_person}
    wrong: set[str] = set()
    extra: set[str] = set()
    prefix = audit.canonical("")
    for address in indexes.sitemap_addresses(audit.root):
        path = address.removeprefix(prefix)
        if path in due and path != address:
            due.remove(path)
        elif path in whole.records and path != address:
            wrong.add(path)
        elif path not in whole.records and indexes.record_of(path):
            extra.add(path)
    for path in due | wrong:
        what = "自然人的页面在 sitemap.xml 里" if whole.records[path] else "sitemap.xml 里没有这个页面，或者不止一次"
        yield path, Found("accounting", 0, urls.SITEMAP_XML, what)
    if extra:
        yield urls.SITEMAP_XML, Found("accounting", 0, "", f"有 {len(extra)} 个地址没有应当公开的记录")


def lookup_faults(root: Path, wanted: set[bytes]) -> Iterator[tuple[str, Found]]:
    """What is wrong with the lookup, which is to hold the records of these digests and no others."""
    path = f"{urls.LOOKUP}index.json"
    rows = indexes.lookup_rows(root)
    if rows is None:
        yield path, Found("accounting", 0, "lookup", "检索读不懂")
        return
    for near in indexes.near_faults(root)[:MOST]:
        yield near, Found("leak", 0, "lookup", "检索的相近名称里有不该有的内容，或者缺了、改了")
    found = set(rows)
    for some, what in ((wanted - found, "检索缺少公开的记录，或者内容不一致"), (found - wanted, "检索有不该公开的行")):
        if some:
            yield path, Found("accounting", 0, "lookup", f"{what}（{len(some)} 条）")
    if len(rows) != len(found):
        yield path, Found("accounting", 0, "lookup", "检索有重复的行")


def release_faults(
    root: Path, told: Told | None, expected: Expected | None, whole: Whole
) -> Iterator[tuple[str, Found]]:
    """``release.json``: its digest of the list, and with the export everything it says."""
    if told is None:
        yield urls.RELEASE, Found("accounting", 0, "", "没有 release.json，或者读不懂")
        return
    if told.files != list_digest(root):
        yield urls.RELEASE, Found("file-list", 0, "files", "不是文件清单的摘要")
    if expected is None:
        return
    if told.published != {kind: whole.counts[kind] for kind in expected.rows}:
        yield urls.RELEASE, Found("accounting", 0, "published", "数目与应当公开的记录不一致")
    said = (told.version, dt.datetime.fromisoformat(told.created), told.as_of, told.export)
    meant = (expected.version, expected.created, expected.facts.as_of, expected.digest)
    for name, one, other in zip(("version", "created", "as_of", "export"), said, meant, strict=True):
        if one != other:
            yield urls.RELEASE, Found("accounting", 0, name, "与导出不一致")


def day_faults(told: Told | None, whole: Whole) -> Iterator[tuple[str, Found]]:
    """``valid_through`` is the earliest last day, and no record is past its own."""
    if told is not None and told.valid_through != whole.first_day:
        yield urls.RELEASE, Found("expiry", 0, "valid_through", "不是最早的公示末日")
    if whole.past:
        yield urls.DATA, Found("expiry", 0, "public_until", f"有 {whole.past} 条记录已过公示末日")


def anchors_missing(
    anchors: Mapping[tuple[str, str], tuple[str, int]], known: Mapping[str, set[str]]
) -> Iterator[tuple[str, Found]]:
    """Links to anchors their pages do not have; ``known`` are the anchors of the pages led to."""
    for (file, anchor), (page, line) in sorted(anchors.items()):
        if anchor not in known[file]:
            yield page, Found("link", line, "href", "指向的锚点不存在")
