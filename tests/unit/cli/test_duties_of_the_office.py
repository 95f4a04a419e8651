"""What the law asks of the office beside publishing: told by ``check``, shown where visitors are to see it."""

import datetime as dt
import json

import pytest
import small_sites
from webmasters_desk import Desk, clean
import yaml

from site_builder.pages import urls
from site_builder.vocabulary import Kind


def checked(desk, **changes):
    return json.loads(clean(desk.run("check", "--json", **changes)).stdout)


def asked(desk):
    """What is asked for but what stands above every city, and what a list rests on."""
    standing = {"upper-law-unread", "list-without-basis"}
    return [one for one in checked(desk)["findings"] if one["code"] not in standing]


def live(desk):
    return (desk.output / desk.city / "current").resolve()


def settings(desk, **sections):
    described = yaml.safe_load(desk.site.read_text("utf-8"))
    desk.site.write_text(yaml.safe_dump(described | sections, allow_unicode=True), "utf-8")


def test_measures_suspended_for_a_time_stand_on_no_page_meanwhile_and_return_on_the_day_after(tmp_path):
    desk = Desk(tmp_path)
    held = {"measures_suspended_from": dt.date(2026, 11, 21), "measures_suspended_until": dt.date(2026, 11, 23)}
    desk.export(
        severe=[small_sites.entry("S-1", measure_ids=["M-0001"], **held), small_sites.entry("S-2")],
        measures=[small_sites.measure()],
    )
    for day, shown in (("2026-11-20", True), ("2026-11-21", False), ("2026-11-23", False), ("2026-11-24", True)):
        assert clean(desk.run("build", day=day, today=day)).returncode == 0
        root = live(desk)
        page = (root / urls.record(Kind.SEVERE, "S-1")).read_text("utf-8")
        rows = [json.loads(line) for line in (root / "data" / "severe-list.jsonl").read_text("utf-8").splitlines()]
        cited = (root / urls.record(Kind.MEASURE, "M-0001")).read_text("utf-8")
        assert ("measures/M-0001.html" in page, "暂时解除" in page) == (shown, not shown)
        assert {row["id"]: bool(row["measure_ids"]) for row in rows} == {"S-1": shown, "S-2": False}
        assert ("severe/S-1.html" in cited) is shown
        assert "演示惩戒提示" in page


@pytest.mark.parametrize(
    ("built", "changes"), [("2026-11-20", "2026-11-21"), ("2026-11-21", "2026-11-24"), ("2026-11-23", "2026-11-24")]
)
def test_next_knows_the_days_on_which_measures_are_suspended_and_return(tmp_path, built, changes):
    held = {"measures_suspended_from": dt.date(2026, 11, 21), "measures_suspended_until": dt.date(2026, 11, 23)}
    export = small_sites.write_export(
        tmp_path / "export",
        severe=[small_sites.entry("S-1", measure_ids=["M-0001"], **held)],
        measures=[small_sites.measure()],
    )
    site = small_sites.write_site(tmp_path / "content")
    found = small_sites.examined(site, export, as_of=dt.date.fromisoformat(built))
    assert found.resolved.next_change == dt.date.fromisoformat(changes)


def test_measures_without_an_end_of_their_suspension_stay_off(tmp_path):
    desk = Desk(tmp_path)
    row = small_sites.entry("S-1", measure_ids=["M-0001"], measures_suspended_from=dt.date(2026, 11, 1))
    desk.export(severe=[row], measures=[small_sites.measure()])
    assert clean(desk.run("build")).returncode == 0
    assert "measures/M-0001.html" not in (live(desk) / urls.record(Kind.SEVERE, "S-1")).read_text("utf-8")


def test_what_is_past_its_term_is_counted_for_the_archive_where_the_law_asks_for_one(tmp_path):
    old = {"act_ended_on": dt.date(2021, 4, 30)}
    lists = {
        "severe": [small_sites.entry("S-1", **old), small_sites.entry("S-2"), small_sites.entry("S-3", **old)],
        "models": [small_sites.model("R-1", valid_through=dt.date(2026, 1, 1))],
        "others": {Kind.COMMITMENT: [small_sites.breach("C-1", act_ended_on=dt.date(2020, 1, 1))]},
    }
    desk = Desk(tmp_path / "a", "lingyuan")
    desk.export(**lists)
    assert checked(desk)["duties"]["archived"] == [
        {"kind": "severe-list", "count": 2, "articles": ["LY 15", "LY 33"]},
        {"kind": "commitments", "count": 1, "articles": ["LY 15", "LY 33"]},
    ]
    told = desk.run("check").stdout
    assert "应转档保存：3 条" in told
    assert "不得从源数据中删除（凌源办法第十五条、第三十三条）：2 条" in told
    other = Desk(tmp_path / "b")
    other.export(**lists)
    assert checked(other)["duties"]["archived"] == []
    assert "应转档" not in other.run("check").stdout


def test_withhold_says_that_the_row_of_the_source_is_never_deleted(tmp_path):
    desk = Desk(tmp_path)
    desk.export(severe=[small_sites.entry("S-1"), small_sites.entry("S-2")])
    assert clean(desk.run("build")).returncode == 0
    done = clean(desk.run("withhold", "S-1", "--by", "演示员", "--why", "演示裁定"))
    assert done.returncode == 0
    assert "源数据不得删除" in done.stdout


def test_query_rules_of_the_site_are_told_on_their_page_and_what_lacks_is_asked_for_by_the_law_that_has_them(tmp_path):
    desk = Desk(tmp_path)
    desk.export(severe=[small_sites.entry("S-1")])
    page = desk.site.with_name("pages") / "query.md"
    page.write_text(page.read_text("utf-8") + "{查询服务规范}\n", "utf-8")
    assert asked(desk) == []
    assert clean(desk.run("build")).returncode == 0
    shown = (live(desk) / urls.guide("query")).read_text("utf-8")
    assert "演示〔2026〕0号，演示单位，2026-01-05 公布" in shown
    assert 'href="https://norm.example/"' in shown
    settings(desk, query_rules={"number": "演示〔2026〕0号", "day": "2026-01-05"})
    (found,) = asked(desk)
    assert (found["code"], found["place"]["file"], found["articles"]) == ("query-rules-unnamed", "site.yml", ["DL 20"])
    assert "制定单位、网址" in found["message"]
    settings(desk, query_rules={})
    assert clean(desk.run("build")).returncode == 0
    assert "{查询服务规范}" not in (live(desk) / urls.guide("query")).read_text("utf-8")


def test_rules_of_each_list_are_told_on_its_page_and_what_lacks_is_asked_for_by_the_law_that_has_them(tmp_path):
    desk = Desk(tmp_path, "lingyuan")
    rows = [small_sites.entry("S-1"), small_sites.entry("S-2", list_name="演示另一名单")]
    desk.export(severe=[*rows, small_sites.entry("S-3", list_name="演示没有公开的名单", disclosure="query")])
    assert asked(desk) == []
    lists = desk.site.with_name("lists.yml")
    said = "认定办法: 演示办法, 移出: 甲, 异议: 乙, 修复: 丙, 文号: 演示令1号, 日期: 2026-02-03, 制定单位: 演示部"
    lists.write_text(f"{lists.read_text('utf-8')}演示另一名单: {{{said}}}\n", "utf-8")
    (found,) = asked(desk)
    assert (found["code"], found["articles"]) == ("recognition-rules-unnamed", ["LY 21", "LY 25"])
    assert "「演示另一名单」的认定办法没有写明网址" in found["message"]
    assert clean(desk.run("build")).returncode == 0
    page = (live(desk) / urls.by(Kind.SEVERE, "list", urls.slug("演示另一名单")) / "index.html").read_text("utf-8")
    assert "演示办法（演示令1号，演示部，2026-02-03 公布）" in page


@pytest.mark.parametrize("text", ["day: 2026-02-31", "link: norm.example", "title: 演示"])
def test_query_rules_written_wrong_are_refused(tmp_path, text):
    desk = Desk(tmp_path)
    desk.export(severe=[])
    key, _, value = text.partition(": ")
    settings(desk, query_rules={key: value})
    assert desk.run("check", "--json").returncode == 2


REAL = {"marks-empty", "digest-old"}


def asked_of(desk, day="2026-11-20"):
    return {one["code"]: one for one in checked(desk, day=day)["findings"] if one["code"] in REAL}


def test_real_site_is_told_of_marks_it_lacks_and_of_digests_not_looked_at_for_a_year(tmp_path):
    desk = Desk(tmp_path)
    desk.export(severe=[small_sites.entry("S-1")])
    assert asked_of(desk, "2028-01-01") == {}
    described = yaml.safe_load(desk.site.read_text("utf-8"))["site"]
    settings(desk, site=described | {"demo": False}, law={"review": [{"rule": "cn-repair-2026", "answer": "pending"}]})
    found = asked_of(desk)
    assert set(found) == {"marks-empty"}
    assert found["marks-empty"]["message"] == "正式的网站没有写网站标识码、ICP 备案号、公安备案号"
    settings(desk, marks={"site_id": "2102000000", "icp": "辽ICP备00000000号", "police": "辽公网安备00000000号"})
    assert asked_of(desk) == {}
    assert "已经超过一年" in asked_of(desk, "2028-01-01")["digest-old"]["message"]
    text = (desk.site.parent / "laws" / "dalian.md").read_text("utf-8")
    (desk.site.parent / "laws" / "dalian.md").write_text(text.replace("整理于", "写于"), "utf-8")
    assert asked_of(desk)["digest-old"]["place"]["file"] == "laws/dalian.md"
