"""Every page of a site: valid HTML, live links, the head the standard asks for, and nothing it should not tell."""

import datetime as dt
from functools import partial
import json
import re

import full_exports
import html5lib
import pytest
import read_pages
import small_sites

from site_builder.errors import SiteBuilderError
from site_builder.law.cities import all_shipped
from site_builder.pages import urls
from site_builder.vocabulary import OPTIONAL, Kind

FOLDERS = {Kind.SEVERE: "severe", Kind.MEASURE: "measures", Kind.ROLE_MODEL: "role-models"} | {
    kind: kind.value for kind in OPTIONAL
}
OLDER = re.compile(r".*/page-[0-9a-f]{12}\.html")
SAMPLE = 60


def record_pages(shown):
    """(kind, row of the download, page) of every record."""
    for kind, folder in FOLDERS.items():
        for row in shown.rows(kind):
            yield kind, row, shown.pages[f"{folder}/{row['id']}.html"]


def persons(shown):
    """The names and ids of the natural persons a site shows."""
    rows = [row for kind in (Kind.SEVERE, Kind.ROLE_MODEL) for row in shown.rows(kind)]
    return [
        (row["id"], row.get("subject_name") or row["name"]) for row in rows if row["subject_type"] == "natural_person"
    ]


def test_every_address_of_the_contract_is_there(shown):
    wanted = [
        "index.html",
        "severe/index.html",
        "severe/2024/index.html",
        "severe/2023/index.html",
        "severe/by/authority/index.html",
        "severe/by/region/index.html",
        "severe/by/category/index.html",
        "severe/by/list/index.html",
        "severe/by/pinyin/index.html",
        "severe/S-0001.html",
        "severe/P-1.html",
        "measures/index.html",
        "measures/M-0001.html",
        "role-models/index.html",
        "role-models/R-1.html",
        "role-models/Q-1.html",
        f"laws/{shown.city}.html",
        "statistics/index.html",
        "search/index.html",
        "guide/index.html",
        "guide/objection.html",
        "sitemap.html",
        "404.html",
        "data/index.html",
        "data/datapackage.json",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "opensearch.xml",
        "release.json",
        "release-files.txt",
    ]
    wanted += [f"data/{kind}.{extension}" for kind in Kind for extension in ("csv", "jsonl", "xlsx")]
    for key in ("authority", "region", "category", "list", "pinyin"):
        assert any(path.startswith(f"severe/by/{key}/") and path.count("/") > 3 for path in shown.files)
    for key in ("kind", "body", "basis", "clause"):
        assert any(path.startswith(f"measures/by/{key}/") for path in shown.files)
    for key in ("category", "year"):
        assert any(path.startswith(f"role-models/by/{key}/") for path in shown.files)
    assert [path for path in wanted if path not in shown.files] == []
    assert any(re.fullmatch(r"severe/2024/page-[0-9a-f]{12}\.html", path) for path in shown.files)


def test_regulation_has_an_anchor_an_article_and_item(shown):
    page = shown.pages[f"laws/{shown.city}.html"]
    ids = {element.get("id") for element in page.iter()}
    article = {"dalian": "art-32", "lingyuan": "art-35"}[shown.city]
    assert {article, f"{article}-1"} <= ids


def test_record_and_regulation_link_to_one_another(shown):
    entries = {address for _, address in read_pages.links_of(shown.pages["severe/T-1.html"])}
    article = {"dalian": "art-32-2", "lingyuan": "art-21"}[shown.city]
    assert f"../laws/{shown.city}.html#{article}" in entries
    back = {
        read_pages.target_of(f"laws/{shown.city}.html", address, shown.base_path)
        for _, address in read_pages.links_of(shown.pages[f"laws/{shown.city}.html"])
    }
    assert (f"laws/{shown.city}/{article}/index.html", "") in back


def test_no_link_is_dead(shown):
    assert read_pages.dead_links(shown.files, shown.base_path) == []


def test_links_are_relative_but_for_the_404_page(shown):
    for path, page in shown.pages.items():
        for element, address in read_pages.links_of(page):
            if element.get("rel") == "canonical" or "://" in address:
                continue
            if path == "404.html":
                assert address.startswith((shown.base_path, "#"))
            else:
                assert not address.startswith("/"), (path, address)


def test_no_page_asks_anything_of_another_host(shown):
    for path, page in shown.pages.items():
        for tag in ("script", "img", "iframe", "source", "video", "audio", "object", "embed"):
            for element in page.iter(tag):
                assert "//" not in (element.get("src") or element.get("data") or ""), path
        for element in page.iter("link"):
            if element.get("rel") != "canonical":
                assert "//" not in element.get("href"), path
        assert not list(page.iter("iframe")), path


def test_every_kind_of_page_is_valid_html(shown):
    """A strict parser stops at the first error; rows and records repeat one template, so a sample of them is read."""
    seen = [path for path in shown.pages if not re.fullmatch(r"severe/S-.*\.html", path)]
    for path in [*seen, "severe/S-0000.html"]:
        html5lib.HTMLParser(strict=True).parse(shown.files[path])


def test_ids_on_a_page_are_unique(shown):
    for path, page in shown.pages.items():
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        assert len(set(ids)) == len(ids), path


def test_every_page_has_one_heading_one_main_and_its_language(shown):
    for path, page in shown.pages.items():
        assert page.get("lang") == "zh-CN", path
        assert len(list(page.iter("h1"))) == 1, path
        assert [main.get("id") for main in page.iter("main")] == ["main"], path
        assert page.findtext(".//title").strip(), path


def test_titles_are_unique(shown):
    titles = [page.findtext(".//title") for path, page in shown.pages.items()]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_every_page_has_the_metadata_of_a_government_site(shown):
    for path, page in shown.pages.items():
        meta = read_pages.meta_of(page)
        for name in ("sitename", "sitedomain", "columnname", "articletitle", "contentsource", "description", "url"):
            assert len(meta.get(name, [])) == 1, (path, name)
            assert meta[name][0].strip(), (path, name)
        assert meta["sitename"] == ["信用演示站"]
        assert meta["sitedomain"] == ["small.example"]
        assert "siteidcode" not in meta, path


def test_metadata_of_a_record_is_the_records(shown):
    for kind, row, page in record_pages(shown):
        meta = read_pages.meta_of(page)
        assert meta["pubdate"] == [row["published_on"]]
        name = row.get("subject_name") or row.get("name") or row.get("title") or row["item"]
        assert name in meta["articletitle"][0]
        assert name in meta["keywords"][0]
        told = {Kind.SEVERE: "source", Kind.MEASURE: "", Kind.ROLE_MODEL: "awarded_by", Kind.GRADE: "rated_by"}
        source = row.get(told.get(kind, "authority"), "演示主办单位")
        assert meta["contentsource"] == [source]
        assert meta["url"] == [row["url"]]


def test_canonical_address_of_a_page_is_its_own(shown):
    for path, page in shown.pages.items():
        canonical = [one.get("href") for one in page.iter("link") if one.get("rel") == "canonical"]
        address = "" if path == "index.html" else path.removesuffix("index.html")
        assert canonical == [f"https://small.example{shown.base_path}{address}"], path


def shown_texts(kind, row):
    """The texts of a row that stand on its page as they are."""
    apart = {
        "url",
        "subject_type",
        "category",
        "kind",
        "basis_level",
        "disclosure",
        "grade",
        "state",
        "procedure",
        "gravity",
        "current_state",
        "region",
        "measure_ids",
        "clause",
        "deeds",
        "photo",
    }
    apart |= {"term_text"} if row.get("public_until") else set()
    for name, value in row.items():
        if name in apart or value is None or isinstance(value, bool) or (kind is Kind.MEASURE and name == "content"):
            continue
        for item in value if isinstance(value, list) else [value]:
            yield from (read_pages.plain(line) for line in item.split("\n") if line.strip())


def test_page_of_a_record_shows_every_field_that_is_shown(shown):
    missing = set()
    for kind, row, page in record_pages(shown):
        text = read_pages.text_of(page)
        missing |= {
            (kind.value, name) for name in row for one in shown_texts(kind, {name: row[name]}) if one not in text
        }
    assert sorted(missing) == []


def test_page_of_an_entry_names_its_measures_in_force(shown):
    text = read_pages.text_of(shown.pages["severe/T-1.html"])
    assert "演示限制措施M-0001" in text
    assert "演示限制措施M-0002" in text
    assert "演示限制措施M-0003" not in text
    assert "2027-01-01" in read_pages.text_of(shown.pages["measures/M-0003.html"])


def test_region_the_site_does_not_know_is_called_another(shown):
    assert "其他地区" in read_pages.text_of(shown.pages["severe/T-2.html"])
    assert "中山区" in read_pages.text_of(shown.pages["severe/S-0001.html"])


def test_text_is_never_markup(shown):
    page = shown.pages["severe/T-5.html"]
    assert "<script>演示</script>" in read_pages.text_of(page)
    assert not [one for one in page.iter("script") if "演示" in (one.text or "")]


def test_page_that_names_a_natural_person_is_kept_from_indexes(shown):
    named = [name for _, name in persons(shown)]
    assert named
    listed = shown.files["sitemap.xml"].decode()
    for path, page in shown.pages.items():
        if any(name in read_pages.plain(page.text_content()) for name in named):
            assert read_pages.is_noindex(page), path
            address = "" if path == "index.html" else path.removesuffix("index.html")
            assert f"<loc>https://small.example{shown.base_path}{address}</loc>" not in listed, path


def test_page_that_names_none_may_be_indexed(shown):
    listed = shown.files["sitemap.xml"].decode()
    for path in (
        "index.html",
        "severe/S-0001.html",
        "measures/M-0001.html",
        "role-models/R-1.html",
        "statistics/index.html",
    ):
        assert not read_pages.is_noindex(shown.pages[path]), path
        address = "" if path == "index.html" else path.removesuffix("index.html")
        assert f"<loc>https://small.example{shown.base_path}{address}</loc>" in listed, path


def test_sitemap_lists_exactly_the_pages_that_may_be_indexed(shown):
    listed = set(re.findall(r"<loc>(.*?)</loc>", shown.files["sitemap.xml"].decode()))
    open_pages = {path for path, page in shown.pages.items() if not read_pages.is_noindex(page)}
    addresses = {"" if path == "index.html" else path.removesuffix("index.html") for path in open_pages}
    assert listed == {f"https://small.example{shown.base_path}{address}" for address in addresses}


def test_page_of_a_natural_person_carries_no_structured_data(shown):
    for record, _ in persons(shown):
        folder = "severe" if f"severe/{record}.html" in shown.files else "role-models"
        source = shown.files[f"{folder}/{record}.html"].decode()
        for word in ("ld+json", "itemscope", "itemprop", "vocab=", "property="):
            assert word not in source


def test_masked_number_is_all_that_is_anywhere_of_a_natural_persons(shown):
    number = small_sites.resident_id().encode()
    for path, data in read_pages.decoded(shown.files):
        assert number not in data, path
    assert "1101**********002X" in read_pages.text_of(shown.pages["severe/P-1.html"])


def test_days_stand_where_the_contract_wants_them(shown):
    for path in ("index.html", "search/index.html", "statistics/index.html", "data/index.html", "severe/index.html"):
        text = read_pages.text_of(shown.pages[path])
        assert "数据截止 2026-11-18" in text, path
        assert "核验日 2026-11-20" in text, path
    for path in shown.pages:
        if re.fullmatch(r"(severe|measures|role-models)/(by/[a-z]+/[^/]+/|[0-9]{4}/)?index\.html", path):
            text = read_pages.text_of(shown.pages[path])
            assert "2026-11-18" in text, path
            assert "2026-11-20" in text, path


def test_record_and_older_pages_know_neither_release_nor_day(shown):
    pages = [path for path in shown.pages if OLDER.fullmatch(path)]
    pages += [f"{FOLDERS[kind]}/{row['id']}.html" for kind, row, _ in record_pages(shown)]
    assert len(pages) > SAMPLE
    for path in pages:
        for word in (small_sites.VERSION, "2026-11-18", "2026-11-20", "2026年11月", "20261118", "20261120"):
            assert word.encode() not in shown.files[path], (path, word)


def test_version_stands_in_the_release_and_the_data_package_and_the_pages_with_days_alone(shown):
    for path, data in read_pages.decoded(shown.files):
        if small_sites.VERSION.encode() in data:
            told = {"release.json", "data/datapackage.json", "search/batch.html"}
            assert path in told or path.endswith("index.html"), path


def test_hash_of_the_export_stands_in_the_release_alone(shown):
    export = json.loads(shown.files["release.json"])["export"].encode()
    for path, data in read_pages.decoded(shown.files):
        assert path == "release.json" or export not in data, path


def until_of(shown):
    """Address of a record's page → its last day, or None."""
    return {urls.record(kind, row["id"]): row.get("public_until") for kind in FOLDERS for row in shown.rows(kind)}


def test_last_day_stands_on_a_records_main_exactly_where_there_is_one(shown):
    wanted = until_of(shown)
    assert any(wanted.values())
    for path, until in wanted.items():
        assert next(shown.pages[path].iter("main")).get("data-public-until") == until, path


def test_last_day_stands_on_rows_exactly_where_there_is_one(shown):
    wanted = until_of(shown)
    rows = 0
    for path, page in shown.pages.items():
        for element in page.iter():
            if not isinstance(element.tag, str):
                continue
            told = element.get("data-public-until")
            if element.tag == "main" and path in wanted:
                continue
            if element.tag == "tr" or (element.tag == "li" and "model" in (element.get("class") or "").split()):
                links = [read_pages.target_of(path, one.get("href"), shown.base_path) for one in element.iter("a")]
                records = [link[0] for link in links if link is not None and link[0] in wanted]
                assert told == (wanted[records[0]] if records else None), path
                rows += told is not None
            else:
                assert told is None, (path, element.tag)
    assert rows


def test_page_with_a_last_day_tells_indexes_when_it_ends(shown):
    for path, until in until_of(shown).items():
        robots = "".join(read_pages.meta_of(shown.pages[path]).get("robots", []))
        assert (f"unavailable_after: {until}T23:59:59+08:00" in robots) is (until is not None), path


def test_page_for_what_is_not_there_says_only_that(shown):
    page = shown.pages["404.html"]
    assert read_pages.is_noindex(page)
    targets = {read_pages.target_of("404.html", address, shown.base_path) for _, address in read_pages.links_of(page)}
    assert {("search/index.html", ""), ("guide/objection.html", ""), ("guide/query.html", "")} <= targets
    assert {(f"{folder}/index.html", "") for folder in FOLDERS.values()} <= targets
    text = read_pages.text_of(page)
    for word in ("移出", "修复", "撤销", "过期", "届满", "曾"):
        assert word not in text


def test_search_page_offers_its_hooks(shown):
    page = shown.pages["search/index.html"]
    assert page.find("body").get("data-search") == "idle"
    box = page.get_element_by_id("q")
    assert box.tag == "input"
    assert (box.get("type"), box.get("name")) == ("search", None)
    assert [path for path, one in shown.pages.items() if one.find("body").get("data-search")] == ["search/index.html"]


def test_home_page_searches_and_opens_the_three_doors(shown):
    page = shown.pages["index.html"]
    assert page.get_element_by_id("q").get("type") == "search"
    targets = {read_pages.target_of("index.html", address, shown.base_path) for _, address in read_pages.links_of(page)}
    assert {(f"{folder}/index.html", "") for folder in FOLDERS.values()} <= targets


def test_home_page_of_a_site_without_a_severe_list_has_no_empty_boxes(tmp_path):
    export = small_sites.write_export(tmp_path / "export", models=[small_sites.model()])
    small_sites.build_site(small_sites.write_site(tmp_path / "site"), export, tmp_path / "out")
    home = (small_sites.live_root(tmp_path / "out") / "index.html").read_text()
    assert re.findall(r'class="door-name">([^<]+)<', home) == ["看典型"]
    assert home.count('class="empty"') == 1
    assert "现无在公示期内的企业和组织" in home


def test_marks_are_shown_only_where_they_are_given(shown):
    for path, page in shown.pages.items():
        text = page.text_content()
        assert "演示备案号" in text, path
        assert "网站标识码" not in text, path
        assert "公网安备" not in text, path


def test_demo_site_says_so_on_every_page(shown):
    for path, page in shown.pages.items():
        assert "演示站点" in page.text_content(), path


def test_only_pictures_of_published_records_are_there_without_metadata(shown):
    photos = sorted(path for path in shown.files if path.startswith("role-models/photos/"))
    assert photos == ["role-models/photos/face.jpg", "role-models/photos/portrait.jpg"]
    for path in photos:
        assert b"hidden-in-the-picture" not in shown.files[path]
        assert b"Exif" not in shown.files[path]


def test_responsible_persons_are_shown_as_the_site_chooses(shown):
    text = read_pages.text_of(shown.pages["severe/T-1.html"])
    for name in ("演示法人赵某", "演示负责钱某", "演示控制孙某", "《演示责任人公开办法》"):
        assert name in text


def test_responsible_person_is_never_a_search_key(shown):
    for path, data in read_pages.decoded(shown.files):
        if path.startswith("search/"):
            for name in ("演示法人赵某", "演示负责钱某", "演示控制孙某"):
                assert name.encode() not in data, path
                assert name.encode("utf-16-le") not in data, path


def test_open_objection_is_marked_on_page_and_rows(shown):
    assert "异议处理中" in read_pages.text_of(shown.pages["severe/T-1.html"])
    assert "2026-11-02" in read_pages.text_of(shown.pages["severe/T-1.html"])
    (shows_it,) = [
        path for path in shown.pages if path.startswith("severe/2024/") and b"/T-1.html" in shown.files[path]
    ]
    assert "异议处理中" in read_pages.text_of(shown.pages[shows_it])
    assert "异议处理中" not in read_pages.text_of(shown.pages["severe/T-3.html"])


def test_withheld_records_of_the_showcase_are_nowhere(shown):
    for path, data in read_pages.decoded(shown.files):
        for word in ("W-1", "W-2", "M-0009", "Q-2", "GY-2", "WY-2", "CY-2", "BY-1"):
            assert f"{word}.html".encode() not in data, path
            assert f"演示{word}".encode() not in data, path


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
def test_site_of_the_required_keys_and_a_lawyers_answer_alone_has_no_dead_link(tmp_path, city):
    folder = tmp_path / "content" / city
    folder.mkdir(parents=True)
    (folder / "site.yml").write_text(
        f"site: {{name: 演示, city: {city}, base_url: 'https://small.example', theme: credit, demo: false}}\n"
        "unit: {owner: 演示}\nexport: {name: small, path: ../../export}\n"
        "law: {review: [{rule: cn-repair-2026, answer: applies, by: 律师, reference: 〔2026〕3号, on: 2026-04-02}]}\n"
    )
    lists = full_exports.lists(2)
    usual = {kind for kind in OPTIONAL if all_shipped()[city].latest.kinds[kind].usual}
    lists["others"] = {kind: rows for kind, rows in lists["others"].items() if kind in usual}
    export = small_sites.write_export(tmp_path / "export", pictures=full_exports.pictures(), **lists)
    small_sites.build_site(folder / "site.yml", export, tmp_path / "out", allow=["list-profile"])
    files = small_sites.files_of(small_sites.live_root(tmp_path / "out", city))
    assert read_pages.dead_links(files) == []
    assert {kind for kind in OPTIONAL if f"{kind}/index.html" in files} == usual
    for path, data in files.items():
        if path.endswith(".html"):
            html5lib.HTMLParser(strict=True).parse(data)
            assert "演示站点" not in data.decode()


@pytest.mark.parametrize("kind", OPTIONAL)
def test_list_of_a_kind_the_site_does_not_show_refuses_the_export(tmp_path, kind):
    site = small_sites.write_site(
        tmp_path / "content", publish__kinds=[one.value for one in OPTIONAL if one is not kind]
    )
    export = small_sites.write_export(
        tmp_path / "export", severe=[small_sites.entry()], others={kind: [small_sites.OPTIONAL[kind]()]}
    )
    with pytest.raises(SiteBuilderError) as caught:
        small_sites.examined(site, export)
    assert [one.code for one in caught.value.findings if not one.warning] == ["unknown-resource"]
    assert kind.value in caught.value.findings[0].hint


def test_site_shows_nothing_of_kinds_its_export_does_not_hold(tmp_path):
    """Switched on or off: without the resources it is, but for ``site.yml`` itself, the same site."""
    export = small_sites.write_export(tmp_path / "export", severe=[small_sites.entry()])
    found = []
    for name, kinds in (("on", [kind.value for kind in OPTIONAL]), ("off", [])):
        site = small_sites.write_site(tmp_path / name / "content", publish__kinds=kinds)
        small_sites.build_site(site, export, tmp_path / name / "out")
        found.append(small_sites.files_of(small_sites.live_root(tmp_path / name / "out")))
    assert found[0] == found[1]
    assert not any(path.startswith(("lists/", *(f"{kind}/" for kind in OPTIONAL))) for path in found[0])


@pytest.mark.parametrize("lists", [{"severe": []}, {"measures": []}, {"models": [small_sites.model()]}])
def test_site_of_a_single_list_has_no_dead_link(tmp_path, lists):
    site = small_sites.write_site(tmp_path / "content")
    small_sites.build_site(site, small_sites.write_export(tmp_path / "export", **lists), tmp_path / "out")
    files = small_sites.files_of(small_sites.live_root(tmp_path / "out"))
    assert read_pages.dead_links(files) == []
    for path, data in files.items():
        if path.endswith(".html"):
            html5lib.HTMLParser(strict=True).parse(data)


AWKWARD = ["a", "0", "by", "photos", "page-1", "2024", "x.html", "A.B_c-d", "Z" * 64, "entries", "CON", "a..b", "x-"]


def test_awkward_ids_have_pages_that_are_found(tmp_path):
    site = small_sites.write_site(tmp_path / "content")
    abnormal = partial(small_sites.abnormal, catalogue_item="page-2")
    export = small_sites.write_export(
        tmp_path / "export",
        severe=[small_sites.entry(one, measure_ids=[f"{one}m"[:64]]) for one in AWKWARD[:-4]],
        measures=[small_sites.measure(f"{one}m"[:64]) for one in AWKWARD if len(one) < small_sites.LONGEST_ID],
        models=[small_sites.model(f"{one}r") for one in AWKWARD if len(one) < small_sites.LONGEST_ID],
        others={
            kind: [make(one) for one in (name, f"{kind}.html", f"all-{kind}")]
            for (kind, make), name in zip(
                (small_sites.OPTIONAL | {Kind.ABNORMAL: abnormal}).items(),
                ("all", "page-2", "by2", "index.html", "all.x", "page-3", "page-4"),
                strict=True,
            )
        },
    )
    small_sites.build_site(site, export, tmp_path / "out", allow=["unpublished-measure"])
    root = small_sites.live_root(tmp_path / "out")
    files = small_sites.files_of(root)
    assert read_pages.dead_links(files) == []
    for kind, folder in FOLDERS.items():
        for one in small_sites.ids_of(root, kind):
            assert f"{folder}/{one}.html" in files


def older_pages(files):
    return {path: data for path, data in files.items() if OLDER.fullmatch(path)}


IN_LIST = {
    "severe/2024/": ("severe", "severe"),
    "measures/": ("measures", "measures"),
    "role-models/": ("models", "role-models"),
    "grades/": (Kind.GRADE, "grades"),
}
"""The index of a list all records of a kind are in → the kind as exports are made with it, and its folder."""


def built_with(folder, numbers, index="severe/2024/"):
    """The files of a site whose records of one kind have these numbers, each a day later than the one before."""
    site = small_sites.write_site(folder / "content")
    make, day = {
        "severe/2024/": (small_sites.entry, "listed_on"),
        "measures/": (small_sites.measure, "effective_on"),
        "role-models/": (small_sites.model, "awarded_on"),
        "grades/": (small_sites.grade, "rated_on"),
    }[index]
    start = dt.date(2024, 1, 1)
    rows = [make(f"S-{one:04}", **{day: start + dt.timedelta(days=one)}) for one in numbers]
    kind = IN_LIST[index][0]
    given = {"others": {kind: rows}, "severe": []} if isinstance(kind, Kind) else {kind: rows}
    small_sites.build_site(site, small_sites.write_export(folder / "export", **given), folder / "out")
    return small_sites.files_of(small_sites.live_root(folder / "out"))


def led_to(pages, path):
    """The files a page leads to, in its order."""
    targets = (read_pages.target_of(path, address) for _, address in read_pages.links_of(pages[path]))
    return [target[0] for target in targets if target]


def ways_down(files, index):
    """The pages of a list from its index on, each by the link to older records; with the records each shows."""
    pages = read_pages.pages_of(files)
    folder, path, found = IN_LIST[index][1], f"{index}index.html", []
    while path:
        records = dict.fromkeys(one for one in led_to(pages, path) if re.fullmatch(rf"{folder}/S-[0-9]+\.html", one))
        found.append((path, list(records)))
        older = [one.get("href") for one in pages[path].iter("a") if one.get("rel") == "next"]
        path = read_pages.target_of(path, older[0])[0] if older else ""
    return found


@pytest.mark.parametrize("index", IN_LIST)
def test_pages_of_a_list_lead_from_the_newest_to_the_oldest_and_hold_every_record_once(tmp_path, index):
    files = built_with(tmp_path, range(320), index)
    ways = ways_down(files, index)
    folder = IN_LIST[index][1]
    assert [one for _, records in ways for one in records] == [
        f"{folder}/S-{one:04}.html" for one in range(319, -1, -1)
    ]
    assert len(ways) > 2
    assert all(50 <= len(records) < 200 for _, records in ways)
    base = index if index.startswith("severe/") else f"{index}all/"
    assert {path for path, _ in ways[1:]} == {path for path in older_pages(files) if path.startswith(base)}
    assert {path for path, _ in ways[1:]} <= set(led_to(read_pages.pages_of(files), ways[0][0]))


@pytest.mark.parametrize("index", IN_LIST)
def test_newer_record_changes_no_older_page(tmp_path, index):
    before = older_pages(built_with(tmp_path / "before", range(250), index))
    after = older_pages(built_with(tmp_path / "after", range(251), index))
    assert before
    changed = [path for path in before if after[path] != before[path]]
    assert len(changed) <= 1
    assert all(path.startswith("severe/by/pinyin/") for path in changed), "by sound it stands between others"


def test_record_that_leaves_changes_the_pages_near_it_alone(tmp_path):
    before = built_with(tmp_path / "before", range(900))
    after = built_with(tmp_path / "after", [one for one in range(900) if one != 420])
    for index in ("severe/2024/", "severe/2025/", "severe/2026/"):
        base = {path: data for path, data in older_pages(before).items() if path.startswith(index)}
        left = {path: data for path, data in older_pages(after).items() if path.startswith(index)}
        changed = {path for path in base if left.get(path) != base[path]}
        assert base
        assert (0 < len(changed) <= 3) if index == "severe/2025/" else not changed


def test_next_day_changes_no_record_and_no_older_page(tmp_path):
    site = small_sites.write_site(tmp_path / "content")
    export = small_sites.write_export(tmp_path / "export", severe=[small_sites.entry(f"S-{one}") for one in range(3)])
    small_sites.build_site(site, export, tmp_path / "out")
    before = small_sites.files_of(small_sites.live_root(tmp_path / "out"))
    small_sites.build_site(site, export, tmp_path / "out", as_of=small_sites.AS_OF + dt.timedelta(days=1))
    after = small_sites.files_of(small_sites.live_root(tmp_path / "out"))
    changed = {path for path in before if before[path] != after[path]}
    assert {"index.html", "release.json"} <= changed
    assert not [path for path in changed if OLDER.fullmatch(path) or re.fullmatch(r"[a-z-]+/[A-Z]-.*\.html", path)]
    assert not [path for path in changed if path.startswith(("data/severe", "search/lookup/", "assets/"))]


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
def test_page_of_a_term_that_ends_by_itself_does_not_say_that_the_entry_stays_until_removal(tmp_path, city):
    law = {"term_basis": "《演示法》第九条", "term_level": "law"}
    going_on = {"act_ended_on": None, "act_ongoing": True}
    rows = [
        small_sites.entry("S-1"),
        small_sites.entry("S-2", term_months=60, term_start="listing", **law),
        small_sites.entry("S-3", term_months=36, term_start="act_end", **law, **going_on),
    ]
    export = small_sites.write_export(tmp_path / "export", severe=rows)
    small_sites.build_site(small_sites.write_site(tmp_path / "content", city), export, tmp_path / "out")
    root = small_sites.live_root(tmp_path / "out", city)
    ordinary, begun, to_come = ((root / "severe" / f"S-{number}.html").read_text() for number in (1, 2, 3))
    for words in ("仍依法继续公开", "届满未移出的依法延长", "延长至移出", "披露期限最长五年"):
        assert words not in begun + to_come
    assert ("仍依法继续公开" in ordinary) == (city == "dalian")
    assert ("披露期限最长五年" in ordinary) == (city == "lingyuan")
    assert "自失信行为终止之日起三十六个月" in to_come
    assert "《演示法》第九条" in to_come
