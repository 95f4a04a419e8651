"""lists.yml, authorities.yml, overlay.yml and holidays.yml."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
import re

import pytest
import small_sites

from site_builder.config.companions import (
    Arrangement,
    Authority,
    ListProfile,
    OverlayItem,
    profile_for,
    read_authorities,
    read_holidays,
    read_lists,
    read_overlay,
)
from site_builder.errors import Exit, SiteBuilderError
from site_builder.starter.folder import HERE
from site_builder.vocabulary import ACTION_WORDS, LABELS, Action, Kind


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "companion.yml"


def faults(read, file: Path, text: str) -> list[tuple[str, int]]:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SiteBuilderError) as caught:
        read(file)
    assert caught.value.exit_code is Exit.USAGE
    return [(finding.code, finding.place.row) for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("read", "empty"), [(read_lists, {}), (read_authorities, {}), (read_overlay, ()), (read_holidays, ())]
)
@pytest.mark.parametrize("text", [None, "", "# 空\n", "~\n"])
def test_an_absent_or_empty_file_is_empty(file, read, empty, text):
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert read(file) == empty


def test_a_link_that_leads_nowhere_is_not_taken_for_an_absent_file(file):
    file.symlink_to("nowhere.yml")
    with pytest.raises(SiteBuilderError):
        read_overlay(file)


def test_list_profiles_are_read_by_either_name_of_the_keys(file):
    file.write_text(
        "default: {recognition: 甲, removal: 乙, objection: 丙, repair: 丁}\n"
        "演示名单:\n  认定办法: 一\n  移出: |\n    二\n    三\n",
        encoding="utf-8",
    )
    assert read_lists(file) == {
        "default": ListProfile("甲", "乙", "丙", "丁"),
        "演示名单": ListProfile("一", "二\n三", "", ""),
    }


def test_a_list_without_a_profile_takes_the_default():
    default, own = ListProfile("甲"), ListProfile("乙")
    assert profile_for({"default": default, "演示名单": own}, "演示名单") is own
    assert profile_for({"default": default}, "演示名单") is default
    assert profile_for({}, "演示名单") is None


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("- x\n", "wrong-type", 1),
        ("default: x\n", "wrong-type", 1),
        ("default:\n  removed: x\n", "unknown-key", 2),
        ("default:\n  移出: x\n  removal: y\n", "duplicate-key", 2),
        ("a:\n  移出: x\n'a ':\n  移出: y\n", "duplicate-key", 3),
        ("default:\n  移出: [x]\n", "wrong-type", 2),
        ("'': {移出: x}\n", "bad-value", 1),
    ],
)
def test_a_wrong_list_profile_is_refused(file, text, code, row):
    assert faults(read_lists, file, text) == [(code, row)]


def test_authorities_are_read_by_name(file):
    file.write_text(
        "演示局: {phone: 0411-00000000, address: 演示路1号, hours: 工作日, link: 'https://a.example.cn/x?y=1#z'}\n演示委:\n",
        encoding="utf-8",
    )
    assert read_authorities(file) == {
        "演示局": Authority("0411-00000000", "演示路1号", "工作日", "https://a.example.cn/x?y=1#z"),
        "演示委": Authority(),
    }


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "//a.cn", "a.cn", "ftp://a.cn", "https://", "https://a.cn/ x", "https://u@a.cn", "http:a"],
)
def test_a_link_that_is_no_web_address_is_refused(file, link):
    assert faults(read_authorities, file, f"演示局:\n  link: '{link}'\n") == [("bad-value", 2)]


ITEM = """\
- kind: severe-list
  id: DL-1
  on: 2026-03-01
  what: objection
  closed_on: 2026-03-04
  by: 演示室
  why: |
    演示理由
"""


def test_an_overlay_entry_is_read_with_its_row(file):
    file.write_text(ITEM, encoding="utf-8")
    assert read_overlay(file) == (
        OverlayItem(
            kind=Kind.SEVERE,
            id="DL-1",
            on=dt.date(2026, 3, 1),
            what=Action.OBJECTION,
            closed_on=dt.date(2026, 3, 4),
            by="演示室",
            why="演示理由",
            row=1,
        ),
    )


ALLOWED = {
    "severe-list": {"court", "revoked", "repaired", "removed", "objection"},
    "measures": {"court"},
    "role-models": {"court", "withdrawn", "objection"},
    "watch-list": {"court", "revoked", "repaired", "removed", "objection"},
    "catalogue": {"court"},
    "grades": {"court", "withdrawn", "objection"},
    "commitments": {"court", "revoked", "repaired", "withdrawn", "objection"},
    "penalties": {"court", "revoked", "repaired", "objection"},
    "licences": {"court", "withdrawn", "objection"},
    "abnormal-list": {"court", "revoked", "removed", "objection"},
}


@pytest.mark.parametrize("what", sorted(Action))
@pytest.mark.parametrize("kind", sorted(Kind))
def test_each_kind_takes_only_what_the_rules_let_it(file, kind, what):
    text = f"- {{kind: {kind}, id: a, on: 2026-03-01, what: {what}, by: 甲, why: 乙}}\n"
    if what in ALLOWED[kind]:
        file.write_text(text, encoding="utf-8")
        assert len(read_overlay(file)) == 1
    else:
        assert faults(read_overlay, file, text) == [("bad-value", 1)]


@pytest.mark.parametrize(
    ("old", "new", "code", "row"),
    [
        ("on: 2026-03-01", "on: 2026-02-29", "bad-value", 3),
        ("on: 2026-03-01", "on: 20260301", "bad-value", 3),
        ("on: 2026-03-01", "on: 2026-3-1", "bad-value", 3),
        ("closed_on: 2026-03-04", "closed_on: 2026-02-28", "bad-value", 5),
        ("what: objection", "what: court", "bad-value", 5),
        ("what: objection", "what: 异 议", "bad-value", 4),
        ("kind: severe-list", "kind: 失信名单", "bad-value", 1),
        ("kind: severe-list", "kind: severe", "bad-value", 1),
        ("id: DL-1", "id: ../x", "bad-value", 2),
        ("  by: 演示室\n", "", "missing-key", 1),
        ("  by: 演示室\n", "  by: 演示室\n  note: x\n", "unknown-key", 7),
        ("  id: DL-1\n", "  id: DL-1\n  id: DL-2\n", "duplicate-key", 3),
    ],
)
def test_a_wrong_overlay_entry_is_refused(file, old, new, code, row):
    assert faults(read_overlay, file, ITEM.replace(old, new)) == [(code, row)]


@pytest.mark.parametrize("text", ["kind: x\n", "- x\n", "x\n"])
def test_an_overlay_that_is_no_list_of_entries_is_refused(file, text):
    assert faults(read_overlay, file, text) == [("wrong-type", 1)]


@pytest.mark.parametrize("word", ACTION_WORDS)
def test_overlay_may_be_written_in_the_words_people_read(file, word):
    what = ACTION_WORDS[word]
    kind = next(kind for kind in Kind if what in ALLOWED[kind])
    file.write_text(f"- {{kind: {LABELS[kind]}, id: a, on: 2026-03-01, what: {word}, by: 甲, why: 乙}}\n", "utf-8")
    [item] = read_overlay(file)
    assert (item.kind, item.what) == (kind, what)


OVERLAYS = [HERE / "overlay.yml", *sorted((small_sites.PROGRAM / "content").glob("*/overlay.yml"))]


@pytest.mark.parametrize("path", OVERLAYS, ids=lambda path: path.parent.name)
def test_overlay_of_a_new_site_says_truly_what_each_kind_takes(path):
    said = dict(re.findall(r"^#   ([a-z-]+) \S+：([a-z ]+)$", path.read_text("utf-8"), re.MULTILINE))
    assert {kind: set(words.split()) for kind, words in said.items()} == ALLOWED
    labels = dict(re.findall(r"^#   ([a-z-]+) (\S+)：[a-z ]+$", path.read_text("utf-8"), re.MULTILINE))
    assert labels == {kind.value: LABELS[kind] for kind in Kind}


def test_overlay_messages_repeat_nothing_that_was_written(file):
    text = """\
- {kind: 秘密, id: 秘密, on: 秘密, what: 秘密, closed_on: 秘密, by: [秘密], why: {秘密: 秘密}, 秘密: 1}
- 秘密
- {why: "秘密\\t"}
"""
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SiteBuilderError) as caught:
        read_overlay(file)
    assert "秘密" not in str(caught.value)


def test_arrangements_of_holidays_are_read_by_either_name_of_the_keys(file):
    file.write_text(
        "2027:\n  notice: 演示通知\n  holidays: [2026-12-31/2027-01-02, 2027-05-01]\n  workdays: [2027-01-09]\n"
        "'2028': {通知: 演示, 放假: [2028-01-01]}\n",
        encoding="utf-8",
    )
    days = (dt.date(2026, 12, 31), dt.date(2027, 1, 1), dt.date(2027, 1, 2), dt.date(2027, 5, 1))
    assert read_holidays(file) == (
        Arrangement(2027, "演示通知", days, (dt.date(2027, 1, 9),)),
        Arrangement(2028, "演示", (dt.date(2028, 1, 1),), ()),
    )


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("2027: {holidays: [2027-01-01]}\n", "missing-key", 1),
        ("2027: {notice: 演示}\n", "missing-key", 1),
        ("27: {notice: 演示, holidays: [2027-01-01]}\n", "bad-value", 1),
        ("2027:\n  notice: 演示\n  holidays: [2027-02-30]\n", "bad-value", 3),
        ("2027:\n  notice: 演示\n  holidays: [20270101]\n", "bad-value", 3),
        ("2027:\n  notice: 演示\n  holidays: [2027-01-03/2027-01-01]\n", "bad-value", 3),
        ("2027:\n  notice: 演示\n  holidays: [2027-01-01/2027-12-31]\n", "bad-value", 3),
        ("2027:\n  notice: 演示\n  holidays: [2028-01-01]\n", "bad-value", 3),
        ("2027:\n  notice: 演示\n  holidays: [2026-11-30]\n", "bad-value", 3),
        ("2027:\n  notice: 演示\n  holidays: [2027-01-01]\n  workdays: [2027-01-04]\n", "bad-value", 4),
        ("2027:\n  notice: 演示\n  holidays: [2027-01-02]\n  workdays: [2027-01-02]\n", "bad-value", 4),
        ("2027:\n  notice: 演示\n  holidays: 2027-01-01\n", "wrong-type", 3),
        ("2027:\n  notice: 演示\n  holidays: [2027-01-01]\n  weekends: []\n", "unknown-key", 4),
        (
            "2027: {notice: 演, holidays: [2027-01-01]}\n2027: {notice: 示, holidays: [2027-01-02]}\n",
            "duplicate-key",
            2,
        ),
    ],
)
def test_a_wrong_arrangement_is_refused(file, text, code, row):
    assert faults(read_holidays, file, text) == [(code, row)]
