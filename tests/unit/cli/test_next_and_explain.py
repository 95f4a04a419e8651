"""The calendar of coming changes, and what ``explain`` tells of a record beside its rules."""

import datetime as dt
import json

from copied_sites import copied
import pytest
import small_sites
from webmasters_desk import Desk, clean

from site_builder.cli.explain import close_ids
from site_builder.rules.decision import REASON_CLEAR, Reason
from site_builder.vocabulary import Kind


def events(text):
    """The events of a calendar file: unfolded lines, each event a dict."""
    assert text.endswith("\r\n")
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
        line.encode().decode()
    found = []
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and name != "END":
            found[-1][name] = value
    return found


@copied
def desk(folder):
    made = Desk(folder)
    made.export(
        severe=[
            small_sites.entry("S-1", removed_on="2026-12-01", subject_name="演示甲乙丙有限公司"),
            small_sites.entry("S-2", removed_on="2026-12-01"),
            small_sites.entry("S-3", published_on="2026-12-05"),
            small_sites.entry("S-4", objection_received_on="2026-11-19"),
        ],
        models=[small_sites.model("R-1", valid_through=dt.date(2026, 11, 30))],
    )
    assert made.run("build").returncode == 0
    return made


def test_calendar_has_a_day_for_every_change_with_numbers_and_no_name(desk, tmp_path):
    path = tmp_path / "coming.ics"
    done = clean(desk.run("next", "--as-of", "2026-11-20", "--calendar", str(path)))
    assert done.returncode == 0
    text = path.read_bytes().decode()
    told = {one["DTSTART;VALUE=DATE"]: one["DESCRIPTION"] for one in events(text)}
    assert told == {
        "20261124": "严重失信主体名单：1 条异议应在今天办结",
        "20261201": "诚信典型：1 条停止公示（披露期限届满）\\n严重失信主体名单：2 条停止公示（已移出名单）",
        "20261205": "严重失信主体名单：1 条开始公示",
    } | {day: words for day, words in told.items() if day > "2027"}
    assert "甲乙丙" not in text.replace("\r\n ", "")
    assert "S-1" not in text
    assert len({one["UID"] for one in events(text)}) == len(events(text))


def test_calendar_has_the_days_on_which_announcements_begin_and_are_gone(desk, tmp_path):
    news = desk.site.parent / "news"
    news.mkdir()
    head = "---\ntitle: 演示公告{}\ncategory: 公告\ndate: {}\n{}---\n\n演示正文。\n"
    (news / "a.md").write_text(head.format("甲", "2026-11-01", "until: 2026-11-30\n"))
    (news / "b.md").write_text(head.format("乙", "2026-12-01", ""))
    (news / "c.md").write_text(head.format("丙", "2026-12-24", "until: 2026-12-25\n"))
    path = tmp_path / "coming.ics"
    done = clean(desk.run("next", "--as-of", "2026-11-20", "--calendar", str(path)))
    text = path.read_bytes().decode()
    found = {one["DTSTART;VALUE=DATE"]: one for one in events(text)}
    assert found["20261201"]["DESCRIPTION"].endswith("\\n公告：1 篇开始显示\\n公告：1 篇不再显示"), done.stdout
    assert found["20261201"]["SUMMARY"].endswith("　重新构建：3 条公示内容变化，1 篇公告开始显示，1 篇公告不再显示")
    assert found["20261224"]["SUMMARY"].endswith("　重新构建：1 篇公告开始显示")
    assert found["20261226"]["DESCRIPTION"] == "公告：1 篇不再显示"
    assert "演示公告" not in text.replace("\r\n ", "")


def test_calendar_is_the_same_for_the_same_day_and_is_replaced(desk, tmp_path):
    path = tmp_path / "coming.ics"
    desk.run("next", "--as-of", "2026-11-20", "--calendar", str(path))
    first = path.read_bytes()
    desk.run("next", "--as-of", "2026-11-20", "--calendar", str(path))
    assert path.read_bytes() == first
    assert sorted(one.name for one in tmp_path.iterdir()) == ["coming.ics", "content", "export", "out"]


def test_calendar_of_another_export_is_refused(desk, tmp_path):
    small_sites.write_export(tmp_path / "other", severe=[small_sites.entry("S-1")], version="2026.11.19")
    path = tmp_path / "coming.ics"
    done = clean(desk.run("next", "--calendar", str(path), "--export", str(tmp_path / "other"), "--json"))
    assert done.returncode == 1
    assert json.loads(done.stdout)["findings"][0]["code"] == "not-live-export"
    assert not path.exists()


def test_calendar_is_never_written_into_a_release(desk):
    path = desk.output / "dalian" / "current" / "coming.ics"
    assert clean(desk.run("next", "--calendar", str(path))).returncode == 2
    assert not path.exists()


def test_explain_tells_row_columns_coming_days_and_warnings(tmp_path):
    desk = Desk(tmp_path)
    desk.export(
        severe=[
            small_sites.entry("S-1"),
            small_sites.entry("S-2", removed_on="2026-12-01", listed_on="2020-01-01"),
            small_sites.entry("S-3", removed_on="2026-11-01", notified_on=None, subject_name="演示甲乙丙有限公司"),
        ]
    )
    told = clean(desk.run("explain", "s-3")).stdout
    assert told.splitlines()[0] == "严重失信主体名单 S-3（severe-list.csv 第 4 行）"
    assert "看：移出日期 2026-11-01、overlay.yml" in told
    assert told.splitlines()[-1] == "→ 不公开：已移出名单（另外还有：未事先告知）"
    assert "甲乙丙" not in told
    told = clean(desk.run("explain", "S-2")).stdout
    assert "2026-12-01 起停止公示：已移出名单" in told
    assert "提醒：列入日期 早于认定日期" in told
    explained = json.loads(desk.run("explain", "S-2", "--json").stdout)
    assert (explained["file"], explained["row"]) == ("severe-list.csv", 3)
    assert explained["ahead"][0] == {"day": "2026-12-01", "turn": "leaves", "reason": "removed"}


def test_explain_names_the_columns_that_are_missing_and_no_other(tmp_path):
    desk = Desk(tmp_path)
    rows = [small_sites.penalty("CF-1", procedure=None), small_sites.penalty("CF-2", content="无", basis=None)]
    desk.export(severe=[small_sites.entry("S-1", remedies=None, procedure=None)], others={Kind.PENALTY: rows})
    looked = {one: clean(desk.run("explain", one)).stdout for one in ("CF-1", "CF-2", "S-1")}
    found = {one: [line.strip() for line in told.splitlines() if "看：" in line] for one, told in looked.items()}
    assert found == {"CF-1": ["看：行政处罚程序"], "CF-2": ["看：处罚依据、处罚内容"], "S-1": ["看：救济措施"]}


def test_explain_says_what_holds_with_its_days(desk):
    told = clean(desk.run("explain", "S-2")).stdout
    assert "  ✓ 已告知（告知日期 2024-05-01，认定日期 2024-05-10，公示日期 2024-05-15）（大连条例第三十三条）" in told
    assert "  ✓ 披露期限没有届满（至 2029-04-30）（大连条例第三十五条）" in told
    assert "✗" not in told


def test_what_holds_is_said_of_every_reason():
    assert set(REASON_CLEAR) == set(Reason)


@pytest.mark.parametrize(
    ("typed", "offered"), [("S-5", "S-4、S-3、S-2"), ("ｓ－１２", "S-1"), ("P-2", "S-2"), ("R1", "R-1")]
)
def test_id_that_is_not_there_is_answered_with_near_ones(desk, typed, offered):
    done = clean(desk.run("explain", typed))
    assert done.returncode == 1
    assert offered in done.stderr


def test_ids_in_which_two_characters_changed_places_are_offered_first():
    assert close_ids("YZ2023-0660", ["YZ2023-0610", "YZ2023-0609", "YZ2023-0606", "YZ2023-0660-2"])[0] == "YZ2023-0606"
    assert close_ids("YZ2023-0660", ["DX-1"]) == []


def test_folder_that_is_not_there_is_named_and_nothing_else(tmp_path):
    """A private file is written beside its place first; nobody is told of that one."""
    fresh = Desk(tmp_path)
    export = fresh.export()
    assert fresh.run("build", "--export", str(export)).returncode == 0
    wanted = tmp_path / "none" / "x.ics"
    done = clean(fresh.run("next", "--calendar", str(wanted), "--export", str(export), "--json"))
    [finding] = json.loads(done.stdout)["findings"]
    assert (done.returncode, finding["code"], finding["place"]["file"]) == (2, "missing-folder", str(wanted))
    assert str(tmp_path / "none") in finding["message"]
    assert not (tmp_path / "none").exists()


def test_link_to_the_live_site_that_is_gone_is_told_and_the_next_build_mends_it(desk):
    """Nothing else tells that no visitor is served."""
    current = desk.output / "dalian" / "current"
    current.unlink()
    done = clean(desk.run("next", "--as-of", "2026-11-20", "--json"))
    assert done.returncode == 1
    [found] = json.loads(done.stdout)["findings"]
    assert (found["code"], found["place"]["file"]) == ("damaged", "current")
    assert desk.run("build").returncode == 0
    assert current.is_dir()
    assert clean(desk.run("next", "--as-of", "2026-11-20")).returncode == 0
