"""Leaks where pages are alike, where they differ, and where one goes over into the other; downloads; shared files."""

import base64
import gzip
import json
import shutil
import zipfile

import pytest
import small_sites
from test_audit import (
    CODE,
    NAME,
    TEXT,
    Tree,
    based,
    entities,
    json_escapes,
    make,
    percent,
    rows,
    zipped,
)

from site_builder.audit.gate import audit
from site_builder.audit.rows import OWN, rows_of
from site_builder.audit.shared import TakenOver
from site_builder.audit.vouched import vouched
from site_builder.outputs import columns
from site_builder.rules.ruleset import view_of
from site_builder.vocabulary import ALWAYS, Kind
from site_builder.workers import Local

FOOTER = '<footer class="footer">'
WRITINGS = {
    "plain": lambda text: text,
    "behind a closing tag": lambda text: f"<p>x\n</p>{text}",
    "entity": entities,
    "decimal entity": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "percent": lambda text: f'<a href="https://x.example/?q={percent(text)}">x</a>',
    "json": lambda text: f'<script>["{json_escapes(text)}"]</script>',
    "json in json": lambda text: f"<script>[{json.dumps(json.dumps(text))}]</script>",
    "javascript": lambda text: "".join(f"\\u{{{ord(char):x}}}" for char in text),
    "base64": based,
    "base64 of gzip": lambda text: base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode(),
    "marked between": lambda text: f"{text[:3]}<wbr>{text[3:]}",
    "comment between": lambda text: f"{text[:3]}<!-- x -->{text[3:]}",
    "invisible between": "\u200b".join,
    "json in base64": lambda text: based(json.dumps([text])),
    "tag across lines": lambda text: f"{text[:3]}<b\nclass=x>{text[3:]}</b>",
    "attribute": lambda text: f'<i title="{text}"></i>',
    "number mark": lambda text: f"<p>{text}</p>",
}
VALUES = [NAME, CODE, TEXT]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("borders"), "dalian")


@pytest.fixture
def tree(made):
    return made.fresh()


def everywhere(tree, old, new):
    """Change every page that holds ``old``, as a layout does; how many there are."""
    changed = 0
    for path, data in small_sites.files_of(tree.root).items():
        if path.endswith(".html") and old.encode() in data:
            tree.write(path, data.replace(old.encode(), new.encode(), 1), listed=False)
            changed += 1
    tree.relist()
    return changed


@pytest.mark.parametrize(
    ("writing", "value"), [(one, NAME) for one in WRITINGS] + [("entity", CODE), ("base64", TEXT), ("plain", TEXT)]
)
def test_leak_in_what_all_pages_share_is_found(tree, writing, value):
    assert everywhere(tree, FOOTER, f"{FOOTER}\n{WRITINGS[writing](value)}\n") > 10
    assert "leak" in tree.rules()


@pytest.mark.parametrize(("place", "writing"), list(enumerate(WRITINGS)))
def test_leak_in_what_one_page_has_alone_is_found(tree, place, writing):
    pages = ("severe/S-0003.html", "severe/index.html", "measures/M-0001.html", "index.html")
    tree.change(pages[place % len(pages)], FOOTER, f"{FOOTER}\n{WRITINGS[writing](NAME)}\n")
    assert "leak" in tree.rules()


def test_leak_in_wrapped_base64_whose_lines_are_shared_is_found(tree):
    encoded = base64.b64encode(("演示垫" * 12 + TEXT + "演示垫" * 12).encode()).decode()
    lines = [encoded[start : start + 60] for start in range(0, len(encoded), 60)]
    cut = next(
        at
        for at in range(1, len(lines))
        if not any(
            TEXT.encode() in base64.b64decode(half + "=" * (-len(half) % 4), validate=False)
            for half in ("".join(lines[:at]), "".join(lines[at:]))
        )
    )
    first, last = "\n".join(lines[:cut]), "\n".join(lines[cut:])
    everywhere(tree, FOOTER, f"{FOOTER}\n{first}\n")
    assert tree.rules() == set()
    everywhere(tree, "</footer>", f"\n{last}\n</footer>")
    assert tree.rules() == set()
    tree.change("severe/S-0003.html", f"{first}\n", f"{first}\n{last}\n")
    assert "leak" in tree.rules()


@pytest.mark.parametrize("shared", ["first", "second"])
def test_leak_in_a_tag_between_a_shared_line_and_an_own_one_is_found(tree, shared):
    first, second = f"{NAME[:4]}<b", f'class="x">{NAME[4:]}</b>'
    own = {"first": (f"{first}\n", f"{first}\n{second}"), "second": (f"\n{second}", f"{first}\n{second}")}[shared]
    harmless = {"first": f"{first}\n>x</b>", "second": f"x<b\n{second}"}[shared]
    everywhere(tree, FOOTER, f"{FOOTER}\n{harmless}\n")
    assert tree.rules() == set()
    tree.change("severe/S-0003.html", harmless, own[1])
    assert "leak" in tree.rules()


def test_link_across_lines_that_other_pages_share_is_followed(tree):
    everywhere(tree, FOOTER, f'{FOOTER}\n<a\nhref="https://x.example/">x</a>\n')
    assert tree.rules() == set()
    tree.change("severe/S-0003.html", 'href="https://x.example/"', 'href="nowhere.html"')
    assert tree.rules() == {"link"}


def test_same_line_in_another_folder_leads_elsewhere(tree):
    line = '<p><a href="../guide/query.html">x</a></p>'
    everywhere(tree, FOOTER, FOOTER)
    for path in ("severe/S-0001.html", "measures/M-0001.html"):
        tree.change(path, FOOTER, f"{line}{FOOTER}")
    assert tree.rules() == set()
    tree.change("severe/2024/index.html", FOOTER, f"{line}{FOOTER}")
    assert tree.rules() == {"link"}


def test_own_anchor_is_to_be_on_the_same_page(tree):
    tree.change("severe/S-0001.html", FOOTER, f'<p id="there"></p><p><a href="#there">x</a></p>{FOOTER}')
    assert tree.rules() == set()
    tree.change("severe/S-0003.html", FOOTER, f'<p><a href="#there">x</a></p>{FOOTER}')
    assert tree.rules() == {"link"}


# downloads


def parts_of(tree, kind):
    found, first = [], 0
    for shard in tree.expected.shards_of(kind):
        views = [view_of(one, tree.expected.law, tree.expected.facts) for one in shard.published()]
        rows = [columns.row(view, lambda address: f"https://small.example/{address}") for view in views]
        found.append(rows_of(kind, rows, first, tree.site.regions).parts)
        first += len(rows)
    return found


@pytest.mark.parametrize("kind", ALWAYS)
@pytest.mark.parametrize("extension", OWN)
def test_download_as_built_is_known_by_its_bytes(tree, kind, extension):
    path = tree.root / f"data/{kind}.{extension}"
    assert vouched(path, kind, extension, parts_of(tree, kind)) is not None
    data = path.read_bytes()
    path.write_bytes(data[:-3] + bytes([data[-3] ^ 1]) + data[-2:] if extension != "xlsx" else data[: len(data) // 2])
    assert vouched(path, kind, extension, parts_of(tree, kind)) is None


def members_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def added(name, old, new):
    def change(members):
        assert old in members[name]
        return members | {name: members[name].replace(old, new, 1)}

    return change


SHEET, LEGEND = (f"xl/worksheets/sheet{number}.xml" for number in (1, 2))
BOOKS = {
    "own member": lambda members: members | {"xl/custom.xml": f"<x>{NAME}</x>".encode()},
    "name of a member": lambda members: members | {f"xl/{NAME}.xml": b"<x/>"},
    "second sheet": lambda members: members | {"xl/worksheets/sheet2.xml": f"<x>{NAME}</x>".encode()},
    "third sheet": lambda members: members | {"xl/worksheets/sheet3.xml": f"<x>{NAME}</x>".encode()},
    "in the legend": added("xl/sharedStrings.xml", "认定事由".encode(), NAME.encode()),
    "behind the legend": added(LEGEND, b"</sheetData>", f"</sheetData><!-- {NAME} -->".encode()),
    "behind the rows": added(SHEET, b"</sheetData>", f"</sheetData><!-- {NAME} -->".encode()),
    "before the rows": added(SHEET, b"<sheetData>", f"<!-- {NAME} --><sheetData>".encode()),
    "in a row": added(SHEET, "演示事由".encode(), NAME.encode()),
    "properties": added("docProps/core.xml", b"</dc:title>", entities(NAME).encode() + b"</dc:title>"),
    "base64 in a style": added("xl/styles.xml", b"Calibri", based(NAME).encode()),
}


@pytest.mark.parametrize("what", BOOKS)
def test_leak_in_a_workbook_is_found_wherever_it_stands(tree, what):
    path = "data/severe-list.xlsx"
    tree.write(path, zipped(BOOKS[what](members_of(tree.root / path))))
    assert "leak" in tree.rules()


def swapped_meanings(members):
    """The last sheet tells of two columns what the other means."""
    first, second = (f'<c r="B{row}" t="s"><v>'.encode() for row in (2, 3))
    sheet = members[LEGEND]
    one, two = (sheet.partition(start)[2].partition(b"</v>")[0] for start in (first, second))
    assert one != two
    sheet = sheet.replace(second + two + b"<", second + one + b"<").replace(first + one + b"<", first + two + b"<")
    return members | {LEGEND: sheet}


def test_a_workbook_that_says_more_than_its_columns_is_read_row_by_row(tree):
    path = tree.root / "data/severe-list.xlsx"
    parts = parts_of(tree, Kind.SEVERE)
    for change in (
        added("xl/sharedStrings.xml", "认定事由".encode(), "认定原因".encode()),
        added("xl/sharedStrings.xml", b"</sst>", "<si><t>演示</t></si></sst>".encode()),
        swapped_meanings,
        added(LEGEND, b"</sheetData>", b'<row r="99"><c r="A99"><v>1</v></c></row></sheetData>'),
    ):
        data = path.read_bytes()
        assert vouched(path, Kind.SEVERE, "xlsx", parts) is not None
        path.write_bytes(zipped(change(members_of(path))))
        assert vouched(path, Kind.SEVERE, "xlsx", parts) is None
        path.write_bytes(data)


def test_dates_that_are_shown_as_numbers_are_found(tree):
    path = "data/severe-list.xlsx"
    change = added("xl/styles.xml", b'formatCode="yyyy-mm-dd"', b'formatCode="0.00"')
    tree.write(path, zipped(change(members_of(tree.root / path))))
    assert "accounting" in tree.rules()


@pytest.mark.parametrize("extension", ["csv", "jsonl"])
@pytest.mark.parametrize("writing", ["plain", "entity", "json", "base64"])
def test_leak_in_a_download_of_lines_is_found(tree, extension, writing):
    tree.change(f"data/severe-list.{extension}", "演示救济措施", WRITINGS[writing](TEXT).replace("\n", ""))
    assert {"leak", "accounting"} <= tree.rules()


def test_signed_number_and_formula_starters_are_in_downloads_as_they_are_to_be(tmp_path):
    lists = rows()
    lists["severe"][0] |= {"change_note": "-5", "cause": "=演示事由", "remedies": "'演示<&>救济", "list_name": "+1.5"}
    lists["severe"][1] |= {"cause": "演示_x0041_事由\t完"}
    site = small_sites.write_site(tmp_path / "content", "dalian", overlay=[])
    export = small_sites.write_export(tmp_path / "export", **lists)
    small_sites.build_site(site, export, tmp_path / "out")
    tree = Tree(site, export, small_sites.live_root(tmp_path / "out", "dalian"), tmp_path).fresh()
    assert tree.audit() == ()


# files a rebuild shares with the audited release


def listed(root):
    lines = (root / "release-files.txt").read_text().splitlines()
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


def rebuilt(tree, shared, as_of=small_sites.AS_OF):
    return audit(tree.root, tree.site, as_of, Local().run, expected=tree.expected, themes=tree.themes, shared=shared)


def first_audit(tree):
    return audit(tree.root, tree.site, small_sites.AS_OF, Local().run, expected=tree.expected, themes=tree.themes)


def rules_of(seen):
    assert all(value not in str(one) for one in seen.findings for value in VALUES)
    return {one.code for one in seen.findings}


def test_rebuild_that_shares_everything_passes(tree):
    seen = first_audit(tree)
    assert seen.searched
    again = rebuilt(tree, TakenOver(listed(tree.root), seen.searched))
    assert (again.findings, again.searched) == ((), seen.searched)


def test_shared_file_is_held_by_its_digest(tree):
    seen = first_audit(tree)
    shared = TakenOver(listed(tree.root), seen.searched)
    tree.write("severe/S-0003.html", (tree.root / "severe/S-0003.html").read_bytes() + b"<p>x</p>", listed=False)
    assert rules_of(rebuilt(tree, shared)) == {"file-list"}
    tree.write("severe/S-0003.html", (tree.root / "severe/S-0001.html").read_bytes())
    assert "accounting" in rules_of(rebuilt(tree, shared))


@pytest.mark.parametrize("writing", ["plain", "entity", "base64", "json", "tag across lines"])
def test_value_withheld_since_is_looked_for_in_shared_files(tree, writing):
    seen = first_audit(tree)
    tree.change("severe/S-0003.html", FOOTER, f"{FOOTER}\n{WRITINGS[writing](NAME)}\n")
    files = listed(tree.root)
    assert rules_of(rebuilt(tree, TakenOver(files, seen.searched))) == set()
    assert rules_of(rebuilt(tree, TakenOver(files, frozenset()))) == {"leak"}


def test_release_that_takes_over_a_list_of_a_record_withheld_since_is_refused(tmp_path):
    before, after = rows(), rows()
    after["severe"][2] |= {"disclosure": "query"}
    site = small_sites.write_site(tmp_path / "content", "dalian", overlay=[])
    trees = []
    for name, lists in (("before", before), ("after", after)):
        folder = tmp_path / name
        export = small_sites.write_export(folder / "export", **lists)
        options = {"allow": ["shrink"]}
        small_sites.build_site(site, export, folder / "out", **options)
        trees.append(Tree(site, export, small_sites.live_root(folder / "out", "dalian"), folder).fresh())
    old, new = trees
    seen = first_audit(old)
    assert seen.findings == ()
    was, now = listed(old.root), listed(new.root)
    same = {path: digest for path, digest in now.items() if was.get(path) == digest}
    gone = frozenset(was) - frozenset(now)
    assert rules_of(rebuilt(new, TakenOver(same, seen.searched, gone))) == set()
    stale = next(path for path in sorted(was) if path.startswith("severe/by/") and path in now and path not in same)
    shutil.copy(old.root / stale, new.root / stale)
    new.relist()
    found = rebuilt(new, TakenOver(same | {stale: was[stale]}, seen.searched, gone))
    assert {"leak", "link"} <= rules_of(found)
    assert {one.place.file for one in found.findings if one.code == "leak"} == {stale}


def test_shared_page_past_its_day_is_found(tree):
    seen = first_audit(tree)
    later = small_sites.dt.date(2030, 1, 1)
    shared = TakenOver(listed(tree.root), seen.searched)
    places = {one.place.file for one in rebuilt(tree, shared, later).findings if one.code == "expiry"}
    assert "severe/S-0002.html" in places


def test_record_missing_in_a_shared_list_is_found(tree):
    seen = first_audit(tree)
    tree.change("severe/2024/index.html", "severe/S-0001.html", "severe/S-0002.html")
    assert rules_of(rebuilt(tree, TakenOver(listed(tree.root), seen.searched))) == {"accounting"}
