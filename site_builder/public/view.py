"""What visitors see: what the views of all kinds have in common, and how a kind describes what is shown of it.

One allow-listed view a kind, made only by the rules of its kind; nothing after them can name a field that is not there.
Text is trimmed and never None: what is absent is an empty string or tuple; dates are ``datetime.date`` or None.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

import msgspec

from site_builder.public.columns import ShownColumn, date, text, word
from site_builder.vocabulary import SUBJECT_TYPES, Action, Kind, SubjectType


class View(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One published record."""

    kind: ClassVar[Kind]

    id: str
    published_on: dt.date
    updated_on: dt.date | None
    change_note: str

    @property
    def name(self) -> str:
        """What the record is called in a list."""
        raise NotImplementedError

    @property
    def is_person(self) -> bool:
        """Whether the record is a natural person's: such pages are ``noindex``."""
        return False

    @property
    def public_until(self) -> dt.date | None:
        """The last day it is shown, where one may be told."""
        return None


class SubjectView(View, frozen=True, gc=False, kw_only=True):
    """A published record about one subject; a natural person's ``subject_code`` is masked.

    ``objection_received_on`` is set while the objection is open (DL 42, LY 32).
    """

    subject_name: str
    subject_type: SubjectType
    subject_code: str
    region: str
    objection_received_on: dt.date | None

    @property
    def name(self) -> str:
        """What the record is called in a list."""
        return self.subject_name

    @property
    def is_person(self) -> bool:
        """Whether the subject is a natural person."""
        return self.subject_type is SubjectType.NATURAL_PERSON


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """How a kind is shown; every name is a field of ``view``, empty where the kind has none.

    ``view``: what is seen of a record. ``folder``: where its pages are. ``short``: what the kind is called beside
    others. ``tone``: what it means for whom it names, ``bad``, ``watch`` or ``good``; empty: neither. ``note``: said
    at the head of its downloads. ``columns``: its downloads, after ``id`` and ``url``. ``day``: what records are
    ordered and parted into years by.
    ``title``, ``code``, ``number``, ``list_name``, ``category``, ``authority``: what a record is found by and counted
    by.
    ``texts``: the full text, with ``between`` between the items of a list. ``hit``: what a search says of a record
    below its name, ``day_words`` how it says the day. ``leading``: the columns a table shows at first. ``indexed`` and
    ``facets``: the columns a database finds and counts by; ``newest_first``: whether it shows the newest first.
    ``overlay``: what the site's ``overlay.yml`` may say.
    ``sentence``: a record in one sentence, in clauses with ``{field}``; a clause whose field is empty gives way to the
    next behind ``|`` or is left out. ``leaving``: what the way is called by which a subject leaves the list; closed
    for a record of which the field ``kept`` says something. ``door``: what is said of the kind among the ways in from
    the home page, and below it.

    Of lists that are made from this alone: ``intro`` and ``none``: said at the head of a list, and of one without
    records, where the site's law has no words of its own. ``heads``: a row, after the name. ``filters``: what lists
    are parted by, with what each is called; the last by its year. ``charts``: those of them that are counted among the
    site's figures.
    """

    view: type[View]
    folder: str
    short: str
    tone: str = ""
    note: str
    columns: tuple[ShownColumn, ...]
    day: str
    title: str
    code: str = ""
    number: str = ""
    category: str = ""
    authority: str = ""
    list_name: str = ""
    texts: tuple[str, ...]
    between: str = "、"
    hit: tuple[str, ...] = ()
    day_words: str = ""
    leading: tuple[str, ...]
    indexed: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    newest_first: bool = True
    overlay: tuple[Action, ...]
    sentence: tuple[str, ...] = ()
    leaving: str = ""
    kept: str = ""
    door: tuple[str, str] = ("", "")
    intro: str = ""
    none: str = ""
    heads: tuple[str, ...] = ()
    filters: dict[str, str] = {}
    charts: tuple[str, ...] = ()

    def label(self, field: str) -> str:
        """What a field is called."""
        return next(one.label for one in self.columns if one.name == field)

    @property
    def said(self) -> tuple[str, ...]:
        """What a search says of a record below its name."""
        return self.hit or (self.category, self.authority, self.day, OBJECTION.name)

    @property
    def looked_up(self) -> tuple[str, ...]:
        """The columns that have an index in the database: what people look up, group by and filter by."""
        names = {self.title, self.code, self.number, *self.filters, UNTIL.name}
        return self.indexed or tuple(one.name for one in self.columns if one.name in names)

    @property
    def counted_by(self) -> tuple[str, ...]:
        """The columns a table is counted by."""
        return self.facets or tuple(self.filters)[:-1]


ID: Final = text("id", "记录编号", required=True, about="记录的编号，永久不变；网页地址由它而来")
URL: Final = text("url", "网页地址", required=True, about="记录的网页，永久不变；停止公示后不再存在")
UNTIL: Final = date(
    "public_until", "公示至", about="公示的最后一天；过了这一天停止使用这一行。空：没有可以告知的最后一天"
)
OBJECTION: Final = date(
    "objection_received_on",
    "异议受理日期（处理中）",
    about="异议受理的日期，有日期即异议处理中，使用时须一并说明；空：没有处理中的异议",
)
PUBLISHED: Final = date("published_on", "公示日期", required=True, about="开始公示的日期")
UPDATED: Final = date("updated_on", "更新日期", about="最近一次更新的日期；空：公示后没有更新")
NOTE: Final = text("change_note", "变动理由", about="最近一次变动的理由")
DATED: Final = (PUBLISHED, UPDATED, NOTE)
"""The columns most kinds end with."""

TYPE: Final = word("subject_type", "主体类型", SUBJECT_TYPES, about="主体的类型")
CODE: Final = text(
    "subject_code",
    "统一社会信用代码",
    about="组织的统一社会信用代码，18 位；自然人的证件号只显示前四位和后四位",
)
COUNTERPART_TYPE: Final = word("subject_type", "行政相对人类别", SubjectType, about="行政相对人的类别")
COUNTERPART_CODE: Final = text(
    "subject_code", "统一社会信用代码", about="组织的统一社会信用代码，18 位；自然人的和没有代码的个体工商户，空"
)
REGION: Final = text("region", "行政区划代码", about="所在地的行政区划代码，六位数字")
SUBJECT: Final = (text("subject_name", "主体名称", required=True, about="记录所说的主体"), TYPE, CODE, REGION)
"""The columns records about a subject begin with."""

COUNTERPART: Final = (
    text("subject_name", "行政相对人名称", required=True, about="决定对谁作出"),
    COUNTERPART_TYPE,
    COUNTERPART_CODE,
    text("legal_representative", "法定代表人", about="法定代表人的姓名；空：不公示"),
    text("natural_person_basis", "自然人公开依据", about="公开自然人信息所依据的规定"),
    REGION,
)
"""The columns records of an administrative decision begin with."""
