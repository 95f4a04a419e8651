"""What the office announces on a built site: pages, lists, feed, days, and files the gate has read to the end."""

import datetime as dt
import shutil

from announced import announce, docx, jpeg, pdf, xlsx
import pytest
import small_sites
from small_sites import AS_OF

from site_builder.audit.gate import audit
from site_builder.audit.indexes import Files
from site_builder.config.load import load_site
from site_builder.errors import SiteBuilderError
from site_builder.search import fulltext
from site_builder.workers import Local

HIDDEN = "演示隐名远洋贸易有限公司"
TOMORROW = AS_OF + dt.timedelta(days=1)
DAY_AFTER = TOMORROW + dt.timedelta(days=1)
NAMED = "attachment-names-withheld"


def hidden(**changes):
    return small_sites.entry("S-0009", **({"disclosure": "query", "subject_name": HIDDEN} | changes))


@pytest.fixture
def site(tmp_path):
    return small_sites.write_site(tmp_path / "content")


@pytest.fixture
def export(tmp_path):
    return small_sites.write_export(tmp_path / "export", severe=[small_sites.entry("S-1"), hidden()])


def built(site, export, **options):
    output = site.parents[2] / "out"
    report = small_sites.build_site(site, export, output, **options)
    return report, small_sites.live_root(output)


def codes(site, export, **options):
    found = small_sites.examined(site, export, refuse=False, **options)
    return [one.code for one in found.stopping], [one.code for one in found.warnings]


def test_announcement_stands_in_page_lists_feed_home_search_and_sitemap(site, export):
    announce(
        site,
        "window",
        "窗口搬到**演示新址**，见[修复](root:guide/repair.html)。",
        title="演示窗口搬迁",
        until="2026-12-31",
    )
    announce(site, "older", title="演示去年的动态", category="信用动态", date="2025-03-01")
    _, root = built(site, export)
    page = (root / "news" / "window.html").read_text()
    assert "<strong>演示新址</strong>" in page
    assert 'href="../guide/repair.html"' in page
    assert 'data-public-until="2026-12-31"' in page
    assert "演示主办单位" in page
    for place in (
        "news/index.html",
        "news/by/notices/index.html",
        "news/2026/index.html",
        "index.html",
        "feeds/news.xml",
    ):
        assert "演示窗口搬迁" in (root / place).read_text(), place
    for place in ("news/by/trends/index.html", "news/by/trends/2025/index.html", "news/2025/index.html", "index.html"):
        assert "演示去年的动态" in (root / place).read_text(), place
    assert "演示窗口搬迁" not in (root / "news/by/trends/index.html").read_text()
    assert "https://small.example/news/window.html" in (root / "sitemap.xml").read_text()
    assert "feeds/news.xml" in (root / "changes" / "index.html").read_text()
    assert 'href="./news/"' in (root / "sitemap.html").read_text()


def test_home_page_shows_the_newest_three(site, export):
    for day in range(1, 6):
        announce(site, f"n{day}", title=f"演示第{day}日", date=f"2026-11-0{day}")
    home = (built(site, export)[1] / "index.html").read_text()
    assert [f"演示第{day}日" in home for day in range(1, 6)] == [False, False, True, True, True]


def test_site_without_announcements_has_no_trace_of_them(site, export):
    _, root = built(site, export)
    before = small_sites.files_of(root)
    assert not [path for path in before if "news" in path]
    assert "公告动态" not in before["index.html"].decode()
    announce(site, "future", date=TOMORROW.isoformat())
    announce(site, "past", date="2025-01-01", until="2025-12-31", files={"a.pdf": pdf("演示")})
    _, root = built(site, export, full=True)
    assert small_sites.files_of(root) == before


def test_one_begins_and_is_gone_on_its_days_as_the_nightly_build_knows(site, export):
    announce(site, "first", date="2026-11-21", until="2026-11-22")
    report, root = built(site, export)
    assert report.next_change == dt.date(2026, 11, 21)
    assert not (root / "news").exists()
    report, root = built(site, export, as_of=dt.date(2026, 11, 21))
    assert (root / "news" / "first.html").is_file()
    assert "公告动态" in (root / "severe" / "S-1.html").read_text()
    assert report.next_change == dt.date(2026, 11, 23)
    _, root = built(site, export, as_of=dt.date(2026, 11, 22))
    assert (root / "news" / "first.html").is_file()
    _, root = built(site, export, as_of=dt.date(2026, 11, 23))
    assert not (root / "news").exists()
    assert "公告动态" not in (root / "severe" / "S-1.html").read_text()


def test_release_is_valid_through_the_first_day_one_is_gone_after(site, export):
    announce(site, "short", until="2026-11-25")
    _, root = built(site, export)
    assert '"valid_through":"2026-11-25"' in (root / "release.json").read_text().replace(" ", "")


def test_fault_of_one_is_told_by_a_check_and_stops_a_build(site, export):
    announce(site, "wrong", category="通知")
    with pytest.raises(SiteBuilderError) as refused:
        built(site, export)
    assert [one.code for one in refused.value.findings] == ["bad-value"]


def test_files_are_published_without_what_is_not_seen_and_the_gate_passes_them(site, export):
    files = {
        "list.pdf": pdf("演示附件正文", change=lambda writer: writer.add_metadata({"/Author": HIDDEN})),
        "form.docx": docx(parts={"docProps/core.xml": f"<c>{HIDDEN}</c>"}),
        "table.xlsx": xlsx(("演示",), change=lambda book: setattr(book.properties, "creator", HIDDEN)),
        "photo.jpg": jpeg((900, 600), comment=HIDDEN.encode()),
    }
    announce(site, "window", files=files, seen=("photo.jpg",))
    _, root = built(site, export)
    page = (root / "news" / "window.html").read_text()
    for name in ("list.pdf", "form.docx", "table.xlsx", "photo.jpg.jpg", "480/photo.jpg.jpg"):
        data = (root / "news" / "window" / name).read_bytes()
        assert data != files.get(name)
        assert HIDDEN.encode() not in data
        assert f'"../news/window/{name}' in page
    assert "演示员" not in page


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"photo.jpg": jpeg()}, "attachment-unseen"),
        ({"scan.pdf": pdf("")}, "attachment-unseen"),
        ({"a.docx": docx(picture=jpeg())}, "attachment-unseen"),
        ({"a.pdf": docx()}, "attachment"),
        ({"a.exe": b"MZ"}, "attachment"),
        ({"a.doc": b"\xd0\xcf\x11\xe0"}, "attachment"),
        ({"a.pdf": pdf(f"身份证号 {small_sites.resident_id()}")}, "attachment-personal-data"),
        ({"a.xlsx": xlsx(("演示", 13900001111))}, "attachment-personal-data"),
        (
            {"a.docx": docx("<w:p><w:r><w:t>139</w:t></w:r><w:r><w:t>00001111</w:t></w:r></w:p>")},
            "attachment-personal-data",
        ),
        ({"a.pdf": pdf(f"代码 {small_sites.double_code()}")}, "attachment-code-or-id"),
        ({"a.pdf": pdf(f"涉及{HIDDEN}等")}, "attachment-names-withheld"),
        ({"a.xlsx": xlsx((HIDDEN,))}, "attachment-names-withheld"),
    ],
)
def test_file_that_may_not_be_published_stops_a_new_release(site, export, files, code):
    path = announce(site, "window", files=files)
    found = small_sites.examined(site, export, refuse=False).stopping
    assert [one.code for one in found] == [code]
    assert all(HIDDEN not in str(one) and one.hint for one in found)
    assert found[0].place.file in {str(path), f"news/window/{next(iter(files))}"}


def test_file_of_one_that_is_yet_to_begin_is_asked_today(site, export):
    announce(site, "later", date=TOMORROW.isoformat(), files={"photo.jpg": jpeg()})
    assert codes(site, export)[0] == ["attachment-unseen"]


def test_file_of_one_that_is_yet_to_begin_may_not_name_a_withheld_record_either(site, export):
    announce(site, "later", date=TOMORROW.isoformat(), files={"a.pdf": pdf(f"名单：{HIDDEN}")})
    assert codes(site, export)[0] == [NAMED]


def refused(site, export, **options):
    with pytest.raises(SiteBuilderError) as stopped:
        built(site, export, **options)
    return {one.code for one in stopped.value.findings if not one.warning}


@pytest.mark.parametrize(
    ("said", "code"), [(HIDDEN, NAMED), (f"代码 {small_sites.double_code()}", "attachment-code-or-id")]
)
def test_file_added_between_two_exports_stops_the_rebuild_of_the_live_one(site, export, said, code):
    _, root = built(site, export)
    before = small_sites.all_of(root)
    announce(site, "window", files={"a.pdf": pdf(said)})
    assert refused(site, export) == {code}
    assert refused(site, export, as_of=TOMORROW) == {code}
    assert small_sites.all_of(root) == before
    announce(site, "window", date=DAY_AFTER.isoformat(), files={"a.pdf": pdf(said)})
    assert refused(site, export, as_of=TOMORROW) == {code}


def test_file_let_pass_once_stands_and_a_changed_one_is_asked_anew(site, export):
    built(site, export)
    announce(site, "window", files={"a.pdf": pdf(HIDDEN)})
    built(site, export, allow=[NAMED])
    report, _ = built(site, export, as_of=TOMORROW)
    assert NAMED in {one.code for one in report.warnings}
    announce(site, "window", files={"a.pdf": pdf(HIDDEN, HIDDEN)})
    assert refused(site, export, as_of=TOMORROW) == {NAMED}
    announce(site, "window", files={"a.pdf": pdf(HIDDEN)})
    announce(site, "second", files={"a.pdf": pdf(HIDDEN)})
    assert refused(site, export, as_of=TOMORROW) == {NAMED}


def test_record_leaves_before_the_file_that_names_it_begins_and_no_nightly_build_is_stopped(site, tmp_path):
    leaving = hidden(disclosure="public", removed_on=TOMORROW)
    export = small_sites.write_export(tmp_path / "export", severe=[small_sites.entry("S-1"), leaving])
    announce(site, "later", date=DAY_AFTER.isoformat(), files={"a.pdf": pdf(f"名单：{HIDDEN}")})
    built(site, export)
    for day in (TOMORROW, DAY_AFTER):
        report, root = built(site, export, as_of=day)
        assert NAMED in {one.code for one in report.warnings}
        assert not (root / "severe" / "S-0009.html").exists()
    assert (root / "news" / "later" / "a.pdf").is_file()


def test_file_that_stands_on_the_live_site_stops_nothing_where_the_memory_was_lost(site, tmp_path):
    leaving = hidden(disclosure="public", removed_on=TOMORROW)
    export = small_sites.write_export(tmp_path / "export", severe=[small_sites.entry("S-1"), leaving])
    announce(site, "window", files={"a.pdf": pdf(f"名单：{HIDDEN}")})
    built(site, export)
    shutil.rmtree(site.parents[2] / "out" / "dalian" / "state")
    announce(site, "second", files={"a.pdf": pdf(HIDDEN)})
    assert refused(site, export, as_of=TOMORROW, adopt_live=True) == {NAMED}
    shutil.rmtree(site.parent / "news" / "second")
    (site.parent / "news" / "second.md").unlink()
    report, _ = built(site, export, as_of=TOMORROW, adopt_live=True)
    assert NAMED in {one.code for one in report.warnings}


def test_picture_that_was_changed_after_it_was_looked_at_is_refused(site, export):
    announce(site, "window", files={"photo.jpg": jpeg()}, seen=("photo.jpg",))
    assert codes(site, export) == ([], [])
    (site.parent / "news" / "window" / "photo.jpg").write_bytes(jpeg((70, 40)))
    assert codes(site, export)[0] == ["attachment-unseen"]


def test_telephone_of_an_office_may_stand_in_a_file_somebody_looked_at_and_no_id(site, export):
    announce(site, "window", files={"a.pdf": pdf("联系电话 13900001111")}, seen=("a.pdf",))
    built(site, export)
    announce(site, "other", files={"a.pdf": pdf(small_sites.resident_id())}, seen=("a.pdf",))
    assert codes(site, export)[0] == ["attachment-personal-data"]


def test_number_in_a_guide_or_an_announcement_is_told_with_its_line(site, export):
    site.with_name("authorities.yml").write_text("演示单位:\n  phone: 13900001111\n")
    announce(site, "window", f"第一行，办公电话 13900001111。\n\n联系 13800002222，证号 {small_sites.resident_id()}。")
    lines = (site.parent / "news" / "window.md").read_text().split("\n")
    line = next(place for place, text in enumerate(lines, start=1) if "13800002222" in text)
    found = small_sites.examined(site, export, refuse=False)
    told = [(one.code, one.place.file, one.place.row) for one in (*found.stopping, *found.warnings)]
    assert told == [("page-personal-data", "news/window.md", line), ("page-number", "news/window.md", line)]
    assert all("138" not in f"{one.message}{one.hint}" for one in found.warnings)


def test_file_that_names_a_record_withheld_later_is_told_and_stops_no_nightly_build(site, tmp_path):
    leaving = hidden(disclosure="public", removed_on=TOMORROW)
    export = small_sites.write_export(tmp_path / "export", severe=[small_sites.entry("S-1"), leaving])
    announce(site, "window", f"涉及{HIDDEN}。", files={"a.pdf": pdf(f"名单：{HIDDEN}")})
    assert codes(site, export) == ([], [])
    built(site, export)
    report, root = built(site, export, as_of=TOMORROW)
    assert {"names-withheld", "attachment-names-withheld"} <= {one.code for one in report.warnings}
    assert not (root / "severe" / "S-0009.html").exists()
    assert (root / "news" / "window" / "a.pdf").is_file()


def test_file_that_names_a_withheld_record_may_be_let_pass(site, export):
    announce(site, "window", files={"a.pdf": pdf(f"名单：{HIDDEN}")})
    report, _ = built(site, export, allow=["attachment-names-withheld"])
    assert "attachment-names-withheld" in {one.code for one in report.warnings}


BROKEN = {
    "line": f"{HIDDEN[:6]}\n{HIDDEN[6:]}",
    "markup": f"**{HIDDEN[:4]}**{HIDDEN[4:]}",
    "entity": f"{HIDDEN[:4]}&#{ord(HIDDEN[4])};{HIDDEN[5:]}",
    "code": f"`{HIDDEN[:4]}`{HIDDEN[4:]}",
}


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("file", ["news/window.md", "pages/extra.md", "role-models.csv"])
def test_name_divided_in_a_text_is_told_and_stops_no_order(site, tmp_path, file, how):
    rows = [small_sites.entry("S-1"), hidden(disclosure="public")]
    text = f"涉及{BROKEN[how]}。"
    models = [small_sites.model("R-1", **({"deeds": text} if file == "role-models.csv" else {}))]
    export = small_sites.write_export(tmp_path / "export", severe=rows, models=models)
    if file == "news/window.md":
        announce(site, "window", text)
    elif file == "pages/extra.md":
        (site.parent / file).write_text(f"---\ntitle: 演示\norder: 9\n---\n\n{text}\n")
    report, root = built(site, export)
    assert HIDDEN in (root / "severe" / "S-0009.html").read_text()
    assert "names-withheld" not in {one.code for one in report.warnings}
    done = small_sites.withhold(site, "S-0009", site.parents[2] / "out")
    assert done.was_live
    assert file in {one.place.file for one in done.report.warnings if one.code == "names-withheld"}
    assert not (small_sites.live_root(site.parents[2] / "out") / "severe" / "S-0009.html").exists()


def test_order_is_not_stopped_by_a_file_that_stands(site, tmp_path):
    export = small_sites.write_export(
        tmp_path / "export", severe=[small_sites.entry("S-1"), hidden(disclosure="public")]
    )
    announce(site, "window", files={"a.pdf": pdf(HIDDEN)})
    built(site, export)
    done = small_sites.withhold(site, "S-0009", site.parents[2] / "out")
    assert NAMED in {one.code for one in done.report.warnings}


def test_neighbouring_cells_and_paragraphs_are_no_telephone(site, export):
    paragraphs = "".join(f"<w:p><w:r><w:t>{part}</w:t></w:r></w:p>" for part in ("139", "00001111"))
    announce(site, "window", files={"a.xlsx": xlsx(("139", "00001111"), (139, 1111)), "a.docx": docx(paragraphs)})
    assert codes(site, export) == ([], [])
    built(site, export)


def planted(writer):
    writer.add_metadata({"/Author": HIDDEN})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", pdf(f"名单：{HIDDEN}")),
        ("a.pdf", pdf("演示", change=planted)),
        ("a.pdf", pdf("演示") + pdf(HIDDEN)),
        ("a.pdf", b"%PDF-1.7 " + HIDDEN.encode()),
        ("a.docx", docx(f"<w:p><w:r><w:t>{HIDDEN[:4]}</w:t></w:r><w:r><w:t>{HIDDEN[4:]}</w:t></w:r></w:p>")),
        ("a.docx", docx(comment=HIDDEN.encode())),
        ("a.docx", docx(parts={"word/comments.xml": f"<c>{HIDDEN}</c>"})),
        ("a.xlsx", xlsx((HIDDEN,))),
        ("a.pdf", jpeg(comment=HIDDEN.encode())),
    ],
)
def test_gate_finds_a_withheld_name_planted_in_a_written_file(site, export, name, data, monkeypatch):
    announce(site, "window", files={name: {"pdf": pdf("演示"), "docx": docx(), "xlsx": xlsx(("演示",))}[name[2:]]})

    def audited(root, *args, **kwargs):
        (root / "news" / "window" / name).write_bytes(data)
        return audit(root, *args, **kwargs)

    monkeypatch.setattr("site_builder.releasing.auditing.audit", audited)
    with pytest.raises(SiteBuilderError) as refused:
        built(site, export)
    found = [one for one in refused.value.findings if one.code == "leak"]
    assert {one.place.file for one in found} == {f"news/window/{name}"}
    assert HIDDEN not in str(refused.value.findings)


def test_audit_of_the_tree_alone_passes_what_was_built(site, export):
    announce(
        site,
        "window",
        "电话 13900001111。",
        files={"a.pdf": pdf("电话 13900002222")},
        seen=("a.pdf",),
        until="2026-12-31",
    )
    _, root = built(site, export)
    assert audit(root, load_site(site), AS_OF, Local(1).run).findings == ()


def test_id_in_the_text_is_refused_as_on_any_page(site, export):
    announce(site, "window", f"身份证号 {small_sites.resident_id()}。")
    with pytest.raises(SiteBuilderError) as refused:
        built(site, export)
    assert {one.code for one in refused.value.findings} == {"page-personal-data"}


def test_text_is_found_by_the_full_text_until_its_last_day(site, export):
    announce(site, "window", "窗口搬到演示新址，请带申请表。", until="2026-12-31")
    _, root = built(site, export)
    found = [one for one in fulltext.decode(Files(root / "search" / "fulltext")) if one.kind == "news"]
    assert [(one.href, one.title, one.public_until) for one in found] == [
        ("news/window.html", "演示公告 window", "2026-12-31")
    ]
    assert "请带申请表" in found[0].text
