"""What crawlers and browsers read: ``sitemap.xml``, ``robots.txt``, ``opensearch.xml``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
import datetime as dt
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import msgspec

from site_builder.pages import urls

MOST: Final = 50_000
"""Addresses in one sitemap file (sitemaps.org)."""

_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Address(msgspec.Struct, frozen=True, order=True):
    """An indexable page: its absolute address, and the day its record was last changed."""

    url: str
    changed_on: dt.date | None = None


def sitemap(addresses: Iterable[Address], absolute: str) -> dict[str, bytes]:
    """File name → bytes: one ``sitemap.xml``, or an index and numbered parts past 50,000 addresses.

    ``absolute`` is the absolute address of the web root, with a slash.
    """
    ordered = sorted(addresses)
    if len(ordered) <= MOST:
        return {urls.SITEMAP_XML: _urlset(ordered)}
    parts = [ordered[start : start + MOST] for start in range(0, len(ordered), MOST)]
    files = {f"sitemap-{number}.xml": _urlset(part) for number, part in enumerate(parts, start=1)}
    index = "".join(f"<sitemap><loc>{escape(absolute + name)}</loc></sitemap>\n" for name in files)
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="{_SPACE}">\n'
    return {urls.SITEMAP_XML: f"{head}{index}</sitemapindex>\n".encode(), **files}


def _urlset(addresses: Sequence[Address]) -> bytes:
    lines = [f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_SPACE}">']
    for address in addresses:
        changed = f"<lastmod>{address.changed_on}</lastmod>" if address.changed_on else ""
        lines.append(f"<url><loc>{escape(address.url)}</loc>{changed}</url>")
    return "\n".join([*lines, "</urlset>", ""]).encode()


def robots(sitemap_url: str) -> bytes:
    """Every file may be fetched (RFC 9309).

    What names natural persons says ``noindex``, itself or in its ``X-Robots-Tag``; a crawler that is barred from a file
    never sees that, and may list its address all the same.
    """
    return f"User-agent: *\nDisallow:\n\nSitemap: {sitemap_url}\n".encode()


def opensearch(name: str, description: str, search_url: str) -> bytes:
    """The search of the site as a browser's address bar takes it (OpenSearch 1.1); the words go behind the ``#``."""
    template = quoteattr(f"{search_url}#q={{searchTerms}}")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(name[:16])}</ShortName>\n"
        f"<Description>{escape(description)}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" template={template}/>\n'
        "</OpenSearchDescription>\n"
    ).encode()
