"""What ``check`` passes, builds: whatever the texts of an export are, the gate stops for none of them unforeseen."""

import html
import json
from pathlib import Path
import tempfile

from decided_records import entry, reasons
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
import pytest
from sizes import examples
import small_sites

from site_builder.audit.apart import JSON, MARKUP, PLAIN
from site_builder.audit.numbers import Excused
from site_builder.audit.search import Searcher
from site_builder.errors import SiteBuilderError
from site_builder.vocabulary import Kind

PIECES = st.sampled_from(
    [
        *(
            "演示",
            "公司",
            "有限",
            "办法",
            " ",
            "　",
            "\n",
            "\t",
            ";",
            "；",
            "|",
            ",",
            "，",
            ".",
            "·",
            "/",
            "\\",
            "-",
            "_",
            "#",
        ),
        *("“", "”", '"', "'", "《", "》", "（", "）", "<", ">", "&", "=", "%", "$", "~", "^", "`", "*", "?", "!"),
        *(
            'href="',
            "href=x",
            "src=",
            "url(",
            "data-result",
            "<a href='x'>",
            "</script>",
            "<!--",
            "-->",
            "]]>",
            "<?xml",
        ),
        *("&amp;", "&lt;a href=&quot;", "&#49;&#51;", "&#x31;", "{{ 1 }}", "{% x %}", "${x}", "%E6%BC%94", "\\u6f14"),
        *(
            "http://a@b",
            "https://x.example/?q=1#y",
            "//x.example",
            "mailto:x@example",
            "javascript:x",
            "../../x",
            "/x/",
        ),
        *(
            "index.html",
            "severe/S-1.html",
            "current",
            "data.json",
            ".gz",
            "=1+1",
            "@x",
            "+86",
            "0411-8888 8888",
            "400-800",
        ),
        *(
            "1",
            "13",
            "138",
            "0000",
            "2026",
            "20260102",
            "12345678",
            "912345678",
            "99999999999999999999",
            "1,234,567.00元",
        ),
        *(
            "〔2026〕第1号",
            "第三十二条",
            "DL-34",
            "210202",
            "91210202",
            "62220212345678",
            "11010519491231",
            "①②③",
            "壹贰叁",
        ),
        *(
            "\u200b",
            "\u00a0",
            "\u2028",
            "\u3164",
            "\u202e",
            "\ufeff",
            "\u0301",
            "𠮷",
            "😀",
            "é",
            "Ａ",
            "ⅷ",
            "ﬁ",
            "ß",
            "İ",
        ),
        *("pagefind_dcd", "eyJhIjoxfQ==", "QUJD" * 12, "a1b2c3d4e5f6", "演" * 90, "x" * 300),
    ]
)
ODD = st.lists(PIECES, min_size=1, max_size=7).map("".join)
TEXTS = {
    "severe": (
        *("subject_name", "list_name", "authority", "source", "cause", "decision_no", "measures_notice", "basis"),
        *("removal_conditions", "removal_procedure", "remedies", "change_note", "legal_representative"),
    ),
    "measures": ("name", "content", "targets", "implementing_bodies", "basis", "change_note"),
    "models": ("name", "title", "deeds", "summary", "awarded_by", "change_note"),
}
LISTED = {"basis", "implementing_bodies"}


def odd(base, columns):
    """A row with odd texts in some of these columns, or before or behind what stands there."""
    changed = st.dictionaries(st.sampled_from(columns), st.tuples(ODD, st.sampled_from("=<>")), max_size=4)
    return changed.map(lambda texts: base | {name: put(base, name, *how) for name, how in texts.items()})


def put(base, name, text, how):
    """An odd text instead of a column's own, or beside it."""
    own = base.get(name) or ""
    own = own[0] if isinstance(own, list) and own else own
    told = {"=": text, "<": f"{text}{own}", ">": f"{own}{text}"}[how]
    return [told] if name in LISTED else told


OTHERS = {kind: make(f"{kind.name[:2]}-1") for kind, make in small_sites.OPTIONAL.items()}
OTHERS[Kind.ABNORMAL]["catalogue_item"] = OTHERS[Kind.CATALOGUE]["id"]


def texts_of(row):
    """The columns of a row that hold words, and no machine's."""
    return [name for name, value in row.items() if isinstance(value, str) and value > "\u2000"]


EXPORTS = st.fixed_dictionaries(
    {
        "severe": st.tuples(
            odd(small_sites.entry("S-1", legal_representative="演示法人"), TEXTS["severe"]),
            odd(small_sites.person("S-2"), TEXTS["severe"][1:]),
            odd(small_sites.entry("S-3", disclosure="query"), TEXTS["severe"]),
        ),
        "measures": st.tuples(odd(small_sites.measure("M-1"), TEXTS["measures"])),
        "models": st.tuples(odd(small_sites.model("R-1"), TEXTS["models"])),
        "others": st.fixed_dictionaries({kind: st.tuples(odd(row, texts_of(row))) for kind, row in OTHERS.items()}),
    }
)
GUARDS = ("unpublished-measure", "list-profile")


@settings(
    max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(EXPORTS, st.sampled_from(["dalian", "lingyuan"]), st.sampled_from(["csv", "jsonl"]))
def test_export_that_check_passes_builds(lists, city, style):
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        site = small_sites.write_site(folder / "content", city)
        export = small_sites.write_export(folder / "export", **lists, style=style)
        try:
            found = small_sites.examined(site, export, refuse=False, allow=GUARDS)
        except SiteBuilderError as error:
            note(str(error))
            return
        if not found.stopping:
            small_sites.build_site(site, export, folder / "out", allow=GUARDS)
            shown = small_sites.ids_of(small_sites.live_root(folder / "out", city), Kind.SEVERE)
            assert "S-3" not in shown


ADDRESSES = [
    *("=210202", "has.region=210202", "all&has.region", "by/region/210202/", "year=2026", "severe/2024/"),
    *("by/decided_on/2026", 'authority="演示', "category=legal_person", "measures/M-1/entries/"),
    *("S-1.html", "/S-1.json", "severe/S-1.html", "https://credit.example/severe/S-1.html"),
]


def test_address_with_what_is_published_in_it_is_no_leak_where_a_withheld_record_says_it(tmp_path):
    told = [small_sites.entry(f"W-{n}", disclosure="query", measures_notice=one) for n, one in enumerate(ADDRESSES)]
    site = small_sites.write_site(tmp_path / "content", "lingyuan")
    others = {kind: (row,) for kind, row in OTHERS.items()}
    severe = (small_sites.entry("S-1"), small_sites.person("S-2"), *told)
    export = small_sites.write_export(
        tmp_path / "export", severe=severe, measures=(small_sites.measure("M-1"),), others=others
    )
    small_sites.build_site(site, export, tmp_path / "out", allow=GUARDS)
    assert small_sites.ids_of(small_sites.live_root(tmp_path / "out", "lingyuan"), Kind.SEVERE) == ["S-1", "S-2"]


def test_withheld_name_that_begins_a_published_one_of_several_lines_is_no_leak(tmp_path):
    site = small_sites.write_site(tmp_path / "content", "lingyuan")
    severe = [
        small_sites.entry("S-1", authority="演示单位\n第二行和\t更多"),
        small_sites.entry("S-2", authority="演示单位\n第二行", disclosure="query"),
    ]
    export = small_sites.write_export(tmp_path / "export", severe=severe)
    small_sites.build_site(site, export, tmp_path / "out", allow=GUARDS)
    assert small_sites.ids_of(small_sites.live_root(tmp_path / "out", "lingyuan"), Kind.SEVERE) == ["S-1"]


def test_withheld_name_of_marks_that_are_escaped_in_a_published_one_is_no_leak(tmp_path):
    site = small_sites.write_site(tmp_path / "content", "lingyuan")
    marks = ['"演示甲', "\\演示乙", '演示丙"', '"演示丁"', '\\"演示戊']
    published = [small_sites.entry(f"S-{n}", authority=f"演示单位{mark}公司") for n, mark in enumerate(marks)]
    withheld = [small_sites.entry(f"W-{n}", source=mark, disclosure="query") for n, mark in enumerate(marks)]
    export = small_sites.write_export(tmp_path / "export", severe=[*published, *withheld])
    small_sites.build_site(site, export, tmp_path / "out", allow=GUARDS)
    shown = small_sites.ids_of(small_sites.live_root(tmp_path / "out", "lingyuan"), Kind.SEVERE)
    assert shown == [f"S-{n}" for n in range(len(marks))]


MARKED = st.one_of(
    st.sampled_from(["&#{0};", "&amp;#{0};", "%{0:x}", "%25{0:x}", r"\u{0:04x}", r"\\u{0:04x}", r"\x{0:02x}", "{0:c}"]),
    st.sampled_from(["<b>", "</b>", "&nbsp;", r"\/", r"\n", "/", "-", " ", "\n", "\u200b", "&lt;b&gt;"]).map(
        "{{0:c}}{}".format
    ),
)
"""How a digit is written, or what stands behind it."""

NUMBERS = ("13812345678", "110105194912310038", "6222021234567890128")


@st.composite
def numbers_written(draw):
    """A number whose digits are written in at most two of the ways beside the plain one."""
    ways = st.sampled_from(["{0:c}", *draw(st.lists(MARKED, min_size=1, max_size=2))])
    return "".join(draw(ways).format(ord(digit)) for digit in draw(st.sampled_from(NUMBERS)))


@given(st.one_of(numbers_written(), ODD))
def test_number_the_gate_finds_in_a_text_was_decided_on(text):
    """What the gate reads of a field's text in a page, in JSON and alone."""
    searcher = Searcher(None, Excused(), small_sites.AS_OF)
    written = (
        (MARKUP, f"<p>{html.escape(text)}</p>"),
        (JSON, json.dumps({"a": text}, ensure_ascii=False)),
        (PLAIN, text),
    )
    found = [one for apart, said in written for one in searcher.text(said.encode("utf-8", "replace"), "", apart)]
    if any(one.rule == "personal-data" for one in found):
        assert "personal_data" in reasons("lingyuan", entry(cause=text))


@pytest.mark.parametrize(
    "number", ["138&nbsp;1234&nbsp;5678", "138-1234&#45;5678", "%31%33812345678", r"1\u003812345678"]
)
def test_telephone_of_an_office_written_otherwise_stops_nothing(tmp_path, number):
    """It may stand in procedures; so the gate, which reads it, lets it stand."""
    told = dict.fromkeys(("remedies", "removal_procedure"), f"演示，电话 {number}。")
    export = small_sites.write_export(tmp_path / "export", severe=[small_sites.entry("S-1", **told)])
    site = small_sites.write_site(tmp_path / "content", "lingyuan")
    small_sites.build_site(site, export, tmp_path / "out", allow=GUARDS)
    assert small_sites.ids_of(small_sites.live_root(tmp_path / "out", "lingyuan"), Kind.SEVERE) == ["S-1"]
