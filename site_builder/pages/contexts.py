"""What each template gets: one frozen structure a template, and nothing else.

Every ``href`` is relative to the web root and has no leading slash; a template writes ``{{ root }}{{ href }}``, where
``root`` leads from the page to the web root (``./``, ``../``, …, or the site's base path on the 404 page). Dates are
``datetime.date`` and print as ``YYYY-MM-DD``. Text is plain: the templates escape it. ``Markup`` values are HTML that
has already been made safe.
"""

from __future__ import annotations

import datetime as dt

from markupsafe import Markup
import msgspec

from site_builder.public.letters import Letter as Letter  # noqa: PLC0414  # one of what templates get


class Link(msgspec.Struct, frozen=True, gc=False):
    """A link inside the site (``href`` relative to the web root) or plain text when ``href`` is empty.

    ``saved``: of a file, the name it is saved under.
    """

    href: str
    text: str
    count: int | None = None
    current: bool = False
    saved: str = ""


class Meta(msgspec.Struct, frozen=True, gc=False):
    """The head of a page, as Chinese government sites carry it (``ArticleTitle``, ``PubDate``, …).

    ``keywords`` have commas between them. ``linked`` is JSON-LD, safe to stand in a ``script`` element; no entry's page
    has any.
    """

    title: str
    description: str
    column: str
    path: str
    canonical: str
    published_on: dt.date | None = None
    source: str = ""
    keywords: str = ""
    noindex: bool = False
    unavailable_after: dt.date | None = None
    linked: Markup = Markup()


class FooterUnit(msgspec.Struct, frozen=True, gc=False):
    """Who runs the site, for the footer; what is empty is not shown."""

    owner: str
    operator: str = ""
    phone: str = ""
    address: str = ""
    email: str = ""
    hours: str = ""


class Layout(msgspec.Struct, frozen=True, gc=False):
    """What the layout shows on every page of a section: the same for all pages of that section and depth."""

    site_name: str
    tagline: str
    city: str
    demo: bool
    base_url: str
    section: str
    nav: tuple[Link, ...]
    footer: tuple[Link, ...]
    unit: FooterUnit
    site_id: str = ""
    icp: str = ""
    police: str = ""
    emblem: str = ""
    feed: str = ""


class Days(msgspec.Struct, frozen=True, gc=False):
    """数据截止, 核验日 and the export's version, on the pages that may tell them."""

    data_on: dt.date
    as_of: dt.date
    version: str


class Basis(msgspec.Struct, frozen=True, gc=False):
    """One cited provision; ``href`` leads to its article on this site, or is empty.

    ``link``: the address the site gives for a statute it does not have, where it gives one.
    """

    text: str
    href: str = ""
    link: str = ""


class Rows(msgspec.Struct, frozen=True, gc=False):
    """Rendered rows of a list, one after another, and how many they are."""

    html: Markup = Markup()
    count: int = 0


class SevereRow(msgspec.Struct, frozen=True, gc=False):
    """One row of a list of severe entries."""

    href: str
    id: str
    name: str
    code: str
    category: str
    region: str
    authority: str
    list_name: str
    listed_on: dt.date
    term_text: str
    public_until: dt.date | None
    objection: bool


class MeasureRow(msgspec.Struct, frozen=True, gc=False):
    """``measure-row.html``: a measure in a list.

    ``laws`` are the titles of its basis, ``fields`` what it touches in plain words; ``cited_all`` leads to the entries.
    """

    href: str
    id: str
    title: str
    effect: str
    incentive: bool
    content: str
    targets: str
    bodies: tuple[str, ...]
    clause: Basis
    effective_on: dt.date
    in_force: bool
    cited_by: int = 0
    cited_all: str = ""
    laws: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class Picture(msgspec.Struct, frozen=True, gc=False):
    """A photograph in two sizes: their addresses and their pixels."""

    large: str
    width: int
    height: int
    small: str
    small_width: int
    small_height: int


class RoleModelRow(msgspec.Struct, frozen=True, gc=False):
    """``role-model-row.html``: a role model in a list."""

    href: str
    id: str
    name: str
    honour: str
    category: str
    awarded_by: str
    awarded_on: dt.date
    summary: str
    public_until: dt.date | None
    photo: Picture | None = None
    objection: bool = False


class Event(msgspec.Struct, frozen=True, gc=False):
    """A dot on an entry's timeline; without a day where the text alone says when."""

    on: dt.date | None
    text: str
    future: bool = False


class Contact(msgspec.Struct, frozen=True, gc=False):
    """``contact.html``: how to reach an authority; what is empty is not shown.

    ``own``: it is the site's own office, because nothing is known of the authority.
    """

    name: str
    phone: str = ""
    address: str = ""
    hours: str = ""
    link: str = ""
    email: str = ""
    own: bool = False


class Advice(msgspec.Struct, frozen=True, gc=False):
    """What the subject can do, in the words of the city's regulation: a heading, a text, where to read on."""

    title: str
    text: str
    links: tuple[Link, ...] = ()


class Citation(msgspec.Struct, frozen=True, gc=False):
    """How a page, or the part of one behind ``#at``, is cited: in words, and what the browser adds the release to."""

    text: str
    author: str
    title: str
    issued: dt.date
    at: str = ""


class SeverePage(msgspec.Struct, frozen=True, gc=False):
    """``severe.html``: one entry. ``contents`` are the six contents (DL 33) as (label, paragraphs), none empty.

    ``verdict`` is the entry in one sentence; ``doors`` where its subject turns first, on this page behind a ``#``.
    """

    id: str
    name: str
    verdict: str
    doors: tuple[Link, ...]
    code: str
    subject_type: str
    region: str
    category: str
    category_basis: Basis
    authority: str
    source: str
    list_name: str
    listed_on: dt.date
    decision_no: str
    decided_on: dt.date
    published_on: dt.date
    updated_on: dt.date | None
    term_text: str
    term_basis: str
    told: tuple[str, ...]
    public_until: dt.date | None
    objection_received_on: dt.date | None
    act_text: str
    natural_person_basis: str
    responsible: tuple[tuple[str, str], ...]
    responsible_basis: str
    contents: tuple[tuple[str, tuple[str, ...]], ...]
    basis: tuple[Basis, ...]
    measures: tuple[MeasureRow, ...]
    measures_suspended: bool
    timeline: tuple[Event, ...]
    advice: tuple[Advice, ...]
    contact: Contact
    change_note: str
    citation: Citation
    crumbs: tuple[Link, ...]


class MeasurePage(msgspec.Struct, frozen=True, gc=False):
    """``measure.html``: one measure; ``cited`` are the newest entries that cite it, ``cited_all`` leads to all."""

    id: str
    title: str
    effect: str
    incentive: bool
    content: tuple[str, ...]
    targets: str
    bodies: tuple[Link, ...]
    basis: tuple[Basis, ...]
    basis_level: str
    clause: Basis
    effective_on: dt.date
    in_force: bool
    published_on: dt.date
    updated_on: dt.date | None
    change_note: str
    contact: Contact
    cited: Rows
    cited_count: int
    cited_all: str
    citation: Citation
    crumbs: tuple[Link, ...]


class RoleModelPage(msgspec.Struct, frozen=True, gc=False):
    """``role-model.html``: one role model; ``deeds`` is safe HTML made from Markdown.

    ``consented``: a natural person who agreed to be shown. ``advice`` is what the subject can do; ``verdict`` and
    ``doors`` as of an entry.
    """

    id: str
    name: str
    verdict: str
    doors: tuple[Link, ...]
    code: str
    subject_type: str
    honour: str
    category: str
    awarded_by: str
    awarded_on: dt.date
    valid_through: dt.date | None
    region: str
    summary: str
    deeds: Markup
    photo: Picture | None
    objection_received_on: dt.date | None
    published_on: dt.date
    updated_on: dt.date | None
    change_note: str
    consented: bool
    advice: tuple[Advice, ...]
    contact: Contact
    citation: Citation
    crumbs: tuple[Link, ...]


class Matrix(msgspec.Struct, frozen=True, gc=False):
    """A table of counts: column heads, then rows of (head, cells); a cell is a count with its link, or empty."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Link, tuple[Link | None, ...]], ...]


class FieldBars(msgspec.Struct, frozen=True, gc=False):
    """A field measures touch: how many there are, what it is in plain words, how many reward and how many penalise.

    The bars, as parts of the picture's width: rewards run from ``start`` to the middle, ``left`` wide; penalties from
    the middle to ``end``, ``right`` wide.
    """

    field: Link
    about: str
    reward: int
    penalty: int
    start: str
    left: str
    right: str
    end: str


class FieldPicture(msgspec.Struct, frozen=True, gc=False):
    """Measures by field, what rewards beside what penalises (``heads``); ``file``: the figures as CSV."""

    name: str
    title: str
    sentence: str
    heads: tuple[str, str]
    rows: tuple[FieldBars, ...]
    file: str
    saved: str = ""
    citation: Citation | None = None


class RecordList(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One page of a list of any kind, newest first; ``rows`` are rendered rows (``severe-row.html`` and so on).

    ``total`` counts the whole list, on an older page its own rows. ``heads`` are the heads of a table, ``none`` is said
    where there are no rows. ``newer`` leads back to the index, ``older`` to the next older page. ``by_sound``: the rows
    are ordered by sound, and ``older`` pages hold later names.

    On a list's index alone: ``intro``, ``law``, ``days``, ``downloads``, ``citation``; ``pages``, the older pages by
    their newest day; ``filters``, ways to the kind's lists by each field. Of the severe list alone: ``groups``, ways to
    the sibling lists (years, or the values of a browse key), ``browse``, the other ways, ``procedures``, what the
    list's profile says of leaving it (LY 25). Of measures alone: ``matrix``, a table of counts, ``picture``, those by
    field, and ``choices``, what the measures of the page may be narrowed by, in the browser: (name, label, values).
    """

    title: str
    intro: str
    law: Basis
    total: int
    rows: Rows
    heads: tuple[str, ...] = ()
    none: str = ""
    groups: tuple[Link, ...] = ()
    browse: tuple[Link, ...] = ()
    filters: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    choices: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    matrix: Matrix | None = None
    picture: FieldPicture | None = None
    procedures: tuple[Advice, ...] = ()
    newer: str
    older: str
    pages: tuple[Link, ...]
    by_sound: bool = False
    downloads: tuple[Link, ...]
    citation: Citation | None
    days: Days | None
    crumbs: tuple[Link, ...]


class BrowsePage(msgspec.Struct, frozen=True, gc=False):
    """``browse.html``: the values of one key (authorities, regions, …) with their counts."""

    title: str
    intro: str
    groups: tuple[Link, ...]
    browse: tuple[Link, ...]
    days: Days
    crumbs: tuple[Link, ...]


class LawItem(msgspec.Struct, frozen=True, gc=False):
    """A paragraph or an item of an article (``indented``): its anchor, its text and what rests on it."""

    anchor: str
    text: str
    measures: tuple[Link, ...] = ()
    entries: Link | None = None
    indented: bool = True


class LawArticle(msgspec.Struct, frozen=True, gc=False):
    """An article: its anchor, number, paragraphs and items in order, and what rests on it."""

    anchor: str
    number: str
    parts: tuple[str | LawItem, ...]
    measures: tuple[Link, ...] = ()
    entries: Link | None = None


class LawChapter(msgspec.Struct, frozen=True, gc=False):
    """A chapter and its articles."""

    anchor: str
    title: str
    articles: tuple[LawArticle, ...]


class LawPage(msgspec.Struct, frozen=True, gc=False):
    """``law.html``: a whole regulation; ``digest`` is True when this is our digest, not the official text."""

    title: str
    note: str
    digest: bool
    chapters: tuple[LawChapter, ...]
    crumbs: tuple[Link, ...]


class BarChart(msgspec.Struct, frozen=True, gc=False):
    """A chart and its table: a title and (label, count, link) rows in reading order."""

    title: str
    unit: str
    rows: tuple[Link, ...]


class AnnouncementRow(msgspec.Struct, frozen=True, gc=False):
    """What the office announced, in a list."""

    href: str
    title: str
    category: str
    on: dt.date
    public_until: dt.date | None


class AnnouncementList(msgspec.Struct, frozen=True, gc=False):
    """``announcements.html``: announcements of all categories or of one, the newest, or all of a year.

    ``total`` counts the whole list, of a year those of the year; ``categories`` and ``years`` lead to the others.
    """

    title: str
    intro: str
    rows: tuple[AnnouncementRow, ...]
    total: int
    categories: tuple[Link, ...]
    years: tuple[Link, ...]
    crumbs: tuple[Link, ...]


class AnnouncementPage(msgspec.Struct, frozen=True, gc=False):
    """``announcement.html``: one announcement; ``body`` is safe HTML made from Markdown.

    ``pictures`` are shown with what they are called, ``files`` are for taking away: their title with their kind.
    """

    title: str
    category: str
    source: str
    on: dt.date
    public_until: dt.date | None
    body: Markup
    crumbs: tuple[Link, ...]
    pictures: tuple[tuple[str, Picture], ...] = ()
    files: tuple[FileLink, ...] = ()


class Segment(msgspec.Struct, frozen=True, gc=False):
    """A piece of a column: the ``tone`` of its kind, from 1; where it begins from above, its height: ``12.50%``."""

    tone: int
    top: str
    height: str


class Column(msgspec.Struct, frozen=True, gc=False):
    """A column of a chart: where it stands and how wide it is among its neighbours, as ``8.33%``; its pieces."""

    left: str
    width: str
    segments: tuple[Segment, ...]


class Panel(msgspec.Struct, frozen=True, gc=False):
    """Columns side by side under one name and what they add up to; what the outer ones are: ``first`` and ``last``."""

    name: Link
    columns: tuple[Column, ...]
    first: str = ""
    last: str = ""


class ColumnChart(msgspec.Struct, frozen=True, gc=False):
    """Panels of columns of one height, drawn at build time, and the same figures as a table.

    ``sentence`` says what they show, ``most`` what a column of the whole height stands for. ``legend``: the kinds of
    pieces in the order of their tones, with how many there are. ``file``: the figures as CSV, ``saved`` under a name.
    ``small``: many panels.
    """

    name: str
    title: str
    sentence: str
    unit: str
    most: int
    legend: tuple[Link, ...]
    panels: tuple[Panel, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    file: str
    small: bool = False
    saved: str = ""
    citation: Citation | None = None


class Statistics(msgspec.Struct, frozen=True, gc=False):
    """``statistics.html``; ``picture``: measures by field, where there are any."""

    charts: tuple[ColumnChart, ...]
    picture: FieldPicture | None
    bars: tuple[BarChart, ...]
    citation: Citation
    days: Days
    crumbs: tuple[Link, ...]


class Home(msgspec.Struct, frozen=True, gc=False):
    """``home.html``: search, three doors, the newest of each kind, figures, where to turn; ways to the other kinds.

    ``news``: what the office announced last.

    ``what``: what may be typed into the box; ``examples``: searches for pieces of published records.
    """

    heading: str
    lead: str
    what: str
    examples: tuple[Link, ...]
    doors: tuple[tuple[Link, str], ...]
    newest: Rows
    measures: tuple[MeasureRow, ...]
    models: Rows
    years: BarChart
    categories: BarChart
    advice: tuple[Advice, ...]
    days: Days
    others: tuple[Link, ...] = ()
    news: tuple[AnnouncementRow, ...] = ()


class SearchPage(msgspec.Struct, frozen=True, gc=False):
    """``search.html``: the box, and the ways to browse without JavaScript.

    ``what`` and ``examples`` as on the home page. ``guides``: the guide of each topic people ask for by its name;
    ``lists``: the lists of each kind, for who asks for one by a piece of its name.
    ``query``: how to ask for what is not public, empty where the site has no such guide.
    """

    what: str
    examples: tuple[Link, ...]
    guides: tuple[tuple[str, Link], ...]
    lists: tuple[tuple[str, Link], ...]
    query: Link
    browse: tuple[Link, ...]
    fulltext_note: str
    days: Days
    crumbs: tuple[Link, ...]


class BatchPage(msgspec.Struct, frozen=True, gc=False):
    """``batch.html``: many names or codes looked up at once, in the browser alone."""

    site_name: str
    days: Days
    crumbs: tuple[Link, ...]


class ContentPage(msgspec.Struct, frozen=True, gc=False):
    """``content.html``: a Markdown page of the site folder, and the letter one fills in there."""

    title: str
    body: Markup
    siblings: tuple[Link, ...]
    crumbs: tuple[Link, ...]
    letter: Letter | None = None


class DictionaryField(msgspec.Struct, frozen=True, gc=False):
    """One column of a download, for the data dictionary; ``source`` are the articles it comes from."""

    name: str
    label: str
    about: str
    type: str
    unit: str
    values: str
    source: tuple[Basis, ...]


class FileLink(msgspec.Struct, frozen=True, gc=False):
    """A file to download: its address, what it is called, its size in bytes, its SHA-256 in hex.

    ``saved``: the name it is saved under.
    """

    href: str
    text: str
    size: int
    saved: str
    sha256: str = ""


class Dataset(msgspec.Struct, frozen=True, gc=False):
    """One table in the open data: its files, whole and by year (the newest first), and its columns."""

    title: str
    name: str
    note: str
    rows: int | None
    files: tuple[FileLink, ...]
    years: tuple[tuple[str, tuple[Link, ...]], ...]
    fields: tuple[DictionaryField, ...]
    citation: Citation
    explore: str = ""


class Entities(msgspec.Struct, frozen=True, gc=False):
    """The entities for programs that know companies and what was decided about them: what they are, and their file."""

    title: str
    note: str
    file: FileLink


class DataPage(msgspec.Struct, frozen=True, gc=False):
    """``data.html``: downloads, licence, terms of use and the data dictionary; ``tables`` are measures as data.

    ``addresses``: those programs read, what is there, the media type.
    """

    datasets: tuple[Dataset, ...]
    tables: tuple[Dataset, ...]
    database: FileLink
    entities: Entities
    others: tuple[Link, ...]
    addresses: tuple[tuple[str, str, str], ...]
    terms: str
    licence: str
    citation: Citation
    days: Days
    crumbs: tuple[Link, ...]


class YearFile(msgspec.Struct, frozen=True, gc=False):
    """The rows of one year (``all`` where a table is not parted), as JSON lines."""

    year: str
    text: str
    href: str
    rows: int
    size: int


class ExplorePage(msgspec.Struct, frozen=True, gc=False):
    """``explore.html``: a table's rows to sort, filter and count; ``first``: how many are shown at first.

    ``about`` is what the script is told, as JSON.
    """

    title: str
    name: str
    note: str
    files: tuple[YearFile, ...]
    first: int
    columns: tuple[tuple[str, str], ...]
    downloads: tuple[FileLink, ...]
    about: Markup
    crumbs: tuple[Link, ...]


class Change(msgspec.Struct, frozen=True, gc=False):
    """A record that was published or changed later; ``what`` in words."""

    on: dt.date
    href: str
    title: str
    kind: str
    what: str
    public_until: dt.date | None = None


class ChangesPage(msgspec.Struct, frozen=True, gc=False):
    """``changes.html``: the newest records by their own dates, and the feeds."""

    intro: str
    changes: tuple[Change, ...]
    feeds: tuple[Link, ...]
    authorities: tuple[Link, ...]
    crumbs: tuple[Link, ...]


class SiteMap(msgspec.Struct, frozen=True, gc=False):
    """``sitemap.html``: every section with its pages."""

    sections: tuple[tuple[Link, tuple[Link, ...]], ...]
    crumbs: tuple[Link, ...]


class NotFound(msgspec.Struct, frozen=True, gc=False):
    """``404.html``: says only that nothing public is here, and where to ask."""

    links: tuple[Link, ...] = ()
