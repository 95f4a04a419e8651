"""What each column of the downloads means, for the data dictionary and the Table Schema."""

from __future__ import annotations

from typing import Final

from site_builder.vocabulary import Kind

_SHARED: Final = {
    "id": "记录的编号，永久不变；网页地址由它而来",
    "url": "记录的网页，永久不变；停止公示后不再存在",
    "subject_type": "主体的类型",
    "region": "所在地的行政区划代码，六位数字",
    "public_until": "公示的最后一天；过了这一天停止使用这一行。空：没有可以告知的最后一天",
    "published_on": "开始公示的日期",
    "updated_on": "最近一次更新的日期；空：公示后没有更新",
    "change_note": "最近一次变动的理由",
}
_OBJECTION: Final = "异议受理的日期，有日期即异议处理中，使用时须一并说明；空：没有处理中的异议"

MEANINGS: Final[dict[Kind, dict[str, str]]] = {
    Kind.SEVERE: _SHARED
    | {
        "subject_name": "被列入名单的主体",
        "subject_code": "组织的统一社会信用代码，18 位；自然人的证件号只显示前四位和后四位",
        "natural_person_basis": "公开自然人信息所依据的规定",
        "legal_representative": "法定代表人的姓名",
        "principal": "主要负责人的姓名",
        "actual_controller": "实际控制人的姓名",
        "responsible_persons_basis": "公开责任人所依据的规定",
        "list_name": "依法设立的名单",
        "category": "失信行为属于哪一类",
        "cause": "因为什么事被认定",
        "basis": "认定所依据的规定，可以有几项",
        "measures_notice": "可能受到哪些惩戒",
        "removal_conditions": "满足什么条件可以移出名单",
        "removal_procedure": "怎样申请移出",
        "remedies": "不服认定的，怎样申请复议、提起诉讼或者提出异议",
        "measure_ids": "适用的惩戒措施，指向 measures 的 id；只列公布并且施行的",
        "authority": "作出认定的单位",
        "source": "提供信息的单位",
        "decision_no": "认定决定的文书号",
        "decided_on": "作出认定决定的日期",
        "listed_on": "列入名单的日期；按年下载即按这一天的年份",
        "act_ended_on": "失信行为终止的日期；空：没有终止或者不适用",
        "act_ongoing": "失信行为是否仍在持续",
        "term_basis": "期限另有规定的，所依据的规定",
        "term_text": "公示到什么时候，用一句话说明",
        "objection_received_on": _OBJECTION,
    },
    Kind.MEASURE: _SHARED
    | {
        "kind": "激励还是惩戒",
        "title": "措施的名称",
        "content": "具体做什么",
        "targets": "对谁实施",
        "implementing_bodies": "由谁实施，可以有几个",
        "basis": "实施所依据的规定，可以有几项",
        "basis_level": "依据的效力层级",
        "clause": "所属的条款，例如 DL-34-1 即大连市社会信用条例第三十四条第（一）项",
        "effective_on": "从这一天起施行；按年下载即按这一天的年份",
        "published_on": "公布的日期",
    },
    Kind.ROLE_MODEL: _SHARED
    | {
        "name": "获得荣誉的主体",
        "subject_code": "组织的统一社会信用代码，18 位；自然人的证件号只显示前四位和后四位",
        "honour": "荣誉的称号",
        "category": "荣誉属于哪一类",
        "awarded_by": "授予荣誉的单位",
        "awarded_on": "授予荣誉的日期；按年下载即按这一天的年份",
        "valid_through": "荣誉有效的最后一天；空：没有期限",
        "summary": "事迹摘要",
        "deeds": "事迹全文，Markdown 格式",
        "photo": "照片的名称，照片在 role-models/photos/ 下",
        "objection_received_on": _OBJECTION,
    },
}
"""Kind → column → one sentence."""
