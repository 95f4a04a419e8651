"""What goes out with each file, and which addresses are served at all: for nginx and for the preview alike.

Patterns are read by Python and by PCRE, over the whole address relative to the web root, decoded.
"""

from __future__ import annotations

import re
from typing import Final

from site_builder.config.site import Site
from site_builder.outputs import formats, ftm
from site_builder.pages import urls

_ALWAYS: Final = "style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

PAGE_POLICY: Final = f"default-src 'none'; script-src 'self'; connect-src 'self'; {_ALWAYS}"
"""A page: it may fetch the site's own files (what it is cited with, rows of open data)."""
QUERY_POLICY: Final = PAGE_POLICY.replace("connect-src 'self'", "connect-src 'self'; worker-src 'self'")
"""A page with the lookup's worker, and that worker."""
SEARCH_POLICY: Final = QUERY_POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""The search page and Pagefind's worker, which alone may compile WebAssembly."""

FILE_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
"""A file of an announcement: nothing in it may run or load anything."""

ATTACHED: Final = rf"{urls.NEWS}[^/]+/[^/]+\.(?:pdf|docx|xlsx)"
"""The files of announcements: kept, never shown as a page of the site (``Content-Disposition: attachment``)."""

POLICIES: Final = (
    (rf"{urls.SEARCH}(?:index\.html)?|{urls.FULLTEXT}pagefind/[0-9]+/pagefind-worker\.js", SEARCH_POLICY),
    (rf"{re.escape(urls.BATCH)}|{urls.ASSETS}search/lookup/worker\.js", QUERY_POLICY),
    (ATTACHED, FILE_POLICY),
)
"""(pattern, policy) of the addresses whose policy is not ``PAGE_POLICY``."""

Policies = tuple[tuple[str, str], ...]


def policies_of(site: Site) -> Policies:
    """``POLICIES`` of a site. The search page of one put together of others asks its members, and no other origin."""
    if not site.is_province:
        return POLICIES
    origins = " ".join(dict.fromkeys(one.base_url for one in site.member_sites))
    policy = PAGE_POLICY.replace("connect-src 'self'", f"connect-src 'self' {origins}")
    return ((rf"{urls.SEARCH}(?:index\.html)?", policy),)


HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-cache",
}
"""Sent with every answer, whatever its status. ``no-cache``: kept, but asked about each time, so that what was taken
off the site is off every screen at once."""

_RECORDS: Final = rf"(?:{'|'.join(map(re.escape, urls.FOLDER_OF.values()))})[^/]+\.json"
"""The records for programs, beside their pages."""

_LISTS: Final = (urls.IDS, urls.ENTITIES, urls.CHANGES_INDEX)

NO_ROBOTS: Final = "|".join(
    (
        rf"{urls.DATA}.+\.(?:{'|'.join(formats.media())})|{'|'.join(map(re.escape, _LISTS))}",
        rf"{re.escape(urls.FEED)}|{urls.FEEDS}.+\.xml",
        _RECORDS,
        rf"(?:{urls.LOOKUP}|{urls.FULLTEXT}|{urls.PHOTOS}).+",
        rf"{urls.NEWS}.+\.(?:pdf|docx|xlsx|jpg)",
    )
)
"""What may name or show natural persons and has no robots mark of its own: sent with ``X-Robots-Tag: noindex``.

``robots.txt`` bars none of it: who may not fetch a file never sees its mark.
"""

_SHARED: Final = (urls.CATALOGUE, urls.CHANGES_INDEX, urls.RELEASE, urls.NOT_FOUND)

SHARED: Final = rf"{urls.DATA}.*|{urls.LOOKUP}.+|{'|'.join(map(re.escape, _SHARED))}|{_RECORDS}"
"""Open data and the lookup's index, which the pages of other sites may read (``Access-Control-Allow-Origin``, Fetch
standard): a province's search asks it. That a block is not there may be read too: it tells that the release was
switched."""

TYPES: Final = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "json": "application/json",
    "jsonld": "application/ld+json",
    **formats.media(),
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain",
    "xml": "application/xml",
    "sig": "text/plain",
    "bin": "application/octet-stream",
    "pagefind": "application/octet-stream",
    "pf_index": "application/octet-stream",
    "pf_meta": "application/octet-stream",
}
"""Extension → type. What has another extension is not served: no backups, no compressed file by its own address."""

_ATOM: Final = "application/atom+xml"
_OPENSEARCH: Final = "application/opensearchdescription+xml"

NAMED_TYPES: Final = {
    urls.FEED: _ATOM,
    urls.OPENSEARCH: _OPENSEARCH,
    urls.CHECKSUMS: "text/plain",
    urls.ENTITIES: ftm.FORMAT.media,
}
"""Files whose extension does not tell their type."""

FOLDER_TYPES: Final = {urls.FEEDS: {"html": "text/html", "xml": _ATOM}}
"""Folders in which extensions have types of their own: no others are there."""

TEXT_TYPES: Final = (
    "text/html",
    "text/css",
    "text/javascript",
    *(one.media for one in formats.FORMATS if one.text),
    "text/plain",
    "application/json",
    "application/ld+json",
    "application/xml",
    _ATOM,
    _OPENSEARCH,
    "image/svg+xml",
)
"""Types sent with ``charset=utf-8`` and worth compressing."""

SERVED: Final = rf"(?:[^/.][^/]*/)*(?:[A-Za-z0-9_-]*|[^/.][^/]*\.(?:{'|'.join(TYPES)}))|{re.escape(urls.SECURITY)}"
"""Addresses that may be served: no name begins with a dot, the last has a known extension or none (a folder); and
``security.txt`` in the one place it has."""


def is_served(path: str) -> bool:
    """Whether an address may be served, where there is such a file."""
    return re.fullmatch(SERVED, path) is not None


def type_of(path: str) -> str:
    """The ``Content-Type`` of a file."""
    types = next((types for folder, types in FOLDER_TYPES.items() if path.startswith(folder)), TYPES)
    kind = NAMED_TYPES.get(path) or types.get(path.rpartition(".")[2], "application/octet-stream")
    return f"{kind}; charset=utf-8" if kind in TEXT_TYPES else kind


def headers_of(path: str, policies: Policies = POLICIES) -> dict[str, str]:
    """All headers that go with a file, or with the 404 page, but its type; ``policies`` are the site's."""
    policy = next((policy for pattern, policy in policies if re.fullmatch(pattern, path)), PAGE_POLICY)
    headers = {"Content-Security-Policy": policy, **HEADERS}
    headers |= {"X-Robots-Tag": "noindex"} if re.fullmatch(NO_ROBOTS, path) else {}
    headers |= {"Content-Disposition": "attachment"} if re.fullmatch(ATTACHED, path) else {}
    return headers | {"Access-Control-Allow-Origin": "*"} if re.fullmatch(SHARED, path) else headers
