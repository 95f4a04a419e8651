"""Whether the rules a site is built by are those that were reviewed, and its digests looked at within a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
import datetime as dt
import re
from typing import Final

from site_builder.config.site import Site
from site_builder.content.citations import address_of, resolve, titles
from site_builder.content.library import ShelvedLaw
from site_builder.errors import Finding, Place
from site_builder.law.review import digest_of

DIGEST_YEAR: Final = 365
"""Days after which a digest is to be held against the regulation again."""

_PUT_TOGETHER: Final = re.compile(r"整理于\s*([0-9]{4}-[0-9]{2}-[0-9]{2})")


def review_findings(site: Site) -> Iterator[Finding]:
    """A warning where the law's folder is another than was reviewed, or a real site's was not reviewed at all."""
    reviewed, place = site.law.reviewed, Place(str(site.file))
    digest = digest_of(site.law_folder)
    if reviewed is None:
        if not site.site.demo:
            message = "裁决所按的规则还没有人审查"
            hint = (
                "用 site-builder law show --docx 写成审查表，签名以后在 site.yml 写上 "
                f"law: {{reviewed: {{digest: {digest}, by: 审查人, on: 审查的日期}}}}"
            )
            yield Finding("law-unreviewed", place, message, hint, warning=True)
    elif reviewed.digest != digest:
        told = f"{reviewed.by} {reviewed.on} 审查的那一份（{reviewed.digest[:12]}…）"
        message = f"现在的规则（{digest[:12]}…）不是 {told}"
        hint = "请律师审查现在的（law show --docx），把 law.reviewed 改成新的摘要、审查人和日期；或者换回审查过的规则"
        yield Finding("law-changed-since-review", place, message, hint, warning=True)


def bases_unlinked(site: Site, shelf: Iterable[ShelvedLaw], bases: Mapping[str, int]) -> Iterator[Finding]:
    """What published records cite and no reader can open: by statute, with how many citations there are.

    ``bases``: how many records cite each, as written. A citation leads to an article the site has, or to where
    ``statutes`` says the statute stands.
    """
    laws = tuple(one.index for one in shelf)
    found: Counter[str] = Counter()
    for text, count in bases.items():
        if resolve(text, laws) is None and not address_of(text, site.statutes):
            found[next((f"《{title}》" for title in titles(text)), f"「{text}」")] += count
    own = {f"《{one.title}》" for one in laws}
    for called, count in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        why, hint = (
            ("引用的条、款、项本站的文本里没有", "核对引用的条、款、项")
            if called in own
            else ("本站没有它，读者打不开", "在 site.yml 的 statutes 里写上它的名称和官方网址")
        )
        message = f"公示中的 {count} 条记录引用{called}，{why}"
        yield Finding("basis-unlinked", Place("site.yml"), message, hint, warning=True)


def digests_old(site: Site, shelf: Iterable[ShelvedLaw], as_of: dt.date) -> Iterator[Finding]:
    """The digests of a real site that do not tell when they were put together, or not within a year."""
    for one in shelf if not site.site.demo else ():
        day = _put_together(one.law.note)
        if not one.law.digest or (day is not None and (as_of - day).days <= DIGEST_YEAR):
            continue
        never = "没有写明是哪一天整理的（写上「整理于 年-月-日」）"
        since = never if day is None else f"整理于 {day}，已经超过一年"
        hint = f"对照公布的法规核对 laws/{one.source.name}.md，改写日期；有官方文本的，换成官方文本"
        place = Place(f"laws/{one.source.name}.md")
        yield Finding("digest-old", place, f"《{one.source.title}》的摘要{since}", hint, warning=True)


def _put_together(note: str) -> dt.date | None:
    """The day a digest's note tells; None where it tells none, or no day there is."""
    told = _PUT_TOGETHER.search(note)
    try:
        return dt.date.fromisoformat(told[1]) if told else None
    except ValueError:
        return None
