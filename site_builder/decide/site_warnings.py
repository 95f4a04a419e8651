"""What the webmaster is told of the site folder itself, by what the export asks of it. Nothing here stops anything."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.config.companions import NOTHING_KNOWN
from site_builder.config.site import Site
from site_builder.decide.resolve import Resolved
from site_builder.errors import Finding, Place


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
