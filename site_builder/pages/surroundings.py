"""What the builders of pages may ask beside the record: the site, its laws, its guides, its published measures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
import datetime as dt
import enum
from functools import lru_cache

from markupsafe import Markup

from site_builder.config.companions import NOTHING_KNOWN
from site_builder.config.site import Site
from site_builder.content.announcements import Announcement
from site_builder.content.citations import LawIndex, address_of, clause_href, clause_label, resolve
from site_builder.pages import saving, urls
from site_builder.pages.contexts import Advice, Basis, Contact, Days, FooterUnit, Layout, Link, MeasureRow, Meta
from site_builder.pages.day import AsOf
from site_builder.public.law_words import LawWords, Way
from site_builder.public.places import NOWHERE, Places
from site_builder.public.view import View
from site_builder.vocabulary import ALWAYS, LABELS, Kind

OTHER_REGION = "其他地区"
"""What a division code is called that the site does not list."""

LETTER = "#letter"
"""Where on a guide the letter stands."""

NOTHING = Markup()
"""No structured data."""

REMEMBERED = 10_000
"""Citations, texts and lists kept in mind: most entries have the same few."""

NAVIGATION = (
    ("home", urls.HOME, "首页"),
    ("severe", urls.SEVERE, "严重失信主体名单"),
    ("measures", urls.MEASURES, "信用奖惩措施"),
    ("role-models", urls.ROLE_MODELS, "诚信典型"),
    ("laws", urls.LAWS, "政策法规"),
    ("statistics", urls.STATISTICS, "统计"),
    ("data", urls.DATA, "数据开放"),
    ("guide", urls.GUIDE, "办事指南"),
)
"""The columns of the site: section, address, name."""

OTHERS = ("lists", urls.OTHERS, "其他公示")
"""The column of the optional kinds."""

NEWS = ("news", urls.NEWS, "公告动态")
"""The column of what the office announces."""

OF_MEMBERS = (("home", urls.HOME, "首页"), ("search", urls.SEARCH, "查询"), ("guide", urls.GUIDE, "办事指南"))
"""The columns of a site put together of others; the last where it has guides."""

SECTION_NAMES = {section: name for section, _, name in (*NAVIGATION, OTHERS, NEWS)} | {
    "search": "查询",
    "site": "网站说明",
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything a page may know of its site. ``measures`` are the published ones in force by id, as rows.

    ``words`` are what is said of its law; ``kinds`` those the site shows; ``places`` what its names begin with;
    ``letters`` what can be filled in on guides; ``news`` what the office announces, the newest first.
    """

    site: Site
    laws: tuple[LawIndex, ...]
    words: LawWords
    guides: tuple[Link, ...]
    version: str
    data_on: dt.date
    as_of: AsOf
    measures: dict[str, MeasureRow]
    kinds: tuple[Kind, ...] = ALWAYS
    places: Places = NOWHERE
    letters: tuple[Link, ...] = ()
    news: tuple[Announcement, ...] = ()
    _advice: dict[tuple[Way, ...], tuple[Advice, ...]] = field(default_factory=dict, compare=False, repr=False)
    _contacts: dict[str, Contact] = field(default_factory=dict, compare=False, repr=False)
    _clauses: dict[str, Basis] = field(default_factory=dict, compare=False, repr=False)
    _articles: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    _bases: dict[str, Basis] = field(default_factory=dict, compare=False, repr=False)
    _layouts: dict[str, Layout] = field(default_factory=dict, compare=False, repr=False)

    @property
    def days(self) -> Days:
        """The days and the version, for the pages that may tell them."""
        return Days(self.data_on, self.as_of, self.version)

    def lasting(self) -> Surroundings:
        """The same without what may differ in the next release, so that a page made with it stays as it is."""
        return replace(self, version="", data_on=dt.date.min, measures={})

    @property
    def optional(self) -> tuple[Kind, ...]:
        """The optional kinds the site shows, in the order in which it names them."""
        shown = [kind for kind in self.kinds if kind not in ALWAYS]
        named = self.site.publish.kinds or ()
        return tuple(sorted(shown, key=lambda kind: named.index(kind) if kind in named else len(named)))

    @property
    def navigation(self) -> tuple[tuple[str, str, str], ...]:
        """The columns of this site: before the laws one for the optional kinds, and one for what is announced."""
        if self.site.is_province:
            return OF_MEMBERS if self.guides else OF_MEMBERS[:-1]
        more = (*((OTHERS,) if self.optional else ()), *((NEWS,) if self.news else ()))
        place = next(number for number, (section, _, _) in enumerate(NAVIGATION) if section == "laws")
        return (*NAVIGATION[:place], *more, *NAVIGATION[place:])

    def region(self, code: str) -> str:
        """A division's name; empty where no code is given."""
        return self.site.regions.get(code, OTHER_REGION) if code else ""

    def basis(self, text: str) -> Basis:
        """A citation, linked to its article where this site has it, or to where the site says its statute stands."""
        found = self._bases.get(text)
        if found is None:
            if len(self._bases) >= REMEMBERED:
                self._bases.clear()
            href = resolve(text, self.laws) or ""
            found = self._bases[text] = Basis(text, href, "" if href else address_of(text, self.site.statutes))
        return found

    def clause(self, clause: str) -> Basis:
        """A clause code such as ``DL-34-1`` in words, linked to its item."""
        found = self._clauses.get(clause)
        if found is None:
            label, href = clause_label(clause, self.laws), clause_href(clause, self.laws)
            found = self._clauses[clause] = Basis(label or clause, href or "")
        return found

    def sources(self, kind: Kind, column: str) -> tuple[Basis, ...]:
        """The articles a shown column of a kind comes from."""
        return tuple(self.clause(one) for one in self.words.of(kind).columns.get(column, ()))

    def article_name(self, href: str) -> str:
        """What the article behind ``laws/<name>.html#art-32-1`` is called."""
        found = self._articles.get(href)
        if found is None:
            found = self._articles[href] = self._article_name(href)
        return found

    def _article_name(self, href: str) -> str:
        name, _, anchor = href.removeprefix(urls.LAWS).partition(".html#art-")
        codes = [law.code for law in self.site.laws if law.name == name]
        return self.clause(f"{codes[0]}-{anchor}").text if codes else href

    def contact(self, authority: str = "") -> Contact:
        """How to reach an authority; the site's own office where the site does not know, or no authority is named."""
        known = self.site.authorities.get(authority, NOTHING_KNOWN)
        name = authority if known != NOTHING_KNOWN else ""
        if name not in self._contacts:
            unit = self.site.unit
            self._contacts[name] = (
                Contact(name, known.phone, known.address, known.hours, known.link)
                if name
                else Contact(
                    unit.operator or unit.owner, unit.phone, unit.address, unit.hours, email=unit.email, own=True
                )
            )
        return self._contacts[name]

    def advice(self, ways: tuple[Way, ...]) -> tuple[Advice, ...]:
        """Ways with links to the guide pages, letters and articles this site has."""
        found = self._advice.get(ways)
        if found is None:
            found = self._advice[ways] = tuple(Advice(way.title, way.text, self._links(way)) for way in ways)
        return found

    def _links(self, way: Way) -> tuple[Link, ...]:
        guide, letters = urls.guide(way.guide), self.letters if way.letter else ()
        guides = [link for link in (*letters, *self.guides) if link.href.removesuffix(LETTER) == guide]
        return (
            *guides,
            *(Link(self.clause(one).href, self._called(one)) for one in way.clauses if self.clause(one).href),
        )

    def _called(self, clause: str) -> str:
        """A clause in words: of the city's own law, the first, the article alone; of another with the law's name."""
        text = self.clause(clause).text
        return text.rpartition("》")[2] if clause.startswith(f"{self.site.laws[0].code}-") else text

    def canonical(self, address: str) -> str:
        """The absolute address of a page."""
        return urls.canonical(self.site.site.base_url, self.site.site.base_path, address)

    def meta(  # a head has as many fields as the metadata standard asks for
        self,
        title: str,
        description: str,
        section: str,
        address: str,
        *,
        published_on: dt.date | None = None,
        source: str = "",
        keywords: tuple[str, ...] = (),
        noindex: bool = False,
        unavailable_after: dt.date | None = None,
        linked: Markup = NOTHING,
    ) -> Meta:
        """The head of a page of this site."""
        return Meta(
            title=title,
            description=description,
            column=SECTION_NAMES[section],
            path=address,
            canonical=self.canonical(address),
            published_on=published_on,
            source=source or self.site.unit.owner,
            keywords=",".join(keywords),
            noindex=noindex,
            unavailable_after=unavailable_after,
            linked=linked,
        )

    def layout(self, section: str) -> Layout:
        """What the layout shows on the pages of a section."""
        if section not in self._layouts:
            self._layouts[section] = self._layout(section)
        return self._layouts[section]

    def _layout(self, section: str) -> Layout:
        info, unit, marks = self.site.site, self.site.unit, self.site.marks
        return Layout(
            site_name=info.name,
            tagline="公共信用信息公开",
            city=info.city,
            demo=info.demo,
            base_url=info.base_url,
            section=section,
            nav=tuple(Link(href, text, current=name == section) for name, href, text in self.navigation),
            footer=(Link(urls.SITE_MAP, "网站地图"), *self.guides),
            unit=FooterUnit(unit.owner, unit.operator, unit.phone, unit.address, unit.email, unit.hours),
            site_id=marks.site_id,
            icp=marks.icp,
            police=marks.police,
            emblem=urls.asset(f"emblem.{marks.emblem.rsplit('.', 1)[-1]}") if marks.emblem else "",
            feed="" if self.site.is_province else urls.FEED,
        )

    def downloads(self, kind: Kind) -> tuple[Link, ...]:
        """The downloads of a kind."""
        return tuple(self.download(kind, extension) for extension in ("csv", "xlsx", "jsonl"))

    def download(self, kind: Kind, extension: str, year: str = "") -> Link:
        """A download of a kind, or of one year of it."""
        href = urls.download_of_year(kind, year, extension) if year else urls.download(kind, extension)
        return Link(href, extension.upper(), saved=self.saved_as(href, label(kind)))

    def saved_as(self, address: str, title: str) -> str:
        """The name a file is saved under; for the pages that may tell the export's day."""
        return saving.saved_as(address, title, self.site.site.name, self.data_on)


def crumbs(*trail: tuple[str, str]) -> tuple[Link, ...]:
    """The way down to a page from the home page; the page itself is not named."""
    return (Link(urls.HOME, "首页"), *(Link(href, text) for href, text in trail))


@lru_cache(REMEMBERED)
def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def label(member: str) -> str:
    """The Chinese label of an enumeration member."""
    return LABELS[member]


def told(view: View, name: str) -> str:
    """A field as text, in the words visitors read; empty where it is absent or has no name."""
    value = getattr(view, name) if name else ""
    if isinstance(value, enum.Enum):
        return label(str(value))
    if isinstance(value, tuple):
        return "、".join(value)
    return "" if value is None else str(value)
