"""The table a lawyer reads: sentences made from ``rules.yml`` itself, the articles beside them, a document to sign."""

import io
import re
import shutil
import xml.etree.ElementTree as ET
import zipfile

import pytest

from site_builder.config.fields import Fields
from site_builder.config.site import SHIPPED
from site_builder.config.source import Faults, parse_yaml
from site_builder.kinds.record import RECORDED
from site_builder.law.cities import all_shipped
from site_builder.law.docx import BOXES, WIDTHS, as_docx
from site_builder.law.folder import read_law
from site_builder.law.relations import KNOWN as ASKED
from site_builder.law.relations import OF_CODE, OF_TYPE
from site_builder.law.review import digest_of, named, review
from site_builder.law.sentences import KNOWN, RELATIONS, condition, period, term
from site_builder.law.text import read_law_text
from site_builder.vocabulary import Kind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def fields(text):
    faults = Faults("rules.yml")
    return Fields(parse_yaml(text, faults), faults)


def said(text, kind=Kind.SEVERE):
    return condition(fields(text), {one.name: one for one in RECORDED[kind].columns})


def of_city(city):
    folder = SHIPPED[city]
    return review(folder, all_shipped()[city].latest, read_law_text(folder))


@pytest.fixture
def folder(tmp_path):
    """A copy of a city's folder, without the text of its regulation."""
    shutil.copytree(SHIPPED["dalian"], tmp_path / "law", ignore=shutil.ignore_patterns("law"))
    return tmp_path / "law"


def test_every_relation_of_the_vocabulary_has_words():
    relations = {name for one in (*OF_TYPE.values(), OF_CODE, *ASKED.values()) for name in one}
    assert relations == set(RELATIONS)
    assert set(ASKED) == set(KNOWN)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("when: {disclosure: {is_not: public}}", "「披露方式」不是「社会公开」"),
        ("when: {minor: {is: true}}", "「未成年人」写的是「是」"),
        ("when: {minor: {is: false}}", "「未成年人」写的是「否」或者空着"),
        ("when: {category: {is: market_order}}", "「失信行为类别」是「破坏市场公平竞争和社会秩序」"),
        (
            "when: {category: {in: [market_order, health_safety]}}",
            "「失信行为类别」是「破坏市场公平竞争和社会秩序」、「危害身体健康和生命安全」之一",
        ),
        ("when: {category: {not_in: [market_order]}}", "「失信行为类别」不是「破坏市场公平竞争和社会秩序」"),
        ("when: {region: {in: ['210202']}}", "「行政区划代码」是「210202」"),
        ("when: {published_on: {to_come: true}}", "「公示日期」还没有到（晚于核验日）"),
        ("when: {published_on: {over: false}}", "「公示日期」没有过（不早于核验日）"),
        ("when: {notified_on: {not_by: decided_on}}", "「告知日期」不在「认定日期」当天或者以前（空着也是）"),
        ("when: {notified_on: {past: false}}", "「告知日期」没有到"),
        (
            "when: {repaired_on: {past: true, undone_by: repair_revoked_on}}",
            "「信用修复日期」（或者处置里同一件事的日期）已到（当天起），除非「修复撤销日期」在那天或者以后，而且也已到",
        ),
        ("when: {cause: {tells_of: [甲, 乙…丙]}}", "「认定事由」说到「甲」、「乙…丙」"),
        ("when: {basis: {cites_only: [演示法]}}", "「认定依据」里的《…》没有别的，只有《演示法》"),
        ("when: {natural_person_basis: {cites: false}}", "「自然人公开依据」没有写明《…》"),
        (
            "when: {subject_code: {younger_than: 18, on: decided_on}}",
            "「统一社会信用代码」是证件号，按它在「认定日期」那天未满 18 周岁",
        ),
        ("when: {overlay: {orders: removed}}", "处置（overlay.yml）里写着移出名单"),
        ("when: {term: {is: over}}", "披露期限已经届满（最后一天的次日起）"),
        ("when: {subject: {is: organisation}, cause: {empty: false}}", "主体不是自然人，并且「认定事由」不是空的"),
        (
            "when_any: [{cause: {empty: true}}, {basis: {empty: true}}]",
            "「认定事由」、「认定依据」，有一项空着（只写「无」「略」「见文书」之类也是）",
        ),
        (
            "when_any: [{minor: {is: true}}, {sentenced: {is: true}, cause: {empty: false}}]",
            "有下列情形之一：（一）「未成年人」写的是「是」；（二）「判处剥夺人身自由刑罚」写的是「是」，并且「认定事由」不是空的",
        ),
    ],
)
def test_condition_is_read_as_it_is_written(written, read):
    assert said(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            "{months: 60, start: act_end, when_sentenced: sentence_end, at_end: extend, special_wins: [always]}",
            [
                "五年（60 个月），自失信行为终止之日起，到那一个月的同一天为止",
                "判处剥夺人身自由刑罚的，自刑罚执行完毕之日起",
                "届满还没有移出名单的，延至移出之日",
                "另有规定的期限，一律从其规定",
            ],
        ),
        (
            "{months: 36, start: decision, at_end: stop, special_wins: [law]}",
            [
                "三年（36 个月），自作出认定决定之日起，到那一个月的同一天为止",
                "届满停止公示，移出与否都一样",
                "另有规定的期限不比它长的，从其规定",
                "依据是法律的，长也从其规定",
            ],
        ),
    ],
)
def test_term_is_read_as_it_is_written(written, read):
    assert term(fields(written)).split("；") == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("{last_day: valid_through}", ["到「期限至」那天为止"]),
        ("{months: 60, start: [listed_on]}", ["五年（60 个月），自「列入日期」起，到那一个月的同一天为止"]),
        (
            "{last_day: valid_through, months: 30, start: [act_ended_on, listed_on]}",
            [
                "到「期限至」那天为止",
                "三十个月（30 个月），自「失信行为终止日期」，空着的自「列入日期」起，到那一个月的同一天为止",
                "以先到的为准",
            ],
        ),
    ],
)
def test_term_of_another_kind_is_read_as_it_is_written(written, read):
    columns = {one.name: one for one in RECORDED[Kind.WATCH].columns}
    assert period(fields(written), columns).split("；") == read


@pytest.mark.parametrize("city", all_shipped())
def test_table_holds_every_rule_in_its_order_with_its_articles_and_what_they_say(city):
    told, rules = of_city(city), all_shipped()[city].latest
    withheld = [line for part in told.parts for line in part.lines if line.sentence.endswith("不公开。")]
    assert [(one.code, one.articles) for one in withheld] == [
        (rule.reason.value, rule.articles) for kind in rules.kinds.values() for rule in kind.rules
    ]
    cited = {code for part in told.parts for line in part.lines for code in line.articles}
    assert set(told.passages) == {code for code in cited if code.startswith(rules.code)}
    assert all(words for words in told.passages.values())
    assert not told.official
    codes = [line.code for part in told.parts for line in part.lines]
    assert {one.code for one in (*rules.watches, *rules.cross_watches)} | set(rules.clocks) <= set(codes)
    assert "None" not in str(told.parts)


def test_other_number_in_the_file_is_another_sentence(folder):
    def sentences():
        told = review(folder, read_law(folder).latest, None)
        return {(part.title, line.code): line.sentence for part in told.parts for line in part.lines}

    before, file = sentences(), folder / "rules.yml"
    text = file.read_text()
    for right, wrong in (
        ("{months: 60, start: [act_ended_on]}", "{months: 59, start: [act_ended_on]}"),
        ("days: 3, with_help: 8", "days: 4, with_help: 8"),
    ):
        file.write_text(text.replace(right, wrong))
        after = sentences()
        assert sum(after[key] != before[key] for key in before) == 1


def test_digest_is_what_other_tools_reckon_and_changes_with_any_file(folder):
    before = digest_of(folder)
    assert re.fullmatch("[0-9a-f]{64}", before)
    (folder / ".hidden").write_text("演示")
    (folder / ".git").mkdir()
    (folder / ".git" / "演示").write_text("演示")
    assert digest_of(folder) == before
    (folder / "law").mkdir()
    (folder / "law" / "text.md").write_text("演示")
    with_text = digest_of(folder)
    (folder / "law" / "text.md").rename(folder / "law" / "text.txt")
    assert len({before, with_text, digest_of(folder)}) == 3


def test_text_in_the_folder_of_the_law_comes_first_and_is_called_what_it_is(folder):
    (folder / "law").mkdir()
    (folder / "law" / "text.md").write_text("\n".join(f"第{one}条 演示条文。" for one in "一二三四"))
    told = review(folder, read_law(folder).latest, read_law_text(folder))
    assert (told.text, told.official) == ("text.md", True)
    assert told.passages == {"DL 3": ("演示条文。",), "DL 4": ("演示条文。",)}


def test_law_without_a_text_is_read_without_articles_beside_it(folder):
    told = review(folder, read_law(folder).latest, read_law_text(folder))
    assert (told.text, told.official, told.passages) == ("", False, {})
    assert "没有找到条文" in "".join(paragraphs(as_docx(told)))


def test_articles_of_another_regulation_are_named_with_its_code():
    assert named(("LY 33", "DL 28"), "LY") == "第三十三条、DL 第二十八条"


def document(data):
    """The parts of a document, every relationship followed."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        parts = {one.filename: ET.fromstring(packed.read(one)) for one in packed.infolist()}  # noqa: S314 (our own)
    root = {one.get("Target") for one in parts["_rels/.rels"].iter(f"{RELATED}Relationship")}
    assert root == {"word/document.xml"}
    beside = {one.get("Target") for one in parts["word/_rels/document.xml.rels"].iter(f"{RELATED}Relationship")}
    named_parts = {one.get("PartName") for one in parts["[Content_Types].xml"] if one.get("PartName")}
    assert named_parts == {f"/{one}" for one in root} | {f"/word/{one}" for one in beside}
    assert {one.removeprefix("/") for one in named_parts} <= set(parts)
    return parts


def paragraphs(data):
    body = document(data)["word/document.xml"]
    return ["".join(run.text or "" for run in one.iter(f"{W}t")) for one in body.iter(f"{W}p")]


@pytest.mark.parametrize("city", all_shipped())
def test_document_has_a_row_for_every_rule_with_article_sentence_boxes_and_a_place_to_sign(city):
    told = of_city(city)
    data = as_docx(told)
    body = document(data)["word/document.xml"]
    tables = list(body.iter(f"{W}tbl"))
    assert len(tables) == len(told.parts)
    for table, part in zip(tables, told.parts, strict=True):
        rows = list(table.iter(f"{W}tr"))[1:]
        assert len(rows) == len(part.lines)
        for row, line in zip(rows, part.lines, strict=True):
            cells = [["".join(run.text for run in one.iter(f"{W}t")) for one in cell] for cell in row.iter(f"{W}tc")]
            left, right, boxes = ([one for one in cell if one] for cell in cells)
            assert len(cells) == len(WIDTHS)
            assert right == [f"【{line.head}】{line.sentence}"]
            assert boxes == [one for one in BOXES if one]
            for code in line.articles:
                assert any(one.startswith(named([code], told.code)) for one in left)
                assert set(told.passages.get(code, ())[1:]) <= set(left)
    text = paragraphs(data)
    assert sum(told.digest in one for one in text) == 2
    assert any("签名" in one and "日期" in one for one in text)
    assert any("不是官方文本" in one for one in text)


def test_styles_a_document_names_are_there():
    parts = document(as_docx(of_city("dalian")))
    used = {one.get(f"{W}val") for one in parts["word/document.xml"].iter(f"{W}pStyle")}
    assert used == {"Title", "Heading1"}
    assert used < {one.get(f"{W}styleId") for one in parts["word/styles.xml"].iter(f"{W}style")}


def test_same_law_gives_the_same_document_byte_for_byte():
    assert as_docx(of_city("dalian")) == as_docx(of_city("dalian"))


def test_marks_of_xml_in_a_rule_stay_what_they_are(folder):
    file = folder / "rules.yml"
    file.write_text(file.read_text().replace("日期的先后合理吗？", '日期 <先> & "后" 合理吗？'))
    told = review(folder, read_law(folder).latest, None)
    assert any('日期 <先> & "后" 合理吗？' in one for one in paragraphs(as_docx(told)))
