"""The audit gate on built sites: what is planted, left out or changed is found, nothing else, and no value told."""

import base64
import gzip
import io
import itertools
import json
import re
import shutil
import zipfile

import brotli
from gated_pages import joined
import msgspec
import pytest
from sizes import thinned
import small_sites

from site_builder.audit import record_pages
from site_builder.audit.file_list import read_release
from site_builder.audit.gate import audit
from site_builder.audit.shared import is_ours
from site_builder.cli.options import themes_of
from site_builder.config.load import load_site
from site_builder.decide.examine import Options, examine, open_export, refuse_if
from site_builder.outputs.manifest import digest, file_list
from site_builder.pages import urls
from site_builder.progress import Silent
from site_builder.release.guards import Memory
from site_builder.release.squeezed import EXTENSIONS
from site_builder.releasing.expected import expected_of
from site_builder.render.environment import load_theme
from site_builder.render.pages import Joined
from site_builder.search import lookup
from site_builder.search.lookup import LookupRow
from site_builder.vocabulary import Kind
from site_builder.workers import Local
from site_builder.write.hints import Hints

NAME = "演示隐匿远洋贸易行"
CODE = small_sites.credit_code(987654321, "91210299")
TEXT = "演示隐情：夜间私自拆除封条并转移货物"
WITHHELD_ID = "HID-77-Z"
PAGE = "severe/S-0001.html"
ELEMENT = re.compile(rb"(?<=>)[^<>]+(?=</)")


class Tree:
    """A built site, what it was built from, and a copy of it to be spoilt."""

    def __init__(self, site_file, export, root, scratch):
        self.site = load_site(site_file)
        self.built = root
        self.root = scratch / "root"
        options = Options(export=export, as_of=small_sites.AS_OF)
        verified = open_export(self.site, options, None, scratch / "unpacked", Silent())
        stage = scratch / "stage"
        stage.mkdir()
        examined = examine(self.site, options, verified, Memory(None, None), stage, Silent())
        refuse_if(examined)
        self.expected = expected_of(verified, examined, stage)
        self.themes = load_theme(themes_of(self.site), self.site.site.theme).folders

    def fresh(self):
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self.built, self.root)
        return self

    def write(self, path, data, *, listed=True):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(data)
        if listed:
            self.relist()

    def change(self, path, old, new):
        data = (self.root / path).read_bytes()
        assert old.encode() in data
        self.write(path, data.replace(old.encode(), new.encode(), 1))

    def relist(self):
        files = small_sites.files_of(self.root)
        told = json.loads(files.pop("release.json"))
        files.pop("release-files.txt")
        listed = file_list(sorted((path, digest(data)) for path, data in files.items()))
        (self.root / "release-files.txt").write_bytes(listed)
        (self.root / "release.json").write_text(json.dumps(told | {"files": digest(listed)}))

    def hint(self, root):
        """Tell the audit, as who wrote the pages does, what those of a tree are joined of: a value in every element."""
        for shard in self.expected.shards:
            hints = Hints()
            for one in (root / urls.FOLDER_OF[shard.kind]).glob("*.html"):
                page = one.read_bytes()
                constants, values = joined(page, [place for one in ELEMENT.finditer(page) for place in one.span()])
                hints.add(one.stem, Joined(constants, [value.decode() for value in values]))
            shard.hinted.parent.mkdir(exist_ok=True)
            shard.hinted.write_bytes(hints.packed())

    def audit(self, *, whole=True, jobs=1, as_of=small_sites.AS_OF):
        expected, themes = (self.expected, self.themes) if whole else (None, ())
        if whole and self.root.exists():
            self.hint(self.root)
        return audit(self.root, self.site, as_of, Local(jobs).run, expected=expected, themes=themes).findings

    def rules(self, **options):
        found = self.audit(**options)
        for one in found:
            for value in (NAME, CODE, TEXT, WITHHELD_ID, small_sites.resident_id()):
                assert value not in str(one)
        return {one.code for one in found}


def rows():
    hidden = small_sites.entry(
        WITHHELD_ID,
        disclosure="query",
        subject_name=NAME,
        subject_code=CODE,
        cause=TEXT,
        decision_no="演示密决〔2025〕77号",
        legal_representative="演示匿名甲",
    )
    return {
        "severe": [
            small_sites.entry(
                "S-0001", remedies="可以致电 0411-8888-0001 或者 13800001111 咨询", measure_ids=["M-0001"]
            ),
            small_sites.entry(
                "S-0002", term_months=36, term_start="listing", term_basis="《演示法》第九条", term_level="law"
            ),
            small_sites.entry("S-0002-1", cause="演示事由，含编号的一部分 & <尖括号>，“引号”"),
            small_sites.person("S-0003"),
            hidden,
            small_sites.entry("S-0004", removed_on=small_sites.AS_OF, cause="演示已移出的事由，不再公开"),
        ],
        "measures": [
            small_sites.measure("M-0001"),
            small_sites.measure("M-0002", disclosure="shared", title="演示内部限制措施"),
        ],
        "models": [
            small_sites.model(
                "R-0001",
                deeds="## 演示事迹\n\n- 多年**诚信**经营\n- 帮助邻里",
                valid_through=small_sites.dt.date(2027, 1, 1),
            ),
            small_sites.person_model("R-0002"),
            small_sites.model("R-0003", disclosure="shared", name="演示未公开的典型"),
        ],
    }


def make(folder, city, **changes):
    overlay = [
        {"kind": "severe-list", "id": "S-0004", "on": small_sites.AS_OF, "what": "removed", "why": "演示私下的缘由说明"}
    ]
    site = small_sites.write_site(folder / "content", city, overlay=overlay, **changes)
    export = small_sites.write_export(folder / "export", **rows())
    small_sites.build_site(site, export, folder / "out")
    return Tree(site, export, small_sites.live_root(folder / "out", city), folder)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("audit"), "dalian")


@pytest.fixture
def tree(made):
    return made.fresh()


@pytest.mark.parametrize("city", ["dalian", "lingyuan"])
@pytest.mark.parametrize("path", ["/", "/sub/dir/"])
def test_built_site_passes_with_its_export_and_without(tmp_path, city, path):
    tree = make(tmp_path, city, site__base_path=path).fresh()
    assert tree.audit() == ()
    assert tree.audit(jobs=2) == ()
    assert tree.audit(whole=False) == ()


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def entities(text):
    return "".join(f"&#x{ord(char):x};" for char in text)


def percent(text):
    return "".join(f"%{byte:02X}" for byte in text.encode())


def json_escapes(text):
    return json.dumps(text).strip('"')


def based(text):
    return base64.b64encode(text.encode()).decode()


ENCODINGS = {
    "plain": lambda text: ("a.txt", text.encode()),
    "bom": lambda text: ("a.csv", b"\xef\xbb\xbf" + text.encode()),
    "utf-16": lambda text: ("a.txt", text.encode("utf-16")),
    "utf-16-le": lambda text: ("a.txt", f"abc {text} abc".encode("utf-16-le")),
    "gb18030": lambda text: ("a.txt", f"演示 {text}".encode("gb18030")),
    "entity": lambda text: ("a.html", f"<p>{entities(text)}</p>".encode()),
    "decimal entity": lambda text: ("a.html", "".join(f"&#{ord(char)};" for char in text).encode()),
    "attribute": lambda text: ("a.html", f'<p title="{text}">'.encode()),
    "comment": lambda text: ("a.html", f"<!-- {text} -->".encode()),
    "percent": lambda text: ("a.html", f'<a href="https://x.example/?q={percent(text)}">x</a>'.encode()),
    "json": lambda text: ("a.json", f'["{json_escapes(text)}"]'.encode()),
    "every character escaped": lambda text: ("a.json", "".join(f"\\u{ord(char):04x}" for char in text).encode()),
    "javascript": lambda text: ("a.js", "".join(f"\\u{{{ord(char):x}}}" for char in text).encode()),
    "base64": lambda text: ("a.html", f'<p data-x="{based(text)}">'.encode()),
    "base64 inside": lambda text: ("a.txt", based(f"x演示{text}之后").encode()),
    "base64 url": lambda text: ("a.txt", base64.urlsafe_b64encode(f"??>>{text}".encode())),
    "wrapped base64": lambda text: (
        "a.txt",
        base64.encodebytes(("演示垫" * 30 + f"\n{text}\n" + "演示垫" * 30).encode()),
    ),
    "base64 of gzip": lambda text: ("a.txt", base64.b64encode(gzip.compress(text.encode()))),
    "entity in percent": lambda text: ("a.html", percent(entities(text)).encode()),
    "json in base64": lambda text: ("a.txt", based(json.dumps([text])).encode()),
    "gzip": lambda text: ("a.txt.gz", gzip.compress(text.encode())),
    "gzip twice": lambda text: ("a.bin", gzip.compress(gzip.compress(text.encode()))),
    "gzip, second member": lambda text: ("a.bin", gzip.compress(b"x\n") + gzip.compress(text.encode())),
    "behind gzip": lambda text: ("a.bin", gzip.compress(b"x\n") + text.encode()),
    "br": lambda text: ("a.txt.br", brotli.compress(text.encode())),
    "zip member": lambda text: ("a.zip", zipped({"inside.txt": text})),
    "zip name": lambda text: ("a.zip", zipped({f"{text}.txt": b""})),
    "xlsx cell": lambda text: ("a.xlsx", zipped({"xl/worksheets/sheet1.xml": f'<c r="A1"><is><t>{text}</t></is></c>'})),
    "xlsx properties": lambda text: ("a.xlsx", zipped({"docProps/core.xml": f"<dc:creator>{text}</dc:creator>"})),
    "fragment": lambda text: (
        "search/x.pf_fragment",
        gzip.compress(b"pagefind_dcd" + json.dumps({"content": "\u200b".join(text)}, ensure_ascii=False).encode()),
    ),
    "marked between": lambda text: ("a.html", f"<p>{text[:3]}<wbr>{text[3:]}</p>".encode()),
    "file name": lambda text: (f"assets/{text}.txt", b"x"),
    "escaped file name": lambda text: (f"assets/{percent(text)}.txt", b"x"),
}


VALUES = [NAME, CODE, TEXT, WITHHELD_ID, "演示匿名甲", "演示密决〔2025〕77号"]


@pytest.mark.parametrize(("encoding", "value"), thinned(itertools.product(ENCODINGS, VALUES), len(VALUES) - 1))
def test_withheld_value_is_found_however_it_is_written(tree, encoding, value):
    path, data = ENCODINGS[encoding](value)
    tree.write(path, data)
    assert "leak" in tree.rules()


def test_value_in_a_page_is_found_with_its_line(tree):
    tree.change(PAGE, "<h1>", f"<h1>{NAME}\n")
    found = [one for one in tree.audit() if one.code == "leak"]
    assert [one.place.file for one in found] == [PAGE]
    line = (
        (tree.root / PAGE)
        .read_text()
        .splitlines()
        .index(next(iter(line for line in (tree.root / PAGE).read_text().splitlines() if NAME in line)))
    )
    assert found[0].place.row == line + 1


@pytest.mark.parametrize("planted", ["<p>{}</p>", "{}", "<!-- {} -->", '<p title="{}">', "<p>{}\n</p>"])
def test_hints_that_do_not_fit_the_page_hide_nothing(tree, planted):
    tree.change(PAGE, "<h1>", f"{planted.format(NAME)}<h1>")
    tree.hint(tree.built)
    findings = audit(tree.root, tree.site, small_sites.AS_OF, Local().run, expected=tree.expected, themes=tree.themes)
    assert {(one.code, one.place.file) for one in findings.findings if one.code == "leak"} == {("leak", PAGE)}


@pytest.mark.parametrize(
    "hint",
    [
        b"",
        b"\xc1",
        b"\x93\x90\x90\x81\xa1\xff\xc4\x00",
        b"\x91\xc0",
        *(([[b"<p>", b"</p>"], []], [b"x"], {"S-0001": told}) for told in (b"", bytes(7), bytes(9), b"\xff" * 9)),
        ([[b"<p>", b"</p>"]], [b"x"], {"S-0001": bytes(12)}),
        ([["<p>"]], [3], {}),
    ],
)
def test_hints_that_are_none_are_not_followed(tree, hint):
    tree.change(PAGE, "<h1>", f"<p>{NAME}</p><h1>")
    for shard in tree.expected.shards:
        shard.hinted.parent.mkdir(exist_ok=True)
        shard.hinted.write_bytes(hint if isinstance(hint, bytes) else msgspec.msgpack.encode(hint))
    findings = audit(tree.root, tree.site, small_sites.AS_OF, Local().run, expected=tree.expected, themes=tree.themes)
    assert {(one.code, one.place.file) for one in findings.findings} == {("leak", PAGE)}


def of_the_page_before(tree):
    tree.hint(tree.built)


def of_another_record(tree):
    """Every page has the hint of the one that comes next."""
    tree.hint(tree.root)
    for frames, values, pages, shard in told(tree):
        ids = sorted(pages)
        turned = {one: pages[other] for one, other in zip(ids, [*ids[1:], *ids[:1]], strict=True)}
        shard.hinted.write_bytes(msgspec.msgpack.encode((frames, values, turned)))


def with_values_no_page_has(tree):
    tree.hint(tree.built)
    for frames, values, pages, shard in told(tree):
        more = [NAME.encode(), CODE.encode(), f"<p>{NAME}</p>".encode()]
        shard.hinted.write_bytes(msgspec.msgpack.encode((frames, [*values, *more], pages)))


def in_one_value(tree):
    """Every page is one value, with nothing around it."""
    for shard in tree.expected.shards:
        hints = Hints()
        for one in (tree.root / urls.FOLDER_OF[shard.kind]).glob("*.html"):
            hints.add(one.stem, Joined((b"", b""), [one.read_text()]))
        shard.hinted.write_bytes(hints.packed())


def in_one_constant(tree):
    for shard in tree.expected.shards:
        hints = Hints()
        for one in (tree.root / urls.FOLDER_OF[shard.kind]).glob("*.html"):
            hints.add(one.stem, Joined((one.read_bytes(),), []))
        shard.hinted.write_bytes(hints.packed())


def told(tree):
    """The constants, values and pages of each shard's hints, as they lie there."""
    for shard in tree.expected.shards:
        yield *msgspec.msgpack.decode(shard.hinted.read_bytes()), shard


LIES = [of_the_page_before, of_another_record, with_values_no_page_has, in_one_value, in_one_constant]


def audited_with(tree, lie):
    """What is found of pages with a lying hint."""
    tree.hint(tree.built)
    lie(tree)
    seen = audit(tree.root, tree.site, small_sites.AS_OF, Local().run, expected=tree.expected, themes=tree.themes)
    return {(one.code, one.place.file) for one in seen.findings}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("planted", ["<h2>{}</h2>", "<!-- {} -->", "&#28436;{}", "{}</h1><h1>", '<i title="{}">x</i>'])
def test_lying_hint_hides_nothing(tree, lie, planted):
    name = NAME[1:] if planted.startswith("&") else NAME
    tree.change(PAGE, "<h1>", f"{planted.format(name)}<h1>")
    assert audited_with(tree, lie) == {("leak", PAGE)}


@pytest.mark.parametrize("lie", LIES)
def test_lying_hint_is_no_finding_where_the_pages_are_as_they_are_to_be(tree, lie):
    assert audited_with(tree, lie) == set()


@pytest.mark.parametrize("lie", LIES)
def test_page_of_another_record_is_found_whatever_the_hint(tree, lie):
    tree.write(PAGE, (tree.root / "severe/S-0002.html").read_bytes())
    assert ("accounting", PAGE) in audited_with(tree, lie)


@pytest.mark.parametrize("page", ["severe/S-0002.html", "severe/S-0002-1.html", "severe/S-0003.html"])
@pytest.mark.parametrize("beside", ["{}{}", "{} {}", "{}", "<wbr>{}{}"])
def test_value_beside_the_own_words_of_any_page_is_found(tree, page, beside):
    name = re.search("<h1><bdi>(.*?)</bdi>", (tree.root / page).read_text())[1]
    told = beside.format(name, NAME) if beside.count("{}") > 1 else NAME
    tree.change(page, f"<h1><bdi>{name}</bdi>", f"<h1><bdi>{told}</bdi>")
    assert {one.place.file for one in tree.audit() if one.code == "leak"} == {page}


NAMESAKES = {"S-1": "演示商贸甲有限公司", "S-2": "演示商贸乙有限公司"}


def test_pages_of_entries_are_held_against_their_fields_without_reading_their_whole_text(tree, monkeypatch):
    whole, plain = [], record_pages.plain

    def noted(markup):
        whole.append(markup)
        return plain(markup)

    monkeypatch.setattr(record_pages, "plain", noted)
    assert tree.audit() == ()
    names = ["演示商贸S-0001有限公司", "演示商贸S-0002有限公司", "演示某S-0003", "演示商贸S-0002-1有限公司"]
    slow = [name for name in names if any(f"<h1><bdi>{name}<" in markup for markup in whole)]
    assert slow == names[-1:]  # its cause has marks that are escaped


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory):
    """Two entries on whose pages the same words may stand beside their names; those of the second are withheld."""
    folder = tmp_path_factory.mktemp("namesakes")
    severe = [
        small_sites.entry("S-1", subject_name=NAMESAKES["S-1"], change_note="演示商贸甲有限公司集团 0411-12222"),
        small_sites.entry("S-2", subject_name=NAMESAKES["S-2"], actual_controller="演示商贸乙有限公司集团"),
        small_sites.entry("S-3", disclosure="query", subject_name="演示商贸乙有限公司（总部）", subject_code=CODE),
    ]
    site, export = (
        small_sites.write_site(folder / "content"),
        small_sites.write_export(folder / "export", severe=severe),
    )
    small_sites.build_site(site, export, folder / "out")
    return Tree(site, export, small_sites.live_root(folder / "out", "dalian"), folder)


@pytest.mark.parametrize("told", ["<p>{}集团</p>", "<p>{}（总部）</p>", "<bdi>{}</bdi>集团"])
def test_value_made_of_own_words_and_words_of_other_pages_is_found(namesakes, told):
    tree = namesakes.fresh()
    for entry, name in NAMESAKES.items():
        tree.change(f"severe/{entry}.html", "<h1>", f"{told.format(name)}\n<h1>")
    assert "severe/S-2.html" in {one.place.file for one in tree.audit() if one.code == "leak"}


@pytest.mark.parametrize("address", ["photos/{}.jpg", "../severe/x-{}.html", "../severe/{}.html.gz", "../laws/{}/"])
def test_link_named_after_its_record_is_followed_on_every_page(namesakes, address):
    tree = namesakes.fresh()
    for entry in NAMESAKES:
        tree.change(f"severe/{entry}.html", "<h1>", f'<a href="{address.format(entry)}">x</a>\n<h1>')
    found = {one.place.file for one in tree.audit() if one.code == "link"}
    assert found == {"severe/S-1.html", "severe/S-2.html"}


def test_page_that_has_the_marks_of_values_is_read_whole(tree):
    page = tree.root / "severe/S-0002-1.html"
    marked = "".join(f"<p>\x01{number}</p>\n" for number in range(7))
    tree.change("severe/S-0002-1.html", "</main>", f"{marked}<p>{NAME}</p></main>")
    assert [one.place.row for one in tree.audit() if one.code == "leak"] == [
        page.read_text()[: page.read_text().index(NAME)].count("\n") + 1
    ]


def test_value_in_the_lookup_is_found(tree):
    shutil.rmtree(tree.root / "search/lookup")
    leaked = LookupRow(
        Kind.SEVERE.value, "S-0009", "severe/S-0009.html", NAME, CODE, "演示密决〔2025〕77号", "2024-05-12"
    )
    kept = lookup.decode(lookup_files(tree.built))
    lookup.build([*kept, leaked], lambda path, data: tree.write(f"search/lookup/{path}", data, listed=False))
    tree.relist()
    assert {"leak", "accounting"} <= tree.rules()


def test_folder_named_by_what_is_withheld_is_told_without_its_name(tree):
    tree.write(f"{NAME}/more.txt", b"x")
    found = tree.audit()
    assert ("leak", "file-name") in {(one.code, one.place.column) for one in found}
    assert all(NAME not in f"{one.place.file}{one.message}" for one in found)


OURS = [
    "assets/explore/tabulator/tabulator.js",
    "assets/mode.js",
    "search/fulltext/pagefind/0/pagefind.js",
    "search/fulltext/pagefind/0/pagefind-worker.js",
    "search/fulltext/pagefind/0/wasm.unknown.pagefind",
]


@pytest.mark.parametrize("path", OURS)
def test_value_in_a_file_of_the_program_is_found_where_a_byte_differs(tree, path):
    shipped = small_sites.PROGRAM / "site_builder/themes/credit" / path
    own = (shipped if shipped.is_file() else tree.root / path).read_bytes()
    assert is_ours(digest(own)), "where the library is another, its SHA-256 is another"
    tree.write(path, own + f"\n// {base64.b64encode(NAME.encode()).decode()}".encode())
    assert {(one.code, one.place.file) for one in tree.audit()} == {("leak", path)}


@pytest.mark.parametrize("tag", ["time", "abbr", "cite", "code", "del", "ins", "q", "s", "small", "sub", "tt"])
def test_value_across_words_set_apart_in_a_line_is_found(tree, tag):
    tree.change("severe/index.html", "</main>", f"<p>{TEXT[:6]}<{tag} class=x>{TEXT[6:9]}</{tag}>{TEXT[9:]}</p></main>")
    assert tree.rules() == {"leak"}


def test_numbers_that_stand_side_by_side_are_not_read_as_one(tree):
    tree.change("severe/index.html", "</main>", "<p>622202<time>1234567</time><small>890128</small></p></main>")
    assert tree.rules() == set()


def _named(data, name):
    """A gzip file with a name in its header (RFC 1952), and the same bytes inside."""
    packed = gzip.compress(data, mtime=0)
    return packed[:3] + b"\x08" + packed[4:10] + name + b"\0" + packed[10:]


SQUEEZED = {
    "a name": lambda data: (".gz", _named(data, NAME.encode())),
    "a name in base64": lambda data: (".gz", _named(data, base64.b64encode(NAME.encode()))),
    "an empty member": lambda data: (
        ".gz",
        gzip.compress(data, mtime=0) + _named(b"", base64.b64encode(NAME.encode())),
    ),
}


@pytest.mark.parametrize("how", SQUEEZED)
def test_value_around_what_is_squeezed_is_found(tree, how):
    path = "assets/site.js"
    extension, packed = SQUEEZED[how]((tree.root / path).read_bytes())
    tree.write(path + extension, packed)
    assert "leak" in tree.rules()


def test_value_in_the_keys_of_the_lookup_alone_is_found(tree):
    leaf = next((tree.root / "search/lookup/leaf").iterdir())
    entries: dict[str, bytes] = {}
    both = [LookupRow("measures", name, name, name, date="2024-01-01") for name in (f"{NAME}甲", f"{NAME}乙")]
    lookup.build(both, entries.__setitem__)
    planted = next(data for path, data in entries.items() if path.startswith("leaf/"))
    tree.write(f"search/lookup/leaf/{leaf.stem[:-1]}x.bin", planted)
    assert "leak" in tree.rules()


def test_hash_of_a_withheld_name_among_the_names_for_the_mistyped_is_found(tree):
    shutil.rmtree(tree.root / "search/lookup/near")
    kept = list(lookup.decode(lookup_files(tree.built)))
    leaked = LookupRow(kind="severe-list", id=WITHHELD_ID, href="", title=NAME)
    lookup.write_near([*kept, leaked], lambda path, data: tree.write(f"search/lookup/{path}", data, listed=False))
    tree.relist()
    assert tree.rules() == {"leak"}


@pytest.mark.parametrize("spoil", [shutil.rmtree, lambda near: (near / "a-0.bin").write_bytes(gzip.compress(b"\0\0"))])
def test_names_for_the_mistyped_that_are_not_those_of_the_rows_are_found(tree, spoil):
    spoil(tree.root / "search/lookup/near")
    tree.relist()
    assert tree.rules() == {"leak"}


def lookup_files(root):
    return {
        path.removeprefix("search/lookup/"): data
        for path, data in small_sites.files_of(root).items()
        if "search/lookup/" in path
    }


def test_raw_code_of_a_published_person_is_a_leak(tree):
    tree.change("severe/S-0003.html", "<h1>", f"<h1>{small_sites.resident_id()}")
    assert {"leak", "personal-data"} <= tree.rules()


@pytest.mark.parametrize(
    "value",
    ["演示私下的缘由说明", "演示内部限制措施", "演示未公开的典型", "M-0002", "R-0003", "演示已移出的事由，不再公开"],
)
def test_overlay_and_other_kinds_are_searched_too(tree, value):
    tree.write("a.txt", value.encode())
    assert "leak" in tree.rules()


def test_value_that_is_part_of_a_published_one_is_no_leak(tree):
    tree.write("a.txt", "S-0002-1 S-0002 演示市场监管局 演示移出条件".encode())
    assert tree.rules() == set()


@pytest.mark.parametrize(
    "data",
    [b"\x1f\x8b\x08broken", gzip.compress(b"x" * 100)[:-9], b"PK\x03\x04broken"],
    ids=["gzip", "cut gzip", "zip"],
)
def test_file_that_cannot_be_unpacked_is_found(tree, data):
    tree.write("a.bin", data)
    assert "leak" in tree.rules()


def test_packing_too_deep_to_be_read_is_found(tree):
    data = NAME.encode()
    for _ in range(9):
        data = gzip.compress(data)
    tree.write("a.bin", data)
    assert "leak" in tree.rules()


NUMBERS = {
    "resident ID": small_sites.resident_id("11010519800101123"),
    "resident ID in pieces": "110105 19800101 " + small_sites.resident_id("11010519800101123")[14:],
    "full width": "１３９１２３４５６７８",
    "mobile": "13912345678",
    "mobile with hyphens": "139-1234-5678",
    "card": "6222021234567890128",
    "entities": entities("13912345678"),
    "markup between": "139<b>1234</b>5678",
}


def luhn(body):
    total = sum(
        sum(divmod(int(digit) * 2, 10)) if place % 2 == 0 else int(digit) for place, digit in enumerate(reversed(body))
    )
    return body + str(-total % 10)


NUMBERS["card"] = luhn("622202123456789012")


@pytest.mark.parametrize("what", NUMBERS)
@pytest.mark.parametrize("whole", [True, False], ids=["with export", "tree alone"])
def test_personal_number_is_found(tree, what, whole):
    tree.change(PAGE, "<h1>", f"<h1>{NUMBERS[what]} ")
    assert "personal-data" in tree.rules(whole=whole)


def test_personal_number_in_a_download_is_found(tree):
    tree.change("data/severe-list.csv", "演示惩戒提示", "演示惩戒提示13912345678")
    assert {"personal-data", "accounting"} <= tree.rules()


def spoil_page(tree):
    (tree.root / PAGE).unlink()
    tree.relist()


def spoil_csv(tree):
    lines = (tree.root / "data/severe-list.csv").read_bytes().split(b"\r\n")
    tree.write("data/severe-list.csv", b"\r\n".join([*lines[:2], *lines[3:]]))


def spoil_jsonl(tree):
    lines = (tree.root / "data/measures.jsonl").read_bytes().split(b"\n")
    tree.write("data/measures.jsonl", b"\n".join([*lines, lines[0]]).replace(b"\n\n", b"\n"))


def spoil_xlsx(tree):
    path = tree.root / "data/role-models.xlsx"
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = members["xl/worksheets/sheet1.xml"].replace(
        "演示文明办".encode(), "演示别处办".encode(), 1
    )
    tree.write("data/role-models.xlsx", zipped(members))


def spoil_released(tree):
    told = json.loads((tree.root / "release.json").read_text())
    told["published"]["measures"] += 1
    (tree.root / "release.json").write_text(json.dumps(told))


ACCOUNTS = {
    "missing page": spoil_page,
    "row missing in CSV": spoil_csv,
    "row twice in JSON lines": spoil_jsonl,
    "cell changed in XLSX": spoil_xlsx,
    "count in release.json": spoil_released,
    "field missing on page": lambda tree: tree.change(PAGE, "<p>演示移出条件</p>", "<p></p>"),
    "other value in CSV": lambda tree: tree.change("data/severe-list.csv", "演示事由 S-0001", "演示事由 S-0008"),
    "other value in JSON": lambda tree: tree.change("data/severe-list.jsonl", "演示事由 S-0001", "演示事由 S-0008"),
    "extra page": lambda tree: tree.write(f"severe/{WITHHELD_ID}.html", (tree.root / PAGE).read_bytes()),
    "extra page with a short name": lambda tree: tree.write("measures/X1.html", (tree.root / PAGE).read_bytes()),
    "not in the list": lambda tree: tree.change("severe/2024/index.html", "severe/S-0001.html", "severe/S-0002.html"),
    "role model not in the list": lambda tree: tree.change(
        "role-models/index.html", "../role-models/R-0001.html", "../index.html"
    ),
    "measure not in the list": lambda tree: tree.change(
        "measures/index.html", "../measures/M-0001.html", "../index.html"
    ),
    "not in the sitemap": lambda tree: tree.change("sitemap.xml", "severe/S-0001.html", "severe/"),
    "person in the sitemap": lambda tree: tree.change("sitemap.xml", "severe/S-0001.html", "severe/S-0003.html"),
    "person indexable": lambda tree: tree.change("severe/S-0003.html", "noindex", "index"),
    "no lookup": lambda tree: [shutil.rmtree(tree.root / "search/lookup"), tree.relist()],
}


@pytest.mark.parametrize("what", ACCOUNTS)
def test_record_not_accounted_for_is_found(tree, what):
    ACCOUNTS[what](tree)
    assert "accounting" in tree.rules()


FILES = {
    "changed byte": lambda tree: tree.write("robots.txt", b"User-agent: *\nDisallow:\n", listed=False),
    "unlisted file": lambda tree: tree.write("a.txt", b"x", listed=False),
    "missing file": lambda tree: (tree.root / "assets/icon.svg").unlink(),
    "link": lambda tree: (tree.root / "a.txt").symlink_to("index.html"),
    "digest of the list": lambda tree: (tree.root / "release-files.txt").write_bytes(
        (tree.root / "release-files.txt").read_bytes() + b"0" * 64 + b"  zz.txt\n"
    ),
    "no list": lambda tree: (tree.root / "release-files.txt").unlink(),
    "no release.json": lambda tree: (tree.root / "release.json").unlink(),
}


@pytest.mark.parametrize("what", FILES)
@pytest.mark.parametrize("whole", [True, False], ids=["with export", "tree alone"])
def test_file_that_is_not_as_listed_is_found(tree, what, whole):
    FILES[what](tree)
    assert tree.rules(whole=whole) & {"file-list", "accounting"}


LINKS = {
    "file": '<a href="nowhere.html">x</a>',
    "folder": '<a href="../severe/1901/">x</a>',
    "source": "<img src='../nothing.jpg'>",
    "unquoted": "<a href=nowhere.html>x</a>",
    "own anchor": '<a href="#nowhere">x</a>',
    "other page's anchor": '<a href="../guide/query.html#nowhere">x</a>',
    "absolute": '<a href="https://small.example/nowhere.html">x</a>',
    "from the root": '<a href="/nowhere.html">x</a>',
    "out of the root": '<a href="../../x.html">x</a>',
    "script": '<a href="javascript:alert(1)">x</a>',
    "across lines": '<a\nhref="nowhere.html"\n>x</a>',
    "behind a bracket in quotes": '<a title="a > b" href="nowhere.html">x</a>',
    "upper case": '<A HREF="nowhere.html">x</A>',
    "entity": '<a href="nowhere&#46;html">x</a>',
}


@pytest.mark.parametrize("what", LINKS)
def test_link_that_leads_nowhere_is_found(tree, what):
    tree.change(PAGE, "<h1>", f"{LINKS[what]}<h1>")
    assert tree.rules(whole=False) == {"link"}


@pytest.mark.parametrize(
    "link",
    [
        '<a href="S-0002.html?x=1#main">x</a>',
        '<a href="https://elsewhere.example/x">x</a>',
        '<a href="mailto:x@y.example">x</a>',
        '<a href="https://small.example/severe/">x</a>',
        '<a href="/">x</a>',
        '<a href="../">x</a>',
        '<a href="./S-0002.html">x</a>',
    ],
)
def test_link_that_leads_somewhere_is_none(tree, link):
    tree.change(PAGE, "<h1>", f"{link}<h1>")
    assert tree.rules(whole=False) == set()


def test_day_past_is_found(tree):
    day = read_release(tree.root).valid_through
    assert tree.rules(whole=False, as_of=day) == set()
    assert tree.rules(whole=False, as_of=day + small_sites.dt.timedelta(days=1)) == {"expiry"}


def spoil_through(tree):
    told = json.loads((tree.root / "release.json").read_text())
    (tree.root / "release.json").write_text(json.dumps(told | {"valid_through": "2099-01-01"}))


EXPIRY = {
    "valid_through": spoil_through,
    "mark": lambda tree: tree.change("severe/index.html", 'data-public-until="2027', 'data-public-until="2007'),
    "crawlers": lambda tree: tree.change("severe/S-0002.html", "unavailable_after: 2027", "unavailable_after: 2028"),
    "no word to crawlers": lambda tree: tree.change("severe/S-0002.html", "unavailable_after", "x"),
}


@pytest.mark.parametrize("what", EXPIRY)
def test_wrong_day_is_found(tree, what):
    EXPIRY[what](tree)
    assert tree.rules(whole=False) == {"expiry"}


def test_compressed_file_beside_its_original_is_to_be_the_same(tree):
    page = (tree.root / PAGE).read_bytes()
    for extension, squeeze in EXTENSIONS.items():
        tree.write(PAGE + extension, b"".join(squeeze([page])))
    assert tree.rules() == set()
    tree.write(f"{PAGE}.br", brotli.compress(page + NAME.encode()))
    assert "leak" in tree.rules()
