"""Announcements are read from the site folder, every fault at once, the newest first."""

import datetime as dt

from announced import announce, jpeg
import pytest

from site_builder.content.announcements import announced, change_after, read_announcements
from site_builder.errors import Exit, SiteBuilderError


@pytest.fixture
def site(tmp_path):
    return tmp_path / "site.yml"


def test_a_folder_without_news_announces_nothing(tmp_path):
    assert read_announcements(tmp_path) == ()
    assert change_after(tmp_path, dt.date(2026, 11, 20)) is None


def test_announcements_come_newest_first_and_those_of_a_day_by_address(site):
    announce(site, "b", date="2026-11-16")
    announce(site, "c", date="2026-11-17")
    announce(site, "a", date="2026-11-16")
    assert [one.stem for one in read_announcements(site.parent)] == ["c", "a", "b"]


def test_front_matter_is_read_and_comments_are_not(site):
    announce(
        site,
        "a",
        "正文<!-- 演示员 -->。",
        title="标题",
        category="政策解读",
        until="2026-12-31",
        source="演示局",
        description="说明",
    )
    (one,) = read_announcements(site.parent)
    assert (one.title, one.category, one.source, one.description) == ("标题", "政策解读", "演示局", "说明")
    assert (one.on, one.until, one.text) == (dt.date(2026, 11, 16), dt.date(2026, 12, 31), "正文。")


@pytest.mark.parametrize(
    ("day", "stems"),
    [("2026-11-15", []), ("2026-11-16", ["a"]), ("2026-11-18", ["a"]), ("2026-11-19", []), ("2026-11-20", ["b"])],
)
def test_first_and_last_day_are_among_those_it_is_shown(site, day, stems):
    announce(site, "a", date="2026-11-16", until="2026-11-18")
    announce(site, "b", date="2026-11-20")
    assert [one.stem for one in announced(site.parent, dt.date.fromisoformat(day))] == stems


@pytest.mark.parametrize(
    ("day", "changes"),
    [
        ("2026-11-01", "2026-11-16"),
        ("2026-11-16", "2026-11-19"),
        ("2026-11-18", "2026-11-19"),
        ("2026-11-19", "2026-11-20"),
        ("2026-11-20", None),
    ],
)
def test_days_on_which_one_begins_or_is_gone_are_days_of_change(site, day, changes):
    announce(site, "a", date="2026-11-16", until="2026-11-18")
    announce(site, "b", date="2026-11-20", until="9999-12-31")
    found = change_after(site.parent, dt.date.fromisoformat(day))
    assert found == (None if changes is None else dt.date.fromisoformat(changes))


@pytest.mark.parametrize(
    ("front", "code"),
    [
        ({"title": None}, "missing-key"),
        ({"date": None}, "missing-key"),
        ({"date": "2026-02-30"}, "bad-value"),
        ({"category": None}, "missing-key"),
        ({"category": "通知"}, "bad-value"),
        ({"until": "2026-11-15"}, "bad-value"),
        ({"author": "演示员"}, "unknown-key"),
        ({"files": [{"file": "none.pdf", "title": "没有"}]}, "missing-file"),
        ({"files": [{"file": "../site.yml", "title": "外面"}]}, "bad-value"),
        ({"files": [{"file": "名单.pdf", "title": "中文"}]}, "bad-value"),
        ({"files": [{"file": "a.jpg"}]}, "missing-key"),
        ({"files": [{"file": "a.jpg", "title": "甲", "by": "演示员"}]}, "missing-key"),
        (
            {"files": [{"file": "a.jpg", "title": "甲", "sha256": "ABC", "by": "演示员", "on": "2026-11-10"}]},
            "bad-value",
        ),
        ({"files": [{"file": "a.jpg", "title": "甲"}, {"file": "a.jpg", "title": "乙"}]}, "bad-value"),
        ({}, "unlisted-file"),
    ],
)
def test_fault_refuses_the_announcement(site, front, code):
    (site.parent / "news" / "a").mkdir(parents=True)
    (site.parent / "news" / "a" / "a.jpg").write_bytes(jpeg())
    announce(site, "a", **front)
    with pytest.raises(SiteBuilderError) as refused:
        read_announcements(site.parent)
    assert refused.value.exit_code is Exit.USAGE
    assert code in [one.code for one in refused.value.findings]
    assert all(one.hint for one in refused.value.findings if one.code != "missing-key")


@pytest.mark.parametrize("stem", ["index", "2026_11", "Notice", "公告"])
def test_name_that_is_no_address_is_refused(site, stem):
    announce(site, stem)
    with pytest.raises(SiteBuilderError):
        read_announcements(site.parent)


def test_faults_of_all_announcements_are_told_at_once(site):
    announce(site, "a", title=None)
    announce(site, "b", date=None)
    with pytest.raises(SiteBuilderError) as refused:
        read_announcements(site.parent)
    assert len({one.place.file for one in refused.value.findings}) == 2


OWN = "https://own.example/credit/"


def page(site, text):
    (site.parent / "pages").mkdir(exist_ok=True)
    (site.parent / "pages" / "extra.md").write_text(f"---\ntitle: 演示\norder: 1\n---\n\n{text}\n")


def leading_away(site):
    found = []
    try:
        read_announcements(site.parent, OWN)
    except SiteBuilderError as error:
        found = error.findings
    assert all(one.code == "bad-value" and one.hint for one in found)
    return [(one.place.file.rpartition("/")[2], one.place.row) for one in found]


@pytest.mark.parametrize(
    "link",
    [
        "root:severe/S-1.html",
        "../severe/S-1.html#h",
        "../%73evere/S-1.html?a=1",
        "root:role-models/R-1.html",
        "root:measures/M-1.html",
        "root:penalties/P-1.json",
        "root:severe/2024/",
        "root:severe/by/region/210202/",
        "root:news/short.html",
        "short.html",
        "root:news/short/a.pdf",
        "root:news/later.html",
        "root:news/by/trends/",
        "root:news/by/trends/2025/",
        "root:news/2025/",
        "root:news/none.html",
        "https://own.example/credit/severe/S-1.html",
        "http://OWN.example:80/credit/%73evere/../severe/S-1.html?a=1#h",
        "<https://own.example/credit/news/short.html>",
    ],
)
@pytest.mark.parametrize("until", [None, "2027-01-31"])
def test_link_to_what_may_leave_before_the_announcement_is_refused_with_its_row(site, link, until):
    announce(site, "short", date="2025-11-16", until="2026-12-31", category="信用动态")
    announce(site, "later", date="2026-11-17")
    announce(site, "window", f"演示。\n\n见[演示]({link})。", until=until)
    (row,) = (at for at, line in enumerate((site.parent / "news/window.md").read_text().split("\n"), 1) if "](" in line)
    assert leading_away(site) == [("window.md", row)]


@pytest.mark.parametrize(
    "link",
    [
        "root:severe/",
        "root:severe/all/",
        "root:severe/index.html",
        "root:catalogue/",
        "root:guide/repair.html",
        "root:data/severe.csv",
        "https://other.example/severe/S-1.html",
        "https://own.example/severe/S-1.html",
        "https://own.example:8443/credit/severe/S-1.html",
        "https://own.example/credit/severe/",
        "https://own.example/credit",
        "https://own.example/credit/news/short.html",
        "#here",
        "root:news/short.html",
        "root:news/short/a.pdf",
        "root:news/lasting.html",
        "root:news/by/trends/",
        "root:news/2025/",
        "root:news/",
        "root:feeds/news.xml",
        "root:",
    ],
)
def test_link_to_what_stays_as_long_is_kept(site, link):
    announce(site, "short", date="2025-11-16", until="2026-12-31", category="信用动态")
    announce(site, "lasting")
    announce(site, "window", f"见[演示]({link})。", until="2026-12-31")
    assert leading_away(site) == []


@pytest.mark.parametrize("link", ["form.docx", "window/form.docx", "root:news/window/form.docx", "表.pdf"])
def test_link_to_its_own_attachment_is_answered_with_where_attachments_are_written(site, link):
    announce(site, "window", f"见[附件]({link})。")
    with pytest.raises(SiteBuilderError) as caught:
        read_announcements(site.parent)
    [finding] = caught.value.findings
    assert (finding.code, "files" in finding.hint, "until" in finding.hint) == ("bad-value", True, False)


def test_link_to_an_attachment_that_is_written_in_files_is_none_of_its_faults(site):
    announce(site, "window", "见[附件](window/form.docx)。", files={"form.docx": b"x"})
    assert leading_away(site) == []


def test_link_of_a_page_may_lead_only_to_what_is_always_there(site):
    announce(site, "short", until="2026-12-31")
    for link in ("root:severe/S-1.html", "root:news/short.html", "root:news/", "root:feeds/news.xml"):
        page(site, f"见[演示]({link})。")
        assert leading_away(site) == [("extra.md", 6)], link
    announce(site, "lasting")
    for link in ("root:news/lasting.html", "root:news/", "root:feeds/news.xml", "root:severe/", "repair.html"):
        page(site, f"见[演示]({link})。")
        assert leading_away(site) == [], link


def test_what_an_editor_leaves_while_a_file_is_open_is_passed_over(site):
    announce(site, "a", files={"form.docx": b"PK"})
    for name in ("a/~$form.docx", "a/.~lock.form.docx#", "a/.DS_Store", ".#a.md", "._a.md"):
        (site.parent / "news" / name).write_bytes(b"\xff")
    (one,) = read_announcements(site.parent)
    assert [file.name for file in one.files] == ["form.docx"]
