"""What the webmaster is told of the site folder itself, by what the export asks of it. Nothing here stops anything."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from site_builder.config.companions import NOTHING_KNOWN, profile_for
from site_builder.config.site import Site
from site_builder.config.source import read_text
from site_builder.content.told_where import told_where
from site_builder.decide.resolve import Resolved
from site_builder.decide.row_warnings import warning
from site_builder.errors import Finding, Place
from site_builder.rules.ruleset import RuleSet


def site_warnings(site: Site, resolved: Resolved, rules: RuleSet) -> Iterator[Finding]:
    """What the site folder does not say yet."""
    yield from authorities_without_contact(site, resolved)
    yield from unnamed_rules(site, resolved, rules)


def unnamed_rules(site: Site, resolved: Resolved, rules: RuleSet) -> Iterator[Finding]:
    """DL 20, LY 21: the documents the law asks the office to publish, and what is not told of each."""
    by = {one.code: one.articles for one in rules.cross_watches}
    if "query-rules-unnamed" in by and (lacking := site.query_rules.lacking):
        message = f"查询服务规范没有写明{'、'.join(lacking)}"
        hint = "在 site.yml 的 query_rules 里写上 number、day、issuer、link；还没有公布规范的，先制定并公布"
        yield warning("query-rules-unnamed", by["query-rules-unnamed"], rules, Place("site.yml"), message, hint)
    for name in sorted(resolved.lists) if "recognition-rules-unnamed" in by else ():
        profile = profile_for(site.lists, name)
        if profile is not None and (lacking := profile.issued.lacking):
            message = f"「{name or '没有写名称的名单'}」的认定办法没有写明{'、'.join(lacking)}"
            hint = "在 lists.yml 里这份名单下写上文号、日期、制定单位、网址；没有认定办法的，先由认定单位制定并公布"
            place = Place("lists.yml")
            yield warning("recognition-rules-unnamed", by["recognition-rules-unnamed"], rules, place, message, hint)


def authorities_without_contact(site: Site, resolved: Resolved) -> Iterator[Finding]:
    """Authorities of published records that nobody can reach: one finding each, with how many records it is about."""
    for name, count in sorted(resolved.authorities.items(), key=lambda one: (-one[1], one[0])):
        if name and site.authorities.get(name, NOTHING_KNOWN) == NOTHING_KNOWN:
            yield Finding(
                "authority-without-contact",
                Place("authorities.yml"),
                f"没有「{name}」的联系方式：公示中的 {count} 条记录页写的是本站的",
                "在 authorities.yml 里写上它的电话、地址、时间或者网址；名称与导出的一字不差",
                warning=True,
            )


UNFINISHED: Final = ("（待填写）", "演示站")
"""Words of a site that is not finished, or is not a real one."""

MARKS: Final = {"site_id": "网站标识码", "icp": "ICP 备案号", "police": "公安备案号"}


def marks_empty(site: Site) -> Iterator[Finding]:
    """The marks of a government site that a real one lacks."""
    if not site.site.demo and (lacking := [label for name, label in MARKS.items() if not getattr(site.marks, name)]):
        hint = "在 site.yml 的 marks 里写上；还没有的，先办理"
        yield Finding("marks-empty", Place("site.yml"), f"正式的网站没有写{'、'.join(lacking)}", hint, warning=True)


def pages_unfinished(site: Site, applied: Collection[str]) -> Iterator[Finding]:
    """Where a real site's guides still say it is none, or wait to be filled in; ``applied``: see ``read_pages``."""
    for path in () if site.site.demo else sorted((site.folder / "pages").glob("*.md")):
        for row, line in enumerate(told_where(read_text(path), applied, str(path)).split("\n"), start=1):
            for words in (one for one in UNFINISHED if one in line):
                message = f"正式的网站的指南里写着“{words}”"
                yield Finding("page-unfinished", Place(f"pages/{path.name}", row), message, "改写这一行", warning=True)
