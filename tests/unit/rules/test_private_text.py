"""What free text may not tell of a person: what withholds, what only warns, what is an office's, what is waived."""

import re
import shutil

from decided_records import AS_OF, BOTH, commitment, entry, facts, model, person, person_model, reasons
from hypothesis import given
from hypothesis import strategies as st
from labelled_texts import EACH, HALVES, labelled
import pytest
import small_sites
import yaml

from site_builder.errors import SiteBuilderError
from site_builder.law.cities import all_shipped
from site_builder.law.folder import read_law
from site_builder.law.private_words import NATIONAL, national
from site_builder.rules.decision import Facts
from site_builder.rules.private_text import SUBJECT, PrivateWords, digest, kinds_told, office_addresses

FACTS = Facts(as_of=AS_OF, show_responsible=False)
WORDS = national()
LEAST_FOUND = 0.98
MOST_STOPPED = 0.03

TELLING = {
    "health": "因患糖尿病住院治疗",
    "home": "家住演示路 3 号 2 单元 301 室",
    "income": "月收入 8000 元",
    "third": "被害人演示乙（身份证号 2102**********0019）",
    "minor": "以其读小学三年级的女儿名义开户",
    "religion": "系佛教徒",
    "biometric": "经 DNA 鉴定",
    "listing": "曾被列入失信被执行人名单，已移出",
}
FOUND = ["personal_data"]
EVERY = frozenset(map(chr, range(0x20, 0xFFFF)))
"""Signs of which one stands in every text."""


def told(text, column="cause", *, subject="演示甲", person=True, given_facts=FACTS):
    return [one.name for one in kinds_told(text, column, WORDS, given_facts, own=(subject,), person=person)]


@pytest.mark.parametrize("half", HALVES)
def test_labelled_texts_that_tell_something_are_found_and_harmless_ones_pass(half):
    texts = labelled(half)
    assert len(texts) == 2 * EACH
    assert len({one.text for one in texts}) == 2 * EACH
    assert all("演示" in one.subject for one in texts)
    found = [told(one.text, one.column, subject=one.subject, person=one.person) for one in texts]
    right = sum(one.tells in names for one, names in zip(texts, found, strict=True) if one.tells)
    stopped = sum(bool(names) for one, names in zip(texts, found, strict=True) if not one.tells)
    assert right / EACH >= LEAST_FOUND
    assert stopped / EACH <= MOST_STOPPED


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("kind", TELLING)
def test_cause_of_a_natural_person_that_tells_something_is_withheld(city, kind):
    assert reasons(city, person(cause=f"演示事由，{TELLING[kind]}。")) == FOUND


@pytest.mark.parametrize("city", BOTH)
@pytest.mark.parametrize("kind", TELLING)
@pytest.mark.parametrize("column", ["deeds", "summary", "honour", "change_note"])
def test_story_of_a_person_that_tells_something_is_withheld_in_every_column(city, kind, column):
    assert reasons(city, person_model(**{column: f"演示，{TELLING[kind]}。"})) == FOUND


@pytest.mark.parametrize("kind", sorted(TELLING.keys() - {"income"}))
def test_story_of_an_organisation_that_tells_it_of_a_person_is_withheld(kind):
    assert reasons("dalian", model(deeds=f"演示，{TELLING[kind]}。")) == FOUND


@pytest.mark.parametrize("kind", TELLING)
def test_text_of_an_organisation_is_not_withheld_for_it(kind):
    assert reasons("lingyuan", entry(cause=f"演示事由，{TELLING[kind]}。")) == []
    assert reasons("dalian", commitment(text=f"演示承诺，{TELLING[kind]}。")) == []


def test_income_and_address_of_an_organisation_are_its_own():
    assert reasons("dalian", model(deeds="公司在演示路 3 号，年收入 3 亿元，纳税 2000 万元。")) == []


@pytest.mark.parametrize("column", ["remedies", "removal_procedure", "measures_notice"])
def test_address_in_a_procedure_is_an_offices(column):
    assert reasons("lingyuan", person(**{column: "材料交到演示路 3 号政务大厅 2 楼"})) == []
    assert reasons("lingyuan", person(**{column: "材料交到医院，他患有糖尿病"})) == FOUND


def test_address_of_an_authority_of_the_site_stays_and_one_that_goes_on_does_not():
    offices = office_addresses(["演示市演示路 3 号"])
    known = facts(offices=offices)
    assert reasons("dalian", person(cause="当场送达演示市演示路3号。"), known) == []
    assert reasons("dalian", person(cause="当场送达演示市演示路3号2单元301室。"), known) == FOUND
    assert reasons("dalian", person(cause="当场送达演示市演示路 4 号。"), known) == FOUND


def test_procedures_speak_of_removal_and_tell_of_no_former_listing():
    for column in ("removal_conditions", "removal_procedure", "remedies", "measures_notice"):
        assert reasons("dalian", person(**{column: "信用修复后移出名单，已移出的不再公开。"})) == []


@pytest.mark.parametrize(
    "text",
    [
        *("患有**糖尿病**", "患有糖 尿 病", "患有&#31958;尿病", "患有[糖尿病](https://example.cn)"),
        *("患有\u200b糖尿病", "患有糖\ufe0f尿病", "患有糖\U000e0100尿病"),
    ],
)
def test_words_are_found_through_markdown_spaces_and_entities(text):
    assert reasons("dalian", person_model(deeds=text)) == FOUND


def test_masked_number_of_the_subject_is_its_own():
    assert told("演示甲（身份证号2102**********0019）未履行义务") == []
    assert told("演示甲与演示乙（身份证号2102**********0019）串通") == ["third"]


def test_cited_instrument_tells_nothing():
    assert told("违反《残疾人保障法》《未成年人保护法》的规定") == []


def test_waived_text_of_a_column_is_published_and_another_text_is_not():
    text = "演示事由，因病停业。"
    held = facts(waived=frozenset({("s-1", "cause", digest(text))}))
    assert reasons("dalian", person(id="S-1", cause=text), held) == []
    assert reasons("dalian", person(id="S-1", cause=f"{text} "), held) == FOUND
    assert reasons("dalian", person(id="S-1", change_note=text), held) == FOUND
    assert reasons("dalian", person(id="S-2", cause=text), held) == FOUND


def test_waiver_never_covers_a_number_nor_an_order():
    text = "因病停业，电话 13912345678。"
    held = facts(waived=frozenset({("s-1", "cause", digest(text))}))
    assert reasons("dalian", person(id="S-1", cause=text), held) == FOUND


@given(st.text(max_size=60), st.sampled_from(["cause", "deeds", "remedies"]), st.booleans())
def test_any_text_is_read_and_always_the_same(text, column, of_person):
    assert told(text, column, person=of_person) == told(text, column, person=of_person)


@given(st.sampled_from(sorted(TELLING)), st.text(alphabet="演示的了。，", max_size=20))
def test_what_stands_behind_a_sentence_takes_nothing_away(kind, behind):
    assert kind in told(f"{TELLING[kind]}。{behind}")


def written_patterns():
    """Every pattern of the national words: its words, sets, shapes, gaps and numbers in their order, and the sets."""
    root = yaml.safe_load(NATIONAL.read_text("utf-8"))
    for said in root["classes"].values():
        for one in (*said.get("words", ()), *said.get("of_persons", ())):
            yield re.findall(r"\{[^{}]*\}|…|#|[^{…#]+", one), root["sets"]


PATTERNS = list(written_patterns())
SHAPES = {
    "…": ["", "了", "甲乙丙"],
    "#": ["3", "12.5万", "十几"],
    "{subject}": [SUBJECT],
    "{digits}": ["1380000", "号码:1234", "×××5"],
    "{masked}": ["2102**********5479", "12××××"],
    "{wxid}": ["wx_ab-1"],
    "{age}": ["7", "十五"],
}


@given(st.data())
def test_text_is_asked_for_all_that_stands_in_it(data):
    """Whatever of a pattern is there, it is asked for: the signs only spare what cannot be found."""
    pieces, sets = data.draw(st.sampled_from(PATTERNS))
    drawn = [data.draw(st.sampled_from(SHAPES.get(one) or sets.get(one[1:-1]) or [one])) for one in pieces]
    text = (
        data.draw(st.sampled_from(["", "因", "甲 "])) + "".join(drawn) + data.draw(st.sampled_from(["", "，后", "５"]))
    )
    all_asked = [one._replace(signs=EVERY, signs_of_persons=EVERY) for one in WORDS.kinds]
    for of_person in (True, False):
        words = PrivateWords(tuple(all_asked), WORDS.laws)
        found = [kinds_told(text, "cause", one, FACTS, own=(), person=of_person) for one in (WORDS, words)]
        assert [one.name for one in found[0]] == [one.name for one in found[1]]


def test_every_kind_has_articles_that_can_be_named():
    assert {one.name for one in WORDS.kinds} == set(TELLING)
    for rules in (law.latest for law in all_shipped().values()):
        for kind in rules.private.kinds:
            assert kind.articles
            assert all(one.partition(" ")[0] in rules.names for one in kind.articles)


def test_city_adds_words_and_kinds_of_its_own(tmp_path):
    law = _law(tmp_path)
    (law / "private.yml").write_text(
        "sets: {illness: [演示症]}\n"
        "classes:\n"
        "  health: {articles: [CIR 14], words: ['{suffer}…{illness}']}\n"
        "  dialect: {label: 方言, articles: [PIPL 25], words: [说演示话]}\n"
    )
    private = read_law(law).latest.private
    names = [one.name for one in kinds_told("患有演示症，说演示话", "cause", private, FACTS, own=(), person=True)]
    assert names == ["health", "dialect"]


def test_faults_of_a_citys_words_are_told_with_their_rows(tmp_path):
    law = _law(tmp_path)
    (law / "private.yml").write_text(
        "classes:\n  health:\n    articles: [十四]\n    words: ['{nosuch}病']\n    wrong: 1\n"
    )
    with pytest.raises(SiteBuilderError) as refused:
        read_law(law)
    found = [(one.code, one.place.row) for one in refused.value.findings]
    assert ("bad-value", 3) in found
    assert ("bad-value", 4) in found
    assert ("unknown-key", 5) in found


def _law(folder):
    shutil.copytree(small_sites.PROGRAM / "site_builder" / "cities" / "dalian", folder / "law")
    return folder / "law"


@pytest.mark.parametrize(
    "text",
    [
        "多次电话催收，2023年仍未偿还",
        "电话通知当事人于2025-06-19到场，未到",
        "手机销售额12000元，未申报",
        "经电话核实涉及1200余人",
        "编号CNRYdndqqjdwv，2022-09-27作出",
        "XQQ集团2023.05.01的合同",
    ],
)
def test_day_a_sum_or_a_longer_word_is_no_number_of_a_person(text):
    assert told(text) == []


@pytest.mark.parametrize("text", ["留下QQ号是12345678", "演示乙，手机尾号1234", "演示乙电话13998123456"])
def test_number_beside_its_label_is_one(text):
    assert told(text) == ["third"]
