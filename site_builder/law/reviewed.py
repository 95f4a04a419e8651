"""Whether the rules a site is built by are those that were reviewed."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.config.site import Site
from site_builder.errors import Finding, Place
from site_builder.law.review import digest_of


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
