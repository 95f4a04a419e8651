"""A site as ``site.yml`` describes it: frozen, every option one attribute (contract, section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from site_builder.config.classes import ClassStandard
from site_builder.config.companions import Arrangement, Authority, IssuedRules, ListProfile, OverlayItem
from site_builder.config.review import LawReviews
from site_builder.config.waivers import Waivers
from site_builder.vocabulary import Kind

CITY: Final = "city.yml"
"""The file by which a folder is known to hold a city's law."""

SHIPPED: Final[dict[str, Path]] = {
    place.parent.name: place.parent for place in sorted((Path(__file__).parents[1] / "cities").glob(f"*/{CITY}"))
}
"""The cities whose law comes with the program, and the folder of each."""

ABOVE: Final = Path(__file__).parents[1] / "cities" / "above"
"""The layers above the cities, a folder each; no city is among them."""

Showing = Literal["show", "hide"]
"""Whether something is shown."""

DEFAULT_MAX_UNPACKED = 2 << 30
"""2 GiB, in bytes."""
DEFAULT_MAX_SHRINK = 20
"""Percent."""
DEFAULT_FULLTEXT_LIMIT = 20_000
"""Records."""


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """``site:`` what the site is."""

    name: str
    """The site's name, in titles and the head of each page."""
    city: str
    """Whose law decides what is published: one of ``SHIPPED``, or a folder of the site's own, as ``./law``."""
    base_url: str
    """Where the site is served: scheme and host, no path, no slash at the end."""
    base_path: str
    """The path under the host; begins and ends with a slash."""
    theme: str
    """The folder under ``themes/``."""
    demo: bool
    """Whether the data is made up: every page then says so."""

    @property
    def address(self) -> str:
        """Its web root, with a slash at the end."""
        return self.base_url + self.base_path


@dataclass(frozen=True, slots=True)
class Unit:
    """``unit:`` who runs the site; what is empty is not shown."""

    owner: str
    """主办单位."""
    operator: str = ""
    """承办单位."""
    phone: str = ""
    """Telephone."""
    address: str = ""
    """Postal address."""
    email: str = ""
    """Mail address."""
    hours: str = ""
    """Opening hours."""


@dataclass(frozen=True, slots=True)
class Marks:
    """``marks:`` the marks a government site carries; shown only where given."""

    site_id: str = ""
    """网站标识码."""
    icp: str = ""
    """ICP filing number."""
    police: str = ""
    """Public-security filing number."""
    emblem: str = ""
    """A picture in the site folder: its path relative to that folder, with slashes."""


@dataclass(frozen=True, slots=True)
class ExportRules:
    """``export:`` which export the site is built from and what it may be."""

    name: str
    """The name its descriptor must carry."""
    path: Path
    """The folder or zip; a relative path starts at the site folder."""
    trusted_keys: tuple[str, ...] = ()
    """Public keys (as ``keygen`` writes them); where there are any, a signature by one of them is required."""
    ignore_columns: tuple[str, ...] = ()
    """Columns that may be there and are not read."""
    max_unpacked: int = DEFAULT_MAX_UNPACKED
    """The most bytes the export may unpack to."""


RECORD_JSON_MOST = 20_000
"""The most records that have a JSON file each without being asked for."""


@dataclass(frozen=True, slots=True)
class PublishRules:
    """``publish:`` choices about what is published and how."""

    responsible_persons: Showing | None = None
    """Whether legal representatives and other responsible persons are shown; None is the city's default (LY 23)."""
    precompress: bool = False
    """Whether ``.gz`` and ``.br`` stand beside the pages."""
    keep: int = 0
    """How many releases stay beside the live one."""
    kinds: tuple[Kind, ...] | None = None
    """The optional kinds of record that are shown where the export has them; None is the city's default."""
    licence: str = ""
    """The licence of the open data, as shown."""
    record_json: bool | None = None
    """Whether each record has a JSON file beside its page; None: where at most ``RECORD_JSON_MOST`` are published."""
    sign_key: Path | None = None
    """The site's private key (as ``keygen`` writes it), by which each release's manifest is signed; a relative path
    starts at the site folder. It should lie outside of it."""

    def has_record_json(self, published: int) -> bool:
        """Whether each record has a JSON file, where so many are published in all."""
        return published <= RECORD_JSON_MOST if self.record_json is None else self.record_json


@dataclass(frozen=True, slots=True)
class LawSource:
    """One of ``laws:`` a regulation shown on the site."""

    name: str
    """Its page: ``laws/<name>.html``."""
    code: str
    """Its code in clauses: ``DL`` in ``DL-34-1``."""
    title: str
    """Its full title, as citations write it between 《 and 》."""
    file: Path
    """Its official text; where that is not there, the digest ``laws/<name>.md`` is read."""


@dataclass(frozen=True, slots=True)
class Guards:
    """``guard:`` what stops a release until someone allows it."""

    max_shrink: int = DEFAULT_MAX_SHRINK
    """The percent by which published records may fall from one release to the next."""


@dataclass(frozen=True, slots=True)
class SearchRules:
    """``search:`` how the search index is made."""

    fulltext_limit: int = DEFAULT_FULLTEXT_LIMIT
    """Up to how many records have full text search."""


@dataclass(frozen=True, slots=True)
class Member:
    """One of ``member_sites:`` a site this one leads to and searches; it keeps its own release, key and law."""

    id: str
    """Its name in the search page's address (``member=<id>``)."""
    name: str
    """The site's name."""
    base_url: str
    """Where it is served, as in its own ``site.yml``."""
    base_path: str
    """The path under the host, as in its own ``site.yml``."""
    publishes: str = ""
    """What it publishes, in a line; shown beside its name."""
    division: str = ""
    """Its six-digit division code, shown where given."""
    key: str = ""
    """The public key its releases are signed by, shown so that they can be checked with ``audit --key``."""

    @property
    def address(self) -> str:
        """Its web root, with a slash at the end."""
        return self.base_url + self.base_path


@dataclass(frozen=True, slots=True)
class Site:
    """The whole site folder's settings: ``site.yml`` and the files beside it."""

    id: str
    """The folder's name: ``<site>`` in the output path."""
    folder: Path
    """The site folder, absolute."""
    file: Path
    """``site.yml``, absolute."""
    law_folder: Path
    """The folder the law of ``site.city`` is read from, absolute."""
    site: SiteInfo
    """``site:``."""
    unit: Unit
    """``unit:``."""
    marks: Marks
    """``marks:``."""
    export: ExportRules
    """``export:``."""
    publish: PublishRules
    """``publish:``."""
    regions: dict[str, str]
    """``regions:`` six-digit division codes and their names, in the file's order."""
    laws: tuple[LawSource, ...]
    """``laws:``."""
    statutes: dict[str, str]
    """``statutes:`` the titles of statutes the site does not have, and where a citation of each leads."""
    query_rules: IssuedRules
    """``query_rules:`` 查询服务规范, by which people may query what is not public."""
    law: LawReviews
    """``law:``."""
    guard: Guards
    """``guard:``."""
    search: SearchRules
    """``search:``."""
    lists: dict[str, ListProfile]
    """``lists.yml``."""
    authorities: dict[str, Authority]
    """``authorities.yml``."""
    overlay: tuple[OverlayItem, ...]
    """``overlay.yml``."""
    holidays: tuple[Arrangement, ...]
    """``holidays.yml``."""
    waivers: Waivers
    """``waivers.yml``."""
    classes: tuple[ClassStandard, ...] = ()
    """``classes.yml``."""
    member_sites: tuple[Member, ...] = ()
    """``member_sites:`` the sites this one is put together of; it then has no export and no law of its own."""

    @property
    def is_province(self) -> bool:
        """Whether the site is put together of others; its ``export.name`` and ``site.city`` are then empty."""
        return bool(self.member_sites)

    @property
    def said(self) -> dict[str, str]:
        """What ``{…}`` stands for in the site's pages, beside what its law says: Markdown, empty where not told."""
        rules = self.query_rules
        link = f"[查阅原文](<{rules.link}>)" if rules.link else ""
        told = "，".join(filter(None, (rules.cited, link)))
        unit = self.unit
        contact = (
            *(("主办单位", unit.owner), ("承办单位", unit.operator), ("电话", unit.phone)),
            *(("地址", unit.address), ("邮箱", unit.email), ("时间", unit.hours)),
        )
        return {
            "查询服务规范": f"正式发布的查询服务规范：{told}。" if told else "",
            "联系方式": "\n".join(f"- {name}：{value}" for name, value in contact if value),
        }

    @property
    def conditions(self) -> frozenset[str]:
        """Which of the site's own conditions hold that a page may tell something under: ``demo``."""
        return frozenset({"demo"} if self.site.demo else ())
