"""Every address of the site, relative to the web root and without a leading slash (contract, section 4).

An address that ends in ``/`` is a folder with an ``index.html``; ``file_of`` tells the file behind an address.
"""

from __future__ import annotations

from functools import lru_cache
import hashlib
from typing import Final
from urllib.parse import quote, urlencode

from site_builder.kinds.shown import SHOWN
from site_builder.vocabulary import Kind

HOME: Final = "index.html"
SEVERE: Final = "severe/"
MEASURES: Final = "measures/"
ROLE_MODELS: Final = "role-models/"
OTHERS: Final = "lists/"
NEWS: Final = "news/"
LAWS: Final = "laws/"
STATISTICS: Final = "statistics/"
SEARCH: Final = "search/"
BATCH: Final = "search/batch.html"
GUIDE: Final = "guide/"
DATA: Final = "data/"
CONTEXT: Final = "data/context.jsonld"
OPENAPI: Final = "data/openapi.json"
SITE_MAP: Final = "sitemap.html"
NOT_FOUND: Final = "404.html"
FEED: Final = "feed.xml"
SITEMAP_XML: Final = "sitemap.xml"
ROBOTS: Final = "robots.txt"
OPENSEARCH: Final = "opensearch.xml"
RELEASE: Final = "release.json"
RELEASE_FILES: Final = "release-files.txt"
RELEASE_SIGNATURE: Final = "release.json.sig"
DATA_PACKAGE: Final = "data/datapackage.json"
DATA_BY_YEAR: Final = "data/by-year/"
DATABASE: Final = "data/credit.sqlite"
DATASETTE: Final = "data/datasette.json"
IDS: Final = "data/ids.json"
ENTITIES: Final = "data/entities.ftm.json"
CHECKSUMS: Final = "data/SHA256SUMS"
CATALOGUE: Final = "data.json"
MEASURE_LINKS: Final = "data/measure-links."
MEASURE_ENTRIES: Final = "data/measure-entries."
CHANGES: Final = "changes/"
CHANGES_INDEX: Final = "changes/index.json"
SECURITY: Final = ".well-known/security.txt"
PHOTOS: Final = "role-models/photos/"
FEEDS: Final = "feeds/"
NEWS_FEED: Final = "feeds/news.xml"
ASSETS: Final = "assets/"
LOOKUP: Final = "search/lookup/"
FULLTEXT: Final = "search/fulltext/"

REMEMBERED: Final = 1 << 12
"""Views kept in mind: most of them are of many records."""

FOLDER_OF: Final = {kind: shown.folder for kind, shown in SHOWN.items()}
"""The folder of each kind's pages."""


def record(kind: Kind, record_id: str) -> str:
    """The permanent address of a record."""
    return f"{FOLDER_OF[kind]}{record_id}.html"


def record_json(kind: Kind, record_id: str) -> str:
    """A record for programs, beside its page."""
    return f"{FOLDER_OF[kind]}{record_id}.json"


def schema(kind: Kind) -> str:
    """The JSON Schema of a kind's records."""
    return f"{DATA}{kind}.schema.json"


def year(listed_in: int) -> str:
    """The entries listed in a year, the newest first."""
    return f"{SEVERE}{listed_in}/"


def browse(key: str) -> str:
    """The values of a browse key: ``authority``, ``region``, ``category``, ``list`` or ``pinyin``."""
    return f"{SEVERE}by/{key}/"


def measure_entries(measure_id: str) -> str:
    """The entries that name a measure."""
    return f"{MEASURES}{measure_id}/entries/"


def first_of(kind: Kind) -> str:
    """The first page of a kind: its newest records."""
    return FOLDER_OF[kind]


def whole(kind: Kind) -> str:
    """The list of all records of a kind; its index is ``first_of``. The severe list has none: it is parted by years."""
    return f"{FOLDER_OF[kind]}all/"


def by(kind: Kind, key: str, value: str) -> str:
    """The records of a kind with one value of a field; ``value`` is a machine name, a year or ``slug``."""
    return f"{FOLDER_OF[kind]}by/{key}/{value}/"


def law(name: str) -> str:
    """A regulation."""
    return f"{LAWS}{name}.html"


def law_entries(law_href: str) -> str:
    """The entries that rest on an article: ``laws/dalian.html#art-32-1`` → ``laws/dalian/art-32-1/``."""
    return law_href.replace(".html#", "/") + "/"


def guide(stem: str) -> str:
    """A content page."""
    return f"{GUIDE}{stem}.html"


def announcement(stem: str) -> str:
    """What the office announced, a page each."""
    return f"{NEWS}{stem}.html"


def attachment(stem: str, name: str) -> str:
    """A file of an announcement; a picture is drawn again, and called so with ``.jpg`` behind."""
    return f"{NEWS}{stem}/{name}"


def small_picture(stem: str, name: str) -> str:
    """A picture of an announcement in its small size."""
    return f"{NEWS}{stem}/480/{name}"


def announcements_of(category: str) -> str:
    """The announcements of a category, by its name in addresses; of all where that is empty."""
    return f"{NEWS}by/{category}/" if category else NEWS


def announcements_of_year(category: str, year: str) -> str:
    """Those of a year."""
    return f"{announcements_of(category)}{year}/"


def older_page(base: str, record_id: str) -> str:
    """A page of a list below its index, named after the newest entry on it: so it stays where it is."""
    return f"{base}page-{slug(record_id)}.html"


def photo(name: str) -> str:
    """A picture of the export, by its resource's name."""
    return f"{PHOTOS}{name}.jpg"


def small_photo(name: str) -> str:
    """The same picture in its small size."""
    return f"{ROLE_MODELS}photos/480/{name}.jpg"


def download(kind: Kind, extension: str) -> str:
    """A download of a kind, in a format that has one file a kind."""
    return f"{DATA}{kind}.{extension}"


def download_of_year(kind: Kind, year: str, extension: str) -> str:
    """A download of one year of a kind, in a format by line."""
    return f"{DATA_BY_YEAR}{kind}-{year}.{extension}"


def download_of_all(extension: str) -> str:
    """A download of all kinds together."""
    return f"{DATA}credit.{extension}"


def explorer(name: str) -> str:
    """The page on which the rows of a kind (or of ``measure-links``) are looked at."""
    return f"{DATA}{name}/"


@lru_cache(maxsize=REMEMBERED)
def view_of_text(column: str, value: str) -> str:
    """Behind the ``#`` of ``explorer``: the records whose column holds this text and no other, or among its items."""
    return "year=all&" + urlencode({f"has.{column}": f'"{value}"'}, quote_via=quote)


def view_of_word(column: str, word: str) -> str:
    """Behind the ``#`` of ``explorer``: the records whose column holds this machine word or code."""
    return f"year=all&has.{column}={word}"


def view_of_year(year: int) -> str:
    """Behind the ``#`` of ``explorer``: a year's records."""
    return f"year={year:04}"


def figures(name: str) -> str:
    """The figures of a chart, as CSV."""
    return f"{STATISTICS}{name}.csv"


def feed(kind: Kind) -> str:
    """The feed of a kind."""
    return f"{FEEDS}{kind}.xml"


def authority_feed(authority: str) -> str:
    """The feed of an authority's entries."""
    return f"{FEEDS}authority/{slug(authority)}.xml"


def asset(path: str) -> str:
    """A file of the theme."""
    return f"{ASSETS}{path}"


@lru_cache(4096)
def slug(value: str) -> str:
    """A short stable name for a value that cannot stand in an address: the first 12 hex digits of its SHA-256."""
    return hashlib.sha256(value.encode()).hexdigest()[:12]


def file_of(address: str) -> str:
    """The file behind an address."""
    return f"{address}index.html" if address.endswith("/") or not address else address


def root_of(address: str) -> str:
    """The way from a page back to the web root: ``./``, ``../``, …"""
    return "../" * address.count("/") or "./"


def canonical(base_url: str, base_path: str, address: str) -> str:
    """The absolute address; the home page's is the folder itself."""
    return f"{base_url}{base_path}{'' if address == HOME else address}"
