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
