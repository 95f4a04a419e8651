"""A law that changes on a day: builds on the day before and on the day differ in exactly what the change says."""

import json
import re

import dated_city
from dated_city import BEFORE, CHANGE
import pytest
import small_sites
from webmasters_desk import Desk, clean


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Sites under the law as it was, as it then is, and with its days; an export."""
    folder = tmp_path_factory.mktemp("dated")
    sites = {which: dated_city.write_site(folder, which) for which in ("before", "after", "dated")}
    return folder, sites, dated_city.write_export(folder / "export")


@pytest.fixture(scope="module")
def built(home):
    """What the web roots hold: the old law on the day before, the new one on the day, the dated one on both."""
    folder, sites, export = home
    found = {}
    for which, day in (("before", BEFORE), ("after", CHANGE), ("dated", BEFORE), ("dated", CHANGE)):
        output = folder / "out" / f"{which}-{day}"
        small_sites.build_site(sites[which], export, output, as_of=day, themes=sites[which].parent / "themes")
        found[which, day] = small_sites.files_of((output / "ys" / "current").resolve())
    return found


def told(files):
    """The files, with what tells of the day of the next change taken out of what machines read."""
    days = re.compile(rb'"(valid_through|next_change)":\s?("[0-9-]+"|null)')
    return {path: days.sub(b"", data) for path, data in files.items()}


def test_day_before_is_as_the_old_law_has_it_and_the_day_as_the_new_one_has_it(built):
    assert built["dated", CHANGE] == built["after", CHANGE]
    old, dated = told(built["before", BEFORE]), told(built["dated", BEFORE])
    assert old.keys() == dated.keys()
    assert [path for path in old if old[path] != dated[path]] == []


def test_what_the_change_says_is_there(built):
    before, after = built["dated", BEFORE], built["dated", CHANGE]

    def shown(files):
        return {path for path in files if re.fullmatch(r"(severe|role-models|measures|models)/[SRM]-[0-9].html", path)}

    names = {path.rpartition("/")[2] for path in shown(before) ^ shown(after)}
    assert names == {"S-2.html", "S-3.html", "S-4.html", "R-2.html"}
    pages = [re.sub(r"<[^>]+>", "", files["severe/S-5.html"].decode()) for files in (before, after)]
    assert ["公示至 2028-11-20" in pages[0], "公示至 2027-11-20" in pages[1]] == [True, True]
    words = [files["index.html"].decode() for files in (before, after)]
    assert ["改正满三个月可以申请" in one for one in words] == [False, True]
    laws = ["".join(files[one].decode() for one in files if re.match("laws/.*html", one)) for files in (before, after)]
    assert ["公开二年" in one for one in laws] == [False, True]
    assert ["公开三年" in one for one in laws] == [True, False]
    assert not [path for path, data in after.items() if b"until:" in data and not path.startswith("assets/")]


@pytest.fixture
def desk(home, tmp_path):
    """The site under the dated law, live on the day before."""
    _, sites, _ = home
    made = Desk.__new__(Desk)
    made.folder, made.city, made.site, made.output = tmp_path, "ys", sites["dated"], tmp_path / "out"
    dated_city.write_export(tmp_path / "export")
    clean(made.run("build", "--export", str(tmp_path / "export")))
    return made


def test_next_and_the_calendar_name_the_day(desk):
    done = clean(desk.run("next", "--json"))
    assert json.loads(done.stdout)["next_change"] == str(CHANGE)
    path = desk.folder / "coming.ics"
    done = clean(desk.run("next", "--calendar", str(path), "--export", str(desk.folder / "export")))
    assert done.returncode == 0, done.stderr
    events = path.read_bytes().decode().replace("\r\n ", "").split("BEGIN:VEVENT")
    [event] = [one for one in events if f"{CHANGE:%Y%m%d}\r" in one or f"{CHANGE:%Y%m%d}\n" in one]
    assert "严重失信主体名单：1 条停止公示（披露期限届满）" in event
    assert "1 条停止公示（应载明的内容不全）" in event
    assert "1 条开始公示" in event


def test_diff_of_the_law_names_records_day_and_reason(desk):
    arguments = ("law", "diff", "--from", str(BEFORE), "--to", str(CHANGE), "--site", desk.site)
    done = clean(desk.on(str(BEFORE), *arguments, "--export", desk.folder / "export", "--json"))
    assert done.returncode == 0, done.stderr
    [law] = json.loads(done.stdout)["laws"]
    records = {(one["kind"], one["effect"], one["reason"]): one["ids"] for one in law["records"]}
    assert records == {
        ("role-models", "leaves", "incomplete"): ["R-2"],
        ("severe-list", "appears", "natural_person"): ["S-2"],
        ("severe-list", "leaves", "incomplete"): ["S-3"],
        ("severe-list", "leaves", "expired"): ["S-4"],
        ("severe-list", "last_day", None): ["S-5"],
    }
    assert {one["day"] for one in (*law["records"], *law["changes"])} == {str(CHANGE)}
    places = {"失信信息的披露期限", "严重失信主体名单", "诚信典型", "words.yml", "条文（yanshi.md）"}
    assert {one["where"] for one in law["changes"]} == places
    assert all(one["before"] != one["after"] for one in law["changes"])
    text = clean(desk.on(str(BEFORE), *arguments, "--export", desk.folder / "export")).stdout
    assert "严重失信主体名单：1 条停止公示（应载明的内容不全）：S-3" in text
    assert "演示商贸" not in text


def test_nothing_is_told_between_days_without_a_change(desk):
    days = ("--from", CHANGE, "--to", "2030-01-01")
    done = clean(desk.on(str(CHANGE), "law", "diff", *days, "--site", desk.site, "--export", desk.folder / "export"))
    assert "法规没有改变" in done.stdout


def test_export_after_the_change_explains_what_comes_and_goes(desk):
    later = dated_city.write_export(desk.folder / "next", "2026.11.21")
    done = clean(desk.run("diff", "--export", str(later), day=str(CHANGE), today=str(CHANGE)))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "S-3（应载明的内容不全，法规改变）" in done.stdout
    assert f"法规改变（{CHANGE}）：严重失信主体名单因此撤下 2：S-3、S-4" in done.stdout
    assert f"法规改变（{CHANGE}）：严重失信主体名单因此新增 1：S-2" in done.stdout
    assert "因日期、处置或法规改变撤下的 2 条不算，其余少 0 条" in done.stdout
    built = clean(desk.run("build", "--export", str(later), day=str(CHANGE), today=str(CHANGE)))
    assert built.returncode == 0, built.stderr


def test_change_of_law_brings_back_nothing_an_order_or_a_repair_took_away(desk):
    """What was withheld by the old law alone comes; what was taken away besides comes by leave alone."""
    small_sites.write_overlay(desk.site, [{"kind": "severe-list", "id": "S-2", "what": "court", "on": str(BEFORE)}])
    try:
        clean(desk.run("build", "--export", str(desk.folder / "export")))
        small_sites.write_overlay(desk.site, [])
        later = dated_city.write_export(desk.folder / "next", "2026.11.21")
        done = clean(desk.run("build", "--export", str(later), day=str(CHANGE), today=str(CHANGE)))
        assert done.returncode == 1
        assert "resurrected" in done.stderr
        assert "S-2" in done.stderr
    finally:
        small_sites.write_overlay(desk.site, [])


def test_shard_looks_no_further_than_the_change_of_law(home):
    _, sites, export = home
    found = small_sites.examined(sites["dated"], export, as_of=BEFORE)
    assert {one.next_change for one in found.surveys} == {CHANGE}
    assert found.resolved.next_change == CHANGE
    assert small_sites.examined(sites["dated"], export, as_of=CHANGE).resolved.next_change != CHANGE
