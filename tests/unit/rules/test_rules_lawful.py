"""The warnings about the law, word for word: column, message and hint."""

from decided_records import AS_OF, entry, facts, looks, measure, person
import pytest

from site_builder.law.articles import article, articles
from site_builder.rules.watch import Warned
from site_builder.vocabulary import Category, Effect, Level

NAMES = {"DL": "大连条例", "LY": "凌源办法"}

REPAIR = "与作出修复的单位核实；不应修复的填写修复撤销日期，应移出的填写移出日期"
LOW = "补上层级更高的依据并改正「依据层级」；没有的，这项措施不应实施"
OTHER = "属于「其他措施」一项，但实施依据里没有写另行规定它的文件"


def told(watch, record):
    return list(watch(record, facts()))


def test_repair_dalian_does_not_know():
    message = "填了修复日期，但可能属于不适用修复的情形（特定犯罪，责令停产停业，吊销许可证或者执照）"
    warned = [Warned("repaired_on", message, REPAIR)]
    assert told(looks("dalian", "repair-not-allowed"), person(repaired_on=AS_OF, sentenced=True)) == warned
    assert told(looks("dalian", "repair-not-allowed"), entry(repaired_on=AS_OF, cause="责令停产停业")) == warned
    assert (
        told(looks("dalian", "repair-not-allowed"), entry(repaired_on=AS_OF, measures_notice="吊销其营业执照"))
        == warned
    )
    assert told(looks("dalian", "repair-not-allowed"), entry(repaired_on=AS_OF, basis=("演示", "吊销许可证"))) == warned
    assert told(looks("dalian", "repair-not-allowed"), entry(repaired_on=AS_OF)) == []
    assert told(looks("dalian", "repair-not-allowed"), entry(cause="责令停产停业")) == []


def test_repair_lingyuan_does_not_know():
    warned = [Warned("repaired_on", "填了修复日期，但这一类失信行为不予信用修复", REPAIR)]
    for category in set(Category) - {Category.OTHER_STATUTORY}:
        assert told(looks("lingyuan", "repair-not-allowed"), entry(repaired_on=AS_OF, category=category)) == warned
    assert (
        told(looks("lingyuan", "repair-not-allowed"), entry(repaired_on=AS_OF, category=Category.OTHER_STATUTORY)) == []
    )


def test_measure_below_its_rank():
    low = measure(basis_level=Level.NORMATIVE_DOCUMENT)
    expected = "依据层级低于法律法规：应依照法律、法规和国家有关规定"
    assert told(looks("dalian", "basis-below-law"), low) == [Warned("basis_level", expected, LOW)]
    assert (
        told(looks("dalian", "basis-below-law"), measure(basis_level=Level.NORMATIVE_DOCUMENT, clause="DL-29-7")) == []
    )
    assert told(looks("dalian", "basis-below-law"), measure(basis_level=Level.LAW)) == []
    expected = "依据层级低于法律法规：惩戒措施应依法依规，规范性文件只能作第二十二条第（十）项其他措施的依据"
    assert told(looks("lingyuan", "basis-below-law"), low) == [Warned("basis_level", expected, LOW)]
    assert (
        told(looks("lingyuan", "basis-below-law"), measure(basis_level=Level.NORMATIVE_DOCUMENT, clause="LY-22-10"))
        == []
    )
    incentive = measure(basis_level=Level.NORMATIVE_DOCUMENT, effect=Effect.INCENTIVE)
    assert told(looks("lingyuan", "basis-below-law"), incentive) == []


@pytest.mark.parametrize(
    ("watch", "clause", "own"),
    [
        (looks("dalian", "other-item-without-basis"), "DL-34-6", "大连市社会信用条例"),
        (looks("lingyuan", "other-item-without-basis"), "LY-22-10", "凌源市社会信用管理办法"),
    ],
)
def test_other_measure_names_the_rule_that_sets_it(watch, clause, own):
    warned = [Warned("basis", OTHER, f"在实施依据中写出规定这项措施的《…》；只写《{own}》不够")]
    assert told(watch, measure(clause=clause, basis=(f"《{own}》第一条", "演示"))) == warned
    assert told(watch, measure(clause=clause, basis=(f"《中华人民共和国{own}》",))) == warned
    assert told(watch, measure(clause=clause, basis=(f"《{own}》", "《演示办法》"))) == []
    assert told(watch, measure(clause="", basis=(f"《{own}》",))) == []


def test_words_of_what_may_not_be_collected():
    words = "宗教信仰、基因、指纹、血型、疾病、病史、生物识别、收入、存款、有价证券、商业保险、不动产、纳税数额"
    hint = f"查找「{words}」，写了个人信息的从导出中去掉"
    warned = [Warned("cause", "自然人的文字里出现不得采集的个人信息的名称", hint)]
    for word in words.split("、"):
        assert told(looks("dalian", "forbidden-words"), person(cause=f"演示 {word[0]} {word[1:]}")) == warned
    assert told(looks("dalian", "forbidden-words"), entry(cause="存款")) == []


def test_articles_in_words():
    named = {1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 42: "四十二", 99: "九十九"}
    for number, words in named.items():
        assert article(f"DL {number}", NAMES) == f"大连条例第{words}条"
    assert article("XX 3", NAMES) == "XX第三条"
    assert articles(["DL 3", "DL 4", "DL 3", "LY 5", "LY 6"], NAMES) == "大连条例第三条、第四条、凌源办法第五条、第六条"
    assert articles(["XX 3", "XX 4"], NAMES) == "XX第三条、XX第四条"
    assert articles([], NAMES) == ""
