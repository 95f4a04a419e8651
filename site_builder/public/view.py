"""What visitors see of the further kinds: what their views have in common, and how a kind describes its pages.

Text is trimmed and never None: what is absent is an empty string or tuple; dates are ``datetime.date`` or None.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

import msgspec

from site_builder.public.columns import Column, date, text, word
from site_builder.vocabulary import Kind, SubjectType


class FiledView(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One published record of a further kind."""

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


class SubjectView(FiledView, frozen=True, gc=False, kw_only=True):
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

    ``view``: what is seen of a record. ``folder``: where its pages are. ``short``: what it is called beside others.
    ``intro``, ``note`` and ``none``: said at the head of its list, of its downloads, and of a list without records.
    ``laws``: the article each city publishes it by, as ``LY-19``. ``columns``: its downloads, after ``id`` and ``url``.
    ``day``: what records are ordered and filed by. ``title``, ``code``, ``number``, ``category``, ``authority``: what a
    record is found by and counted by. ``heads``: a row of its list, after the name. ``filters``: what its lists are
    parted by, with what each is called. ``texts``: the full text. ``leading``: the columns a table shows at first.
    ``told``: by the value of ``category``, what it means, with the article that says so. ``overlay``: what the site's
    ``overlay.yml`` may say of a record.
    """

    view: type[FiledView]
    folder: str
    short: str
    intro: str
    note: str
    none: str
    laws: dict[str, str]
    columns: tuple[Column, ...]
    day: str
    title: str
    code: str = ""
    number: str = ""
    category: str = ""
    authority: str = ""
    heads: tuple[str, ...]
    filters: dict[str, str]
    texts: tuple[str, ...]
    leading: tuple[str, ...]
    told: dict[str, tuple[str, str]] = {}
    overlay: tuple[str, ...]

    def label(self, field: str) -> str:
        """What a field is called."""
        return next(one.label for one in self.columns if one.name == field)


ID: Final = text("id", "记录编号", required=True, about="记录的编号，永久不变；网页地址由它而来")
URL: Final = text("url", "网页地址", required=True, about="记录的网页，永久不变；停止公示后不再存在")
UNTIL: Final = date(
    "public_until", "公示至", about="公示的最后一天；过了这一天停止使用这一行。空：没有可以告知的最后一天"
)
OBJECTION: Final = date(
    "objection_received_on",
    "异议受理日期（处理中）",
    "DL 42，LY 32",
    about="异议受理的日期，有日期即异议处理中，使用时须一并说明；空：没有处理中的异议",
)
DATED: Final = (
    date("published_on", "公示日期", required=True, about="开始公示的日期"),
    date("updated_on", "更新日期", about="最近一次更新的日期；空：公示后没有更新"),
    text("change_note", "变动理由", "DL 40，LY 30", about="最近一次变动的理由"),
)
"""The columns every further kind ends with."""

SUBJECT: Final = (
    text("subject_name", "主体名称", required=True, about="记录所说的主体"),
    word("subject_type", "主体类型", SubjectType, "DL 3，LY 3", about="主体的类型"),
    text(
        "subject_code",
        "统一社会信用代码",
        "LY 8；自然人只显示首尾四位",
        about="组织的统一社会信用代码，18 位；自然人的证件号只显示前四位和后四位",
    ),
    text("region", "行政区划代码", about="所在地的行政区划代码，六位数字"),
)
"""The columns records about a subject begin with."""
