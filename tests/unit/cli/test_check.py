"""``check`` as the webmaster meets it: warnings across records and releases, private reports, strictness, codes."""

import ast
import datetime as dt
import importlib.util
import json
from pathlib import Path
import re

import pytest
import small_sites
import webmasters_desk
from webmasters_desk import Desk, clean
import yaml

from site_builder.findings import GROUPS
from site_builder.law.cities import all_shipped
from site_builder.pages import urls
from site_builder.vocabulary import Kind

ROOT = Path(__file__).parents[3]


def checked(desk, *options, **changes):
    return json.loads(clean(desk.run("check", "--json", *options, **changes)).stdout)


def warned(desk, **changes):
    return told(checked(desk, **changes))


def told(done):
    """What is found, apart from the text above both cities that nobody has read yet."""
    found = [(one["code"], one["place"]["row"]) for one in done["findings"]]
    assert ("upper-law-unread", 0) in found
    return [one for one in found if one != ("upper-law-unread", 0)]


@pytest.mark.parametrize("city", sorted(all_shipped()))
def test_honour_of_someone_on_the_list_is_warned_of_even_where_the_entry_is_not_shown(tmp_path, city):
    code = small_sites.credit_code(7)
    desk = Desk(tmp_path, city)
    desk.export(
        severe=[small_sites.entry("S-1", subject_code=code, disclosure="query"), small_sites.entry("S-2")],
        models=[small_sites.model("R-1", subject_code=code), small_sites.model("R-2")],
    )
    assert warned(desk) == [("honour-of-listed", 2)]


def test_honour_of_someone_who_left_the_list_or_gave_it_up_is_fine(tmp_path):
    code = small_sites.credit_code(7)
    desk = Desk(tmp_path)
    desk.export(
        severe=[small_sites.entry("S-1", subject_code=code, removed_on="2026-11-01")],
        models=[small_sites.model("R-1", subject_code=code)],
    )
    assert warned(desk) == []


def test_honour_of_a_natural_person_of_a_listed_name_is_asked_about_without_telling_the_name(tmp_path):
    desk = Desk(tmp_path)
    desk.export(
        severe=[small_sites.person("S-1", subject_name="演示某甲")],
        models=[small_sites.person_model("R-1", name="演示某甲")],
    )
    found = checked(desk)["findings"]
    assert sorted(one["code"] for one in found) == ["honour-of-listed", "upper-law-unread"]
    assert "演示某甲" not in json.dumps(found, ensure_ascii=False)


def story(record_id="R-1", **changes):
    """A role model, with a story of its own."""
    return small_sites.model(record_id, **changes)


def told_of(desk, **lists):
    desk.export(**lists)
    return [one for one in checked(desk)["findings"] if one["code"] == "story-tells-of-listing"]


@pytest.mark.parametrize("city", sorted(all_shipped()))
def test_story_that_tells_of_a_listing_not_public_today_is_told_by_its_place_and_without_words_of_the_entry(
    tmp_path, city
):
    name, code = "演示修复商贸有限公司", small_sites.credit_code(7)
    gone = small_sites.entry("S-2", subject_name=name, subject_code=code, repaired_on="2026-11-01")
    found = told_of(
        Desk(tmp_path, city),
        severe=[small_sites.entry("S-1"), gone],
        models=[
            story("R-1"),
            story("R-2", deeds="曾与**演示修复**商贸 有限公司一同被列入名单"),
            story("R-3", summary=f"曾与 {code.lower()} 一同被列入名单", deeds="演示事迹。"),
            story("R-4", subject_code=code, deeds="失信之后改正。"),
            story("R-5", deeds=f"与{name}合作多年。"),
            story("R-6", deeds="帮助演示别的公司走出失信名单。"),
            story("R-7", deeds=f"帮助{name}走出失信名单。", disclosure="query"),
        ],
    )
    assert [(one["place"]["row"], one["place"]["column"], one["warning"]) for one in found] == [
        (3, "deeds", True),
        (4, "summary", True),
        (5, "deeds", True),
    ]
    assert all("severe-list.csv 第 3 行" in one["hint"] for one in found)
    said = json.dumps(found, ensure_ascii=False)
    assert not [word for word in (name, "演示修复", code, "S-2") if word in said]


@pytest.mark.parametrize(
    "public",
    [{}, {"repaired_on": "2026-11-01", "repair_revoked_on": "2026-11-10"}, {"removed_on": "2026-11-21"}],
)
def test_story_may_tell_of_a_listing_that_is_public_today(tmp_path, public):
    entry = small_sites.entry("S-1", subject_name="演示在列有限公司", **public)
    told = story(deeds="演示在列有限公司被列入失信名单。")
    assert told_of(Desk(tmp_path), severe=[entry], models=[told]) == []


def test_story_that_tells_of_a_listing_withheld_for_what_its_own_text_holds_is_told_of(tmp_path):
    hidden = small_sites.entry("S-1", subject_name="演示泄露有限公司", cause=f"身份证 {small_sites.resident_id()}")
    kept = small_sites.watched("W-1", subject_name="演示关注有限公司", removed_on="2026-11-01")
    told = story(deeds="演示泄露有限公司失信。"), story("R-2", deeds="演示关注有限公司列入重点关注。")
    desk = Desk(tmp_path)
    found = told_of(desk, severe=[hidden], models=list(told), others={Kind.WATCH: [kept]})
    assert [one["place"]["row"] for one in found] == [2, 3]
    built = clean(desk.run("build", "--json"))
    assert [one["code"] for one in json.loads(built.stdout)["warnings"]].count("story-tells-of-listing") == 2
    root = (desk.output / "dalian" / "current").resolve()
    assert (root / urls.record(Kind.ROLE_MODEL, "R-1")).is_file()


def test_page_of_a_role_model_tells_what_can_be_done_whom_to_ask_and_of_a_person_that_they_agreed(tmp_path):
    for city in all_shipped():
        desk = Desk(tmp_path / city, city)
        desk.export(models=[small_sites.model("R-1"), small_sites.person_model("R-2")])
        assert clean(desk.run("build")).returncode == 0
        root = (desk.output / city / "current").resolve()
        pages = [(root / urls.record(Kind.ROLE_MODEL, one)).read_text("utf-8") for one in ("R-1", "R-2")]
        for page in pages:
            assert [word for word in ("认为信息有误", "请求更正", "请求撤下", "联系单位") if word not in page] == []
        assert ["本人已同意" in page for page in pages] == [False, True]


@pytest.mark.parametrize(
    ("city", "day", "found"),
    [
        ("dalian", "2026-11-25", []),
        ("dalian", "2026-11-26", [("revocation-waiting", 2)]),
        ("lingyuan", "2026-11-26", []),
    ],
)
def test_revocation_waits_after_three_working_days_while_the_live_release_shows_the_entry(tmp_path, city, day, found):
    desk = Desk(tmp_path, city)
    desk.export(severe=[small_sites.entry("S-1"), small_sites.entry("S-2")])
    assert desk.run("build").returncode == 0
    rows = [small_sites.entry("S-1", revoked_on="2026-11-20"), small_sites.entry("S-2")]
    small_sites.write_export(tmp_path / "next", severe=rows, version="2026.11.19")
    assert warned(desk, day=day) == []
    done = json.loads(clean(desk.run("check", "--json", "--export", str(tmp_path / "next"), day=day)).stdout)
    assert told(done) == found
    assert [(one["id"], one["reasons"]) for one in done["duties"]["standing"]] == [("S-1", ["revoked"])]


@pytest.mark.parametrize("city", sorted(all_shipped()))
def test_later_start_of_a_live_term_is_warned_of(tmp_path, city):
    desk = Desk(tmp_path, city)
    desk.export(severe=[small_sites.entry("S-1"), small_sites.entry("S-2")])
    assert desk.run("build").returncode == 0
    rows = [small_sites.entry("S-1", act_ended_on="2024-05-01"), small_sites.entry("S-2", act_ended_on="2024-04-29")]
    small_sites.write_export(tmp_path / "next", severe=rows, version="2026.11.19")
    done = json.loads(clean(desk.run("check", "--json", "--export", str(tmp_path / "next"))).stdout)
    assert told(done) == [("later-term-start", 2)]


def test_report_names_what_should_be_public_only_where_the_office_can_mend_it(tmp_path):
    desk = Desk(tmp_path, "lingyuan")
    desk.export(
        severe=[
            small_sites.entry("S-1", cause="无"),
            small_sites.entry("S-2", notified_on=None, cause=None),
            small_sites.entry("S-3", cause="略", removed_on="2026-11-01"),
            small_sites.person("S-4", natural_person_basis=None),
            small_sites.entry("S-5", disclosure="query", cause=None),
            small_sites.person("S-6", natural_person_basis=None, cause=None, notified_on=None),
            small_sites.person("S-7", natural_person_basis_level="normative_document", cause=None),
        ],
        others={Kind.WATCH: [small_sites.watched_person("W-1", natural_person_basis=None, cause=None)]},
    )
    duties = checked(desk)["duties"]
    assert [(one["id"], one["reasons"]) for one in duties["unpublished"]] == [
        ("S-1", ["incomplete"]),
        ("S-2", ["no_prior_notice", "incomplete"]),
    ]
    assert duties["unpublished"][0]["articles"] == ["LY 25", "LY 21"]
    text = desk.run("check").stdout
    assert "应公示未公示：2 条" in text
    assert "凌源办法第二十五条、第二十一条）：S-1" in text


def test_nobody_is_asked_to_complete_what_the_law_forbids_to_show(tmp_path):
    desk = Desk(tmp_path, "lingyuan")
    desk.export(
        others={
            Kind.WATCH: [
                small_sites.watched_person("W-1"),
                small_sites.watched_person("W-2", natural_person_basis=None),
                small_sites.watched_person("W-3", natural_person_basis=None, act_ended_on="2026-11-21"),
                small_sites.watched_person("W-4", minor=True, natural_person_basis_level=None),
            ]
        }
    )
    assert warned(desk) == [("term-from-listing", 2), ("future-date", 4), ("term-from-listing", 4)]


def test_clocks_tell_the_last_day_and_where_they_stand(tmp_path):
    desk = Desk(tmp_path)
    desk.export(
        severe=[
            small_sites.entry("S-1", objection_received_on="2026-11-19"),
            small_sites.entry("S-2", objection_received_on="2026-11-02", objection_assisted=True),
            small_sites.entry("S-3", objection_received_on="2026-11-02", objection_closed_on="2026-11-03"),
        ]
    )
    clocks = checked(desk)["duties"]["clocks"]
    assert [(one["id"], one["days"], one["last_day"], one["state"]) for one in clocks] == [
        ("S-2", 8, "2026-11-12", "overdue"),
        ("S-1", 3, "2026-11-24", "in_time"),
    ]


def test_lingyuan_reports_what_came_later_than_seven_working_days(tmp_path):
    desk = Desk(tmp_path, "lingyuan")
    late, quick = dt.date(2026, 11, 12), dt.date(2026, 11, 11)
    ended = {"decided_on": dt.date(2026, 11, 2), "notified_on": dt.date(2026, 11, 1), "listed_on": dt.date(2026, 11, 3)}
    desk.export(
        severe=[
            small_sites.entry("S-1", **ended, published_on=late),
            small_sites.entry("S-2", **ended, published_on=quick),
        ]
    )
    clocks = checked(desk)["duties"]["clocks"]
    assert [(one["clock"], one["id"], one["last_day"], one["articles"]) for one in clocks] == [
        ("report", "S-1", "2026-11-11", ["LY 10"])
    ]


def test_strict_exits_1_where_something_is_warned_of_and_0_where_nothing_is(tmp_path):
    desk = Desk(tmp_path)
    desk.export(severe=[small_sites.entry("S-1")])
    assert clean(desk.run("check", "--strict")).returncode == 0
    small_sites.write_export(tmp_path / "odd", severe=[small_sites.entry("S-1", listed_on="2020-01-01")])
    odd = ("--export", str(tmp_path / "odd"))
    assert clean(desk.run("check", *odd)).returncode == 0
    assert clean(desk.run("check", "--strict", *odd)).returncode == 1
    strict = clean(desk.run("check", "--strict", "--json", *odd))
    assert strict.returncode == 1
    assert [code for code, _ in told(json.loads(strict.stdout))] == ["dates-out-of-order"]


def test_export_before_its_approval_can_be_checked_but_not_built(tmp_path):
    desk = Desk(tmp_path)
    small_sites.write_export(tmp_path / "export", severe=[small_sites.entry("S-1")], approval={"status": "pending"})
    assert clean(desk.run("check")).returncode == 1
    done = clean(desk.run("check", "--pending"))
    assert done.returncode == 0
    assert "提醒  datapackage.json:approval.status not-approved" in done.stderr
    assert clean(desk.run("build")).returncode == 1


def test_place_code_found_expected_and_hint_stand_in_the_text(tmp_path):
    desk = Desk(tmp_path)
    desk.export(
        severe=[small_sites.entry("S-1", listed_on="2020-01-01"), small_sites.entry("S-2", listed_on="2020-01-01")]
    )
    told = clean(desk.run("check")).stderr
    assert "提醒  severe-list.csv:2:listed_on dates-out-of-order 早于认定日期，应在同一天或更晚" in told
    assert told.count("核对这两个日期（大连条例第十四条）") == 1


@pytest.mark.parametrize(
    ("day", "told"), [("2027-10-31", ""), ("2027-11-01", "还有 60 天"), ("2028-01-08", "没有 2028 年的放假安排")]
)
def test_check_warns_sixty_days_before_the_known_holidays_end(tmp_path, day, told):
    desk = Desk(tmp_path)
    desk.export()
    found = [one for one in checked(desk, day=day)["findings"] if one["code"] == "holidays-end"]
    assert len(found) == bool(told)
    for one in found:
        assert (one["place"]["file"], one["warning"]) == ("holidays.yml", True)
        assert told in one["message"]
        assert "holidays.yml" in one["hint"]


def test_arrangement_of_the_next_year_moves_the_warning_and_decides_what_is_overdue(tmp_path):
    desk = Desk(tmp_path)
    desk.export(severe=[small_sites.entry("S-1", objection_received_on="2026-12-31")])
    assert warned(desk) == [("dates-out-of-order", 2)]
    assert warned(desk, day="2027-01-06") == []
    assert warned(desk, day="2027-01-07") == [("objection-overdue", 2)]
    holidays = desk.site.parent / "holidays.yml"
    holidays.write_text("2027: {notice: 演示通知, holidays: [2027-01-01/2027-01-07]}\n")
    assert warned(desk, day="2027-01-07") == []
    holidays.unlink()
    assert {code for code, _ in warned(desk, day="2027-01-07")} == {"objection-clock-unknown", "holidays-end"}


MAKERS = {
    *("Finding", "refuse", "note", "fault", "_fault", "add", "_wrong", "_stop", "_whole", "_note"),
    *("CellFault", "XlsxFault", "TextFault", "JsonFault", "Found", "Watch", "CrossWatch", "Fault"),
}
NOT_CODES = {"severe-list", "role-models", "data-public-until", "file-name"}
"""Places among the arguments of what makes a finding."""


def codes_in_the_code():
    """Every word with a hyphen that is handed to something that makes a finding."""
    found = set()
    for path in sorted((ROOT / "site_builder").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in MAKERS:
                given = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "code")]
                found |= {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return {one for one in found if re.fullmatch("[a-z]+(-[a-z0-9]+)+", one)} - NOT_CODES


def words_in_the_code():
    return {
        node.value
        for path in (ROOT / "site_builder").rglob("*.py")
        if path.name != "findings.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_code_is_explained_once_and_nothing_else_is():
    told = [code for group in GROUPS.values() for code in group]
    laws = [law.latest for law in all_shipped().values()]
    watched = {watch.code for law in laws for watch in (*law.watches, *law.cross_watches)}
    assert len(told) == len(set(told))
    assert not watched & set(told)
    assert codes_in_the_code() - set(told) - watched == set()
    assert set(told) - words_in_the_code() == set()


def test_pages_of_the_reference_are_as_the_code_makes_them():
    spec = importlib.util.spec_from_file_location("docs_make", ROOT / "docs" / "make.py")
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    for name, text in make.pages().items():
        assert (ROOT / "docs" / name).read_text() == text, f"python docs/make.py writes docs/{name} anew"


def test_authority_nobody_can_reach_is_told_once_with_how_many_published_records_name_it(tmp_path):
    desk = Desk(tmp_path)
    unknown = {"authority": "演示新设单位"}
    desk.export(
        severe=[
            small_sites.entry("S-1", **unknown),
            small_sites.entry("S-2", **unknown),
            small_sites.entry("S-3", disclosure="query", **unknown),
            small_sites.entry("S-4", disclosure="query", authority="演示从未公开的单位"),
            small_sites.entry("S-5"),
        ],
        models=[small_sites.model("R-1", awarded_by="演示新设单位"), small_sites.model("R-2")],
    )
    (found,) = webmasters_desk.told(checked(desk)["findings"])
    assert (found["code"], found["place"]["file"], found["warning"]) == (
        "authority-without-contact",
        "authorities.yml",
        True,
    )
    assert "「演示新设单位」" in found["message"]
    assert "3 条" in found["message"]
    authorities = desk.site.with_name("authorities.yml")
    authorities.write_text(authorities.read_text("utf-8") + "演示新设单位: {}\n", "utf-8")
    assert told(checked(desk)) == [("authority-without-contact", 0)]
    authorities.write_text(authorities.read_text("utf-8").replace("{}", "{phone: 演示}"), "utf-8")
    assert told(checked(desk)) == []


def test_what_published_records_cite_and_nobody_can_open_is_told_by_statute(tmp_path):
    desk = Desk(tmp_path, statutes={"《演示规定》": "https://statute.example/"})
    law = "《大连市社会信用条例》"
    desk.export(
        severe=[
            small_sites.entry("S-1", basis=["《演示办法》第二条", f"{law}第三十二条第（二）项"]),
            small_sites.entry("S-2", basis=["《演示办法》第九条", "演示文件第三号"]),
            small_sites.entry("S-3", basis=[f"{law}第九百条"]),
            small_sites.entry("S-4", basis=["《演示密件》第一条"], disclosure="query"),
        ],
        measures=[small_sites.measure("M-1", basis=["《演示办法》"])],
    )
    found = webmasters_desk.told(checked(desk)["findings"])
    assert {one["code"] for one in found} == {"basis-unlinked"}
    assert [one["message"] for one in found] == [
        "公示中的 3 条记录引用《演示办法》，本站没有它，读者打不开",
        f"公示中的 1 条记录引用{law}，引用的条、款、项本站的文本里没有",
        "公示中的 1 条记录引用「演示文件第三号」，本站没有它，读者打不开",
    ]
    site = yaml.safe_load(desk.site.read_text("utf-8"))
    site["statutes"] = {"《演示办法》": "https://statute.example/2"}
    desk.site.write_text(yaml.safe_dump(site, allow_unicode=True), "utf-8")
    found = webmasters_desk.told(checked(desk)["findings"])
    assert [law in found[0]["message"], "演示文件第三号" in found[1]["message"]] == [True, True]


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("laws/dalian.md", "没有条文", "law-empty"),
        ("pages/query.md", "没有开头", "missing-key"),
        ("themes/credit/theme.yml", "palette: {", "theme"),
    ],
)
def test_what_of_the_site_folder_stops_a_build_is_said_beforehand(tmp_path, file, text, code):
    desk = Desk(tmp_path)
    desk.export(severe=[small_sites.entry("S-1")])
    path = desk.site.parent / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    before = desk.run("check", "--json")
    stopped = desk.run("build", "--json")
    assert before.returncode == 1
    assert stopped.returncode
    for done in (before, stopped):
        assert code in {one["code"] for one in json.loads(done.stdout)["findings"]}


def test_page_of_every_kind_tells_how_its_authority_is_reached_or_else_the_office_of_the_site(tmp_path):
    desk = Desk(tmp_path, "lingyuan", unit__operator="演示信用中心", unit__phone="0429-演示")
    unknown = {"authority": "演示新设单位"}
    desk.export(
        severe=[small_sites.entry("S-1"), small_sites.entry("S-2", **unknown)],
        measures=[small_sites.measure()],
        models=[small_sites.model("R-1", awarded_by="演示新设单位")],
        others={
            Kind.WATCH: [small_sites.watched("W-1", **unknown)],
            Kind.GRADE: [small_sites.grade("G-1", rated_by="演示新设单位")],
            Kind.COMMITMENT: [small_sites.commitment("C-1", **unknown)],
            Kind.CATALOGUE: [small_sites.item("ML-1", **unknown)],
        },
    )
    assert clean(desk.run("build")).returncode == 0
    root = (desk.output / "lingyuan" / "current").resolve()

    def reached(kind, record_id):
        page = (root / urls.record(kind, record_id)).read_text("utf-8")
        return "联系单位" in page, "联系本网站" in page and "演示信用中心" in page and "0429-演示" in page

    assert reached(Kind.SEVERE, "S-1") == (True, False)
    unreached = [(Kind.SEVERE, "S-2"), (Kind.MEASURE, "M-0001"), (Kind.ROLE_MODEL, "R-1"), (Kind.WATCH, "W-1")]
    unreached += [(Kind.GRADE, "G-1"), (Kind.COMMITMENT, "C-1"), (Kind.CATALOGUE, "ML-1")]
    assert {one: reached(*one) for one in unreached} == dict.fromkeys(unreached, (False, True))
