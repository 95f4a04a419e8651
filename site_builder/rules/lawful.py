"""What is watched about the law: repairs it does not know, measures below their rank, what may not be collected."""

from __future__ import annotations

from collections.abc import Iterator
import re
from typing import Final
import unicodedata

from site_builder.kinds.measures.record import Measure
from site_builder.kinds.record import RECORDED
from site_builder.kinds.severe_list.record import SevereEntry
from site_builder.records.record import Record
from site_builder.records.values import is_resident_id
from site_builder.rules.decision import Facts
from site_builder.rules.watch import Warned
from site_builder.vocabulary import Category, Effect, Level

CLOSED_OR_STRIPPED: Final = re.compile(r"责令(?:其)?停产停业|吊销.{0,12}?(?:许可证|执照|许可|证书|资质|资格)")
"""Penalties after which 大连 knows no repair (DL 44(4))."""

BEYOND_REPAIR: Final = frozenset(
    {Category.HEALTH_SAFETY, Category.MARKET_ORDER, Category.CREDIBILITY_REFUSAL, Category.NATIONAL_DEFENCE}
)
"""Kinds of conduct that 凌源 does not repair (LY 35(1)–(4))."""

NEVER_COLLECTED: Final = ("宗教信仰", "基因", "指纹", "血型", "疾病", "病史", "生物识别")
"""What may not be collected of a natural person (DL 18(1), LY 12(1))."""

NOT_WITHOUT_CONSENT: Final = ("收入", "存款", "有价证券", "商业保险", "不动产", "纳税数额")
"""What may not be collected of a natural person without written consent (DL 18(2), LY 12(2))."""

DALIAN_OTHER: Final = frozenset({"DL-29-7", "DL-31-7", "DL-34-6"})
LINGYUAN_OTHER: Final = frozenset({"LY-20-7", "LY-22-10"})
"""Items that only refer to what other rules say: 其他激励、惩戒或者监管措施."""

_CITED: Final = re.compile(r"《([^《》]*[^《》\s][^《》]*)》")


def dalian_repair(record: SevereEntry, facts: Facts) -> Iterator[Warned]:
    """DL 44(4): no repair after a crime of the kinds the State names, closure, or the loss of a licence."""
    if not facts.repaired(record):
        return
    text = unicodedata.normalize("NFKC", "\n".join((record.cause, record.measures_notice, *record.basis)))
    if record.sentenced or CLOSED_OR_STRIPPED.search(text):
        message = "填了修复日期，但可能属于不适用修复的情形（特定犯罪，责令停产停业，吊销许可证或者执照）"
        yield Warned("repaired_on", message, "与作出修复的单位核实；不应修复的填写修复撤销日期，应移出的填写移出日期")


def lingyuan_repair(record: SevereEntry, facts: Facts) -> Iterator[Warned]:
    """LY 35: the four kinds of severe conduct are not repaired."""
    if facts.repaired(record) and record.category in BEYOND_REPAIR:
        message = "填了修复日期，但这一类失信行为不予信用修复"
        yield Warned("repaired_on", message, "与作出修复的单位核实；不应修复的填写修复撤销日期，应移出的填写移出日期")


def dalian_low_basis(record: Measure, _facts: Facts) -> Iterator[Warned]:
    """DL 28, 31, 34: measures rest on laws, regulations and rules of the State."""
    if record.clause != "DL-29-7":
        yield from _low(record, "应依照法律、法规和国家有关规定")


def lingyuan_low_basis(record: Measure, _facts: Facts) -> Iterator[Warned]:
    """LY 22: penalties rest on law; only 22(10) knows those of normative documents."""
    if record.effect is Effect.PENALTY and record.clause != "LY-22-10":
        yield from _low(record, "惩戒措施应依法依规，规范性文件只能作第二十二条第（十）项其他措施的依据")


def dalian_other_item(record: Measure, _facts: Facts) -> Iterator[Warned]:
    """DL 29(7), 31(7), 34(6): 其他 measures are those that other rules set."""
    yield from _other(record, DALIAN_OTHER, "大连市社会信用条例")


def lingyuan_other_item(record: Measure, _facts: Facts) -> Iterator[Warned]:
    """LY 20(7), 22(10): 其他 measures are those that other rules set."""
    yield from _other(record, LINGYUAN_OTHER, "凌源市社会信用管理办法")


def forbidden_words(record: Record, _facts: Facts) -> Iterator[Warned]:
    """DL 18, LY 12: free text about a natural person that speaks of what may not be collected."""
    if not record.is_person:
        return
    for column in RECORDED[record.kind].free:
        plain = "".join(char for char in unicodedata.normalize("NFKC", getattr(record, column)) if char.isalnum())
        if any(word in plain for word in (*NEVER_COLLECTED, *NOT_WITHOUT_CONSENT)):
            message = "自然人的文字里出现不得采集的个人信息的名称"
            words = "、".join((*NEVER_COLLECTED, *NOT_WITHOUT_CONSENT))
            yield Warned(column, message, f"查找「{words}」，写了个人信息的从导出中去掉")


def code_is_resident_id(record: Record, facts: Facts) -> Iterator[Warned]:
    """DL 4, LY 8: an organisation's code that is a resident ID too may be its owner's; it would be shown unmasked."""
    if not record.is_person and is_resident_id(getattr(record, "subject_code", ""), facts.as_of):
        message = "统一社会信用代码同时是一个合格的居民身份证号，可能误填了经营者本人的"
        yield Warned("subject_code", message, "与登记机关的证照核对；填错的改正，没有代码的不要用身份证号代替")


def _low(measure: Measure, expected: str) -> Iterator[Warned]:
    if measure.basis_level is Level.NORMATIVE_DOCUMENT:
        hint = "补上层级更高的依据并改正「依据层级」；没有的，这项措施不应实施"
        yield Warned("basis_level", f"依据层级低于法律法规：{expected}", hint)


def _other(record: Measure, items: frozenset[str], own: str) -> Iterator[Warned]:
    if record.clause not in items:
        return
    cited = {name.removeprefix("中华人民共和国") for text in record.basis for name in _CITED.findall(text)}
    if not cited - {own}:
        message = "属于「其他措施」一项，但实施依据里没有写另行规定它的文件"
        yield Warned("basis", message, f"在实施依据中写出规定这项措施的《…》；只写《{own}》不够")
