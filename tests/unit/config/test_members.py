"""A site file with ``member_sites:`` a site put together of others, or every fault at once with its row."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_site_file import KEYS, LEAST

from site_builder.config.load import load_site
from site_builder.config.site import Member, Site
from site_builder.errors import Exit, SiteBuilderError

PROVINCE = """\
site:
  name: 信用演示省
  base_url: https://credit.example.cn
  theme: credit
  demo: true
unit:
  owner: 演示办公室
member_sites:
  - id: north
    name: 信用演示北市
    base_url: https://north.example.cn
  - id: south
    name: 信用演示南市
    base_url: https://credit.example.cn:8443
    base_path: /south/
    publishes: 严重失信主体名单
    division: "210202"
    key: KEY
""".replace("KEY", KEYS[0])


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "province" / "site.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def load(tmp_path: Path, text: str) -> Site:
    return load_site(write(tmp_path, text), members=True)


def faults(tmp_path: Path, text: str) -> list[tuple[str, int]]:
    with pytest.raises(SiteBuilderError) as caught:
        load(tmp_path, text)
    assert caught.value.exit_code is Exit.USAGE
    assert all(one.message and one.hint for one in caught.value.findings)
    return [(finding.code, finding.place.row) for finding in caught.value.findings]


def test_members_stand_in_the_files_order_with_their_addresses(tmp_path):
    site = load(tmp_path, PROVINCE)
    assert site.is_province
    assert site.member_sites == (
        Member("north", "信用演示北市", "https://north.example.cn", "/"),
        Member(
            "south", "信用演示南市", "https://credit.example.cn:8443", "/south/", "严重失信主体名单", "210202", KEYS[0]
        ),
    )
    assert [one.address for one in site.member_sites] == [
        "https://north.example.cn/",
        "https://credit.example.cn:8443/south/",
    ]
    assert (site.export.name, site.site.city) == ("", "")


def test_site_with_an_export_has_no_members(tmp_path):
    assert not load(tmp_path, LEAST).is_province


def test_what_needs_an_export_is_told_that_there_is_none(tmp_path):
    file = write(tmp_path, PROVINCE)
    with pytest.raises(SiteBuilderError) as caught:
        load_site(file)
    (finding,) = caught.value.findings
    assert (finding.code, finding.place.file, finding.place.row) == ("member-sites", str(file), 8)
    assert "build、check、serve" in finding.hint


@pytest.mark.parametrize(
    ("written", "instead", "found"),
    [
        ("  - id: south\n", "  - id: north\n", [("bad-value", 12)]),
        ("name: 信用演示南市", "name: 信用演示北市", [("bad-value", 13)]),
        ("base_url: https://north.example.cn", "base_url: https://CREDIT.example.cn:443", [("bad-value", 11)]),
        ("base_url: https://north.example.cn", "base_url: http://north.example.cn", [("bad-value", 11)]),
        ("base_url: https://north.example.cn", "base_url: https://north.example.cn/", [("bad-value", 11)]),
        ("base_url: https://north.example.cn", 'base_url: "https://a.cn; script-src *"', [("bad-value", 11)]),
        ("    base_url: https://north.example.cn\n", "", [("missing-key", 9)]),
        ("id: north", "id: 北", [("bad-value", 9)]),
        ('division: "210202"', 'division: "21"', [("bad-value", 17)]),
        (f"key: {KEYS[0]}", "key: AAAA", [("bad-key", 18)]),
        ("unit:", "export: {name: small, path: x}\nunit:", [("unknown-key", 6)]),
        ("unit:", "regions: {}\nunit:", [("unknown-key", 6)]),
        ("  theme: credit", "  theme: credit\n  city: dalian", [("unknown-key", 5)]),
        ("unit:", "publish: {kinds: [grades]}\nunit:", [("unknown-key", 6)]),
    ],
)
def test_fault_is_told_at_its_row(tmp_path, written, instead, found):
    assert written in PROVINCE
    assert faults(tmp_path, PROVINCE.replace(written, instead)) == found


def test_all_faults_are_told_at_once(tmp_path):
    text = PROVINCE.replace("id: north", "id: 北").replace("base_path: /south/", "base_path: south")
    assert faults(tmp_path, text) == [("bad-value", 9), ("bad-value", 15)]


def test_no_member_is_a_fault(tmp_path):
    assert faults(tmp_path, PROVINCE.partition("member_sites:")[0] + "member_sites: []\n") == [("missing-key", 8)]
    assert faults(tmp_path, PROVINCE.partition("member_sites:")[0] + "member_sites:\n") == [("missing-key", 8)]


def test_more_origins_than_a_policy_may_list_are_a_fault(tmp_path):
    head = PROVINCE.partition("member_sites:")[0]
    members = "".join(
        f'  - {{id: m{number}, name: 演示{number}, base_url: "https://a-very-long-name-{number}.example.cn"}}\n'
        for number in range(200)
    )
    assert faults(tmp_path, f"{head}member_sites:\n{members}") == [("bad-value", 8)]


@pytest.mark.parametrize(
    "name", ["overlay.yml", "lists.yml", "authorities.yml", "waivers.yml", "classes.yml", "holidays.yml"]
)
def test_file_that_would_decide_nothing_here_is_refused(tmp_path, name):
    write(tmp_path, PROVINCE)
    (tmp_path / "province" / name).write_text("", encoding="utf-8")
    assert faults(tmp_path, PROVINCE) == [("bad-value", 0)]


def test_announcements_that_would_be_shown_nowhere_are_refused(tmp_path):
    file = write(tmp_path, PROVINCE)
    news = file.parent / "news"
    news.mkdir()
    (news / "notice.md").write_text("---\ntitle: 演示公告\ncategory: 公告\ndate: 2026-11-18\n---\n", encoding="utf-8")
    assert faults(tmp_path, PROVINCE) == [("bad-value", 0)]
