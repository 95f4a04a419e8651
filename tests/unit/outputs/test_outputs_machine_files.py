"""Feed, sitemap, robots, opensearch, security.txt and the release's manifest, as their readers take them."""

import datetime as dt
import hashlib
import json
from urllib.robotparser import RobotFileParser

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
import pytest
import small_sites

from site_builder.hosting.headers import headers_of
from site_builder.outputs.crawlers import Address, opensearch, robots, sitemap
from site_builder.outputs.feed import Item, atom
from site_builder.outputs.manifest import digest, file_list
from site_builder.outputs.security import expires, security_txt
from site_builder.release.shared import listed, pack

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
DAY = dt.date(2026, 1, 2)
EMPTY = dt.date(2026, 11, 18)
ROOT = "https://small.example/"
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)


def parsed(data):
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def feed(items):
    return parsed(atom("演示站", "演示单位", ROOT, f"{ROOT}feed.xml", items, EMPTY))


def item(number, day=DAY):
    return Item(day, f"{ROOT}severe/S-{number}.html", f"演示{number}", "演示摘要", day)


def assert_is_atom(root):
    """What RFC 4287 asks of every feed and entry."""
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"{ATOM}{name}")) == 1
    assert root.find(f"{ATOM}author/{ATOM}name").text
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    for entry in root.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1
        for moment in (entry.findtext(f"{ATOM}updated"), entry.findtext(f"{ATOM}published")):
            assert dt.datetime.fromisoformat(moment).utcoffset() == dt.timedelta(hours=8)


def test_feed_is_atom_with_the_newest_first():
    root = feed([item(number, DAY + dt.timedelta(days=number)) for number in range(3)])
    assert_is_atom(root)
    assert [entry.findtext(f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")] == ["演示2", "演示1", "演示0"]
    assert root.findtext(f"{ATOM}updated") == "2026-01-04T00:00:00+08:00"


def test_feed_holds_fifty_items_whatever_their_order():
    items = [item(number, DAY + dt.timedelta(days=number % 7)) for number in range(120)]
    assert atom("甲", "乙", ROOT, ROOT, items, EMPTY) == atom("甲", "乙", ROOT, ROOT, reversed(items), EMPTY)
    assert len(feed(items).findall(f"{ATOM}entry")) == 50


def test_feed_of_nothing_is_atom_of_the_day_of_the_export():
    root = feed([])
    assert_is_atom(root)
    assert root.findtext(f"{ATOM}updated") == "2026-11-18T00:00:00+08:00"


@given(TEXT, TEXT)
def test_feed_carries_any_text_without_becoming_markup(title, summary):
    root = feed([Item(DAY, f"{ROOT}a.html", title, summary, DAY)])
    entry = root.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == title
    assert entry.findtext(f"{ATOM}summary") == summary


def addresses(count):
    return [Address(f"{ROOT}severe/S-{number:06}.html", DAY) for number in range(count)]


def test_sitemap_of_fifty_thousand_pages_is_one_file():
    files = sitemap(addresses(50_000), ROOT)
    assert list(files) == ["sitemap.xml"]
    root = parsed(files["sitemap.xml"])
    assert root.tag == f"{SITEMAP}urlset"
    assert len(root) == 50_000
    assert root[0].findtext(f"{SITEMAP}lastmod") == "2026-01-02"


def test_sitemap_past_fifty_thousand_pages_is_an_index_of_parts():
    files = sitemap(addresses(50_001), ROOT)
    index = parsed(files["sitemap.xml"])
    assert index.tag == f"{SITEMAP}sitemapindex"
    named = [one.findtext(f"{SITEMAP}loc") for one in index]
    assert named == [f"{ROOT}sitemap-1.xml", f"{ROOT}sitemap-2.xml"]
    parts = [parsed(files[name.removeprefix(ROOT)]) for name in named]
    assert [len(part) for part in parts] == [50_000, 1]
    found = [one.findtext(f"{SITEMAP}loc") for part in parts for one in part]
    assert sorted(found) == [one.url for one in addresses(50_001)]


def test_sitemap_escapes_addresses_and_sorts_them():
    root = parsed(sitemap([Address(f"{ROOT}b?x=1&y=2"), Address(f"{ROOT}a")], ROOT)["sitemap.xml"])
    assert [one.findtext(f"{SITEMAP}loc") for one in root] == [f"{ROOT}a", f"{ROOT}b?x=1&y=2"]
    assert root[0].find(f"{SITEMAP}lastmod") is None


def test_robots_let_all_in():
    lines = ["User-agent: *", "Disallow:", "", f"Sitemap: {ROOT}sitemap.xml"]
    assert robots(f"{ROOT}sitemap.xml").decode().splitlines() == lines


def test_opensearch_is_well_formed_and_within_its_limits():
    root = parsed(opensearch("信用中国（辽宁大连）的一个很长很长的网站名称&", "演示 <说明>", f"{ROOT}search/"))
    assert root.tag == f"{OPENSEARCH}OpenSearchDescription"
    assert len(root.findtext(f"{OPENSEARCH}ShortName")) <= 16
    assert root.find(f"{OPENSEARCH}Url").get("template") == f"{ROOT}search/#q={{searchTerms}}"


@given(st.dictionaries(st.from_regex(r"[a-z]{1,3}[./-][a-z]{1,3}\.html", fullmatch=True), st.just("0" * 64)), st.data())
def test_file_list_is_sorted_whoever_wrote_the_files(files, data):
    pairs = data.draw(st.permutations(list(files.items())))
    cut = data.draw(st.integers(0, len(pairs)))
    lines = file_list(listed([pack(pairs[:cut], ()), pack(pairs[cut:], ())])).decode().splitlines()
    assert lines == [f"{digest}  {path}" for path, digest in sorted(files.items())]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A site under a path of its host, with natural persons in it."""
    folder = tmp_path_factory.mktemp("machine")
    site = small_sites.write_site(folder / "content", site__base_path="/sub/")
    export = small_sites.write_export(
        folder / "export",
        severe=[small_sites.entry("S-1", subject_name="演示&<公司>"), small_sites.person("S-2")],
        measures=[small_sites.measure()],
        models=[small_sites.model("R-1", valid_through=dt.date(2027, 1, 1)), small_sites.person_model("R-2")],
    )
    small_sites.build_site(site, export, folder / "out")
    return small_sites.live_root(folder / "out")


def test_feed_of_a_built_site_is_atom(built):
    root = parsed((built / "feed.xml").read_bytes())
    assert_is_atom(root)
    links = {one.findtext(f"{ATOM}id") for one in root.findall(f"{ATOM}entry")}
    assert links == {
        f"{ROOT}sub/{path}"
        for path in (
            "severe/S-1.html",
            "severe/S-2.html",
            "measures/M-0001.html",
            "role-models/R-1.html",
            "role-models/R-2.html",
        )
    }


def test_sitemap_of_a_built_site_lists_pages_that_are_there(built):
    found = [one.findtext(f"{SITEMAP}loc") for one in parsed((built / "sitemap.xml").read_bytes())]
    assert len(set(found)) == len(found)
    for url in found:
        path = url.removeprefix(f"{ROOT}sub/")
        assert path != url
        assert (built / path / "index.html" if path.endswith("/") or not path else built / path).is_file()


def test_what_names_natural_persons_may_be_fetched_and_is_marked_so_that_the_mark_is_seen(built):
    """Every file that holds such a name: a page says it itself, any other file in its header; none is barred."""
    allowed = RobotFileParser()
    allowed.parse((built / "robots.txt").read_text().splitlines())
    assert allowed.site_maps() == [f"{ROOT}sub/sitemap.xml"]
    names = [
        row["name"] for row in small_sites.rows_of(built, "role-models") if row["subject_type"] == "natural_person"
    ]
    assert names
    seen = set()
    for path, data in small_sites.files_of(built).items():
        assert allowed.can_fetch("*", f"{ROOT}sub/{path}")
        if not any(name.encode() in data for name in names):
            continue
        seen.add(path.rpartition(".")[2])
        marked = b'<meta name="robots" content="noindex' in data
        assert marked or headers_of(path).get("X-Robots-Tag") == "noindex", path
    assert {"html", "csv", "jsonl", "xml", "sqlite"} <= seen


def test_what_holds_natural_persons_squeezed_or_as_a_picture_is_marked_too(built):
    for path in small_sites.files_of(built):
        if path.startswith(("search/lookup/", "search/fulltext/", "role-models/photos/")) or path.endswith(".xlsx"):
            assert headers_of(path)["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in headers_of("search/index.html")


def test_security_txt_says_whom_to_tell_and_until_when():
    """RFC 9116: Contact and one Expires less than a year ahead are required, Canonical is below the host itself."""
    text = security_txt("演示@dalian.example", f"{ROOT}guide/contact.html", f"{ROOT}.well-known/security.txt", DAY)
    assert text.decode().splitlines() == [
        "Contact: mailto:%E6%BC%94%E7%A4%BA@dalian.example",
        f"Contact: {ROOT}guide/contact.html",
        "Expires: 2026-01-02T00:00:00+08:00",
        "Preferred-Languages: zh",
        f"Canonical: {ROOT}.well-known/security.txt",
    ]
    assert security_txt("", ROOT, ROOT, DAY).startswith(f"Contact: {ROOT}\nExpires".encode())


@given(st.dates(dt.date(2020, 1, 1), dt.date(2090, 1, 1)))
def test_security_txt_is_valid_for_months_and_changes_with_the_month_alone(day):
    until = expires(day)
    assert dt.timedelta(59) <= until - day <= dt.timedelta(92)
    assert (expires(day + dt.timedelta(1)) == until) is ((day + dt.timedelta(1)).day != 1)


def test_security_txt_of_a_site_is_in_its_place_and_in_the_list_of_files(built):
    text = (built / ".well-known" / "security.txt").read_text()
    assert f"Contact: {ROOT}sub/" in text
    assert f"Canonical: {ROOT}.well-known/security.txt" in text
    assert "  .well-known/security.txt\n" in (built / "release-files.txt").read_text()


def test_manifest_lists_every_file_but_itself_and_the_release(built):
    files = small_sites.files_of(built)
    listed = files.pop("release-files.txt")
    release = json.loads(files.pop("release.json"))
    assert listed.decode() == "".join(
        f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())
    )
    assert release["files"] == digest(listed)


def test_release_tells_the_export_and_what_is_published(built):
    release = json.loads((built / "release.json").read_text())
    export = built.parents[3] / "export" / "datapackage.json"
    assert release == {
        "version": small_sites.VERSION,
        "created": small_sites.CREATED,
        "as_of": "2026-11-20",
        "export": hashlib.sha256(export.read_bytes()).hexdigest(),
        "published": {"severe-list": 2, "measures": 1, "role-models": 2},
        "valid_through": "2027-01-01",
        "files": release["files"],
    }
