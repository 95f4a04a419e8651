"""What is seen of an entry of the severe list (contract, section 1, the columns marked as shown)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from site_builder.public.columns import ShownColumn, date, list_of, text, word
from site_builder.public.view import CODE, NOTE, OBJECTION, PUBLISHED, REGION, TYPE, UNTIL, UPDATED, Shown, SubjectView
from site_builder.vocabulary import Action, Category, Kind


class SevereView(SubjectView, frozen=True, gc=False, kw_only=True):
    """One published entry of the severe list (contract, section 1, the columns marked as shown).

    ``subject_code`` is a natural person's only in masked form; ``measure_ids`` are those published, in force and for
    its list, none while they are suspended; ``objection_received_on`` is set while the objection is open (DL 42, LY
    32); ``public_until`` is empty where no last day may be told. ``special_term``: its term ends by itself, as another
    rule says. ``told``: what the subject is told of its days, a sentence each.
    """

    kind: ClassVar[Kind] = Kind.SEVERE

    natural_person_basis: str
    legal_representative: str
    principal: str
    actual_controller: str
    responsible_persons_basis: str
    list_name: str
    category: Category
    cause: str
    basis: tuple[str, ...]
    measures_notice: str
    removal_conditions: str
    removal_procedure: str
    remedies: str
    measure_ids: tuple[str, ...]
    measures_suspended: bool
    authority: str
    source: str
    decision_no: str
    decided_on: dt.date
    listed_on: dt.date
    act_ended_on: dt.date | None
    act_ongoing: bool
    term_basis: str
    special_term: bool
    term_text: str
    told: tuple[str, ...]
    public_until: dt.date | None

    @property
    def until(self) -> str:
        """Its term, as a sentence goes on with it: one that has not begun is called what it is."""
        return f"公示期限{self.term_text}" if self.term_text.startswith("自") else self.term_text


SHOWN: Final = Shown(
    view=SevereView,
    folder="severe/",
    short="严重失信主体名单",
    tone="bad",
    note="公示中的严重失信主体名单，每行一条记录。",
    columns=(
        text("subject_name", "主体名称", required=True, about="被列入名单的主体"),
        TYPE,
        CODE,
        text("natural_person_basis", "自然人公开依据", about="公开自然人信息所依据的规定"),
        text("legal_representative", "法定代表人", about="法定代表人的姓名"),
        text("principal", "主要负责人", about="主要负责人的姓名"),
        text("actual_controller", "实际控制人", about="实际控制人的姓名"),
        text("responsible_persons_basis", "责任人公开依据", about="公开责任人所依据的规定"),
        REGION,
        text("list_name", "名单名称", about="依法设立的名单"),
        word("category", "失信行为类别", Category, about="失信行为属于哪一类"),
        text("cause", "认定事由", about="因为什么事被认定"),
        list_of("basis", "认定依据", about="认定所依据的规定，可以有几项"),
        text("measures_notice", "失信惩戒措施提示", about="可能受到哪些惩戒"),
        text("removal_conditions", "移出条件", about="满足什么条件可以移出名单"),
        text("removal_procedure", "移出程序", about="怎样申请移出"),
        text("remedies", "救济措施", about="不服认定的，怎样申请复议、提起诉讼或者提出异议"),
        list_of(
            "measure_ids",
            "惩戒措施编号",
            about="适用的惩戒措施，指向 measures 的 id；只列公布并且施行的",
        ),
        text("authority", "认定单位", required=True, about="作出认定的单位"),
        text("source", "信息来源单位", about="提供信息的单位"),
        text("decision_no", "决定文书号", required=True, about="认定决定的文书号"),
        date("decided_on", "认定日期", required=True, about="作出认定决定的日期"),
        date("listed_on", "列入日期", required=True, about="列入名单的日期；按年下载即按这一天的年份"),
        date("act_ended_on", "失信行为终止日期", about="失信行为终止的日期；空：没有终止或者不适用"),
        ShownColumn("act_ongoing", "行为持续中", "boolean", (), about="失信行为是否仍在持续"),
        text("term_basis", "特别披露期限依据", about="期限另有规定的，所依据的规定"),
        text("term_text", "公示期限", about="公示到什么时候，用一句话说明"),
        UNTIL,
        PUBLISHED,
        UPDATED,
        OBJECTION,
        NOTE,
    ),
    day="listed_on",
    title="subject_name",
    code="subject_code",
    number="decision_no",
    category="category",
    authority="authority",
    list_name="list_name",
    texts=(
        "subject_code",
        "decision_no",
        "list_name",
        "cause",
        "basis",
        "measures_notice",
        "removal_conditions",
        "removal_procedure",
        "remedies",
        "authority",
        "source",
        "term_basis",
        "natural_person_basis",
        "change_note",
    ),
    between="\n",
    hit=("authority", "category", "term_text", "objection_received_on"),
    leading=(
        "id",
        "subject_name",
        "subject_code",
        "category",
        "authority",
        "region",
        "decision_no",
        "listed_on",
        "term_text",
    ),
    indexed=(
        "subject_name",
        "subject_code",
        "decision_no",
        "authority",
        "region",
        "category",
        "listed_on",
        "public_until",
    ),
    facets=("category", "authority", "region", "measure_ids"),
    overlay=(Action.COURT, Action.REVOKED, Action.REPAIRED, Action.REMOVED, Action.OBJECTION),
    sentence=(
        "在《{list_name}》上。|在严重失信主体名单上。",
        "因{cause}，",
        "由{authority}于 {listed_on} 列入",
        "；{until}",
        "。",
    ),
    leaving="怎样移出或修复",
)
