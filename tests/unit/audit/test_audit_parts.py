"""The audit's parts: what is a value, what is a match, what a text says, where a link leads."""

import ast
import base64
import datetime as dt
import gzip
import io
import json
from pathlib import Path
import re
import sys

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest
from sizes import examples

from site_builder.audit import decode
from site_builder.audit.apart import CELLS, JSON, MARKUP
from site_builder.audit.forbidden import Forbidden
from site_builder.audit.indexes import row_texts
from site_builder.audit.known import Known, goes_on
from site_builder.audit.links import DEAD, OUTSIDE, Base, LinkTarget, addresses, anchors, other_addresses, resolve
from site_builder.audit.numbers import Excused, names_of_digits, personal, personal_numbers
from site_builder.audit.patterns import Matcher, Pattern, Verdicts
from site_builder.audit.record_pages import deeds_words
from site_builder.audit.search import Searcher
from site_builder.audit.unfold import unfold
from site_builder.audit.values import LONGEST, Form, Value, values_of
from site_builder.rules.numbers import numbers
from site_builder.rules.written import UNSEEN
from site_builder.search.lookup.normalise import fold

DAY = dt.date(2026, 11, 20)
PERSONS = ["110105194912310038", "13912345678", "6222021234567890128"]
AUDIT = Path(decode.__file__).parent


def matcher(*values, **options):
    return Matcher([Pattern(Value(text, form, "x"), **options) for text, form in values])


def found(looked_for, text):
    return [looked_for.patterns[number].value.text for _, number in looked_for.find(text.encode())]


def test_audit_knows_no_page_and_no_template():
    modules = {
        node.module or ""
        for path in AUDIT.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
    }
    assert not {
        one
        for one in modules
        if one.startswith(("site_builder.render", "site_builder.write", "site_builder.releasing"))
    }
    assert {one for one in modules if one.startswith("site_builder.pages")} == {"site_builder.pages"}
    assert {one for one in modules if one.startswith("site_builder.outputs")} <= {
        "site_builder.outputs",
        "site_builder.outputs.columns",
        "site_builder.outputs.formats",
        "site_builder.outputs.formats.format",
    }


@pytest.mark.parametrize(
    ("field", "text", "texts"),
    [
        ("id", "S-1", []),
        ("id", "S-01", ["S-01"]),
        ("decision_no", "12345", []),
        ("decision_no", "123456", ["123456"]),
        ("certificate_no", "A1-23", ["A1-23"]),
        ("source_code", "A1-23", ["A1-23"]),
        ("subject_name", "王演", ["王演"]),
        ("subject_name", "王", []),
        ("cause", "五个字而已", []),
        ("cause", "六个字的事由", ["六个字的事由"]),
        ("basis", "《某法》第三十二条第（一）项", []),
        ("basis", "《某法》第三条及内部会议纪要", ["及内部会议纪要"]),
        ("remedies", "《某法》第三十二条第（一）项", []),
        ("remedies", "《某法》第三十二条，并应当公开道歉", ["《某法》第三十二条，并应当公开道歉"]),
        ("cause", "2026-07-15", []),
        ("cause", "2026-07", []),
        ("cause", "2026-07-15 的检查", ["2026-07-15 的检查"]),
        ("removal_no", "2026-07-15T00:00:00+08:00", []),
        ("decision_no", "2026-07-15", []),
        ("decision_no", "2026-07", ["2026-07"]),
        ("id", "2026-07-15", ["2026-07-15"]),
    ],
)
def test_value_is_looked_for_from_its_shortest_length(field, text, texts):
    assert [one.text for one in values_of(field, text)] == texts


@pytest.mark.parametrize("field", ["decision_no", "certificate_no", "source_code"])
def test_number_of_a_document_is_met_whole(field):
    assert [one.form for one in values_of(field, "123456")] == [Form.CODE]
    assert found(matcher(("123456", Form.CODE)), "a3f123456e") == []


def test_long_text_is_looked_for_by_line_sentence_and_part():
    text = "第一句话说明情况。第二句话说明经过；" + "长" * (LONGEST + 10)
    texts = {one.text for one in values_of("cause", text)}
    assert {"第一句话说明情况", "第二句话说明经过", "长" * LONGEST, "长" * 10} <= texts


def test_code_is_met_whole():
    looked_for = matcher(("AB-12", Form.CODE))
    assert found(looked_for, "编号AB-12号 xAB-12 AB-123 AB-12") == ["AB-12", "AB-12"]


def test_code_in_a_published_longer_one_is_passed_over():
    looked_for = matcher(("AB-12", Form.CODE), longer=frozenset({b"AB-12-3"}))
    assert found(looked_for, "AB-12-3 severe/AB-12-3.html") == []
    assert found(looked_for, "severe/AB-12.html") == ["AB-12"]


def test_name_that_published_text_holds_as_a_part_is_met_as_a_word():
    looked_for = matcher(("王演", Form.NAME), whole=True)
    assert found(looked_for, "王演示") == []
    assert found(looked_for, "<td>王演</td>，王演，") == ["王演", "王演"]


@pytest.mark.parametrize(
    ("name", "longer", "alone"),
    [
        ('"王演', r'{"a":"公司\"王演示"} 公司""王演示', r'{"a":"\"王演"} x,"""王演",'),
        ('王演"', '演示王演""公司', 'x,"王演""",王演"'),
        ("\\王演", r'{"a":"公司\\王演示"}', r'{"a":"\\王演"} \王演'),
    ],
)
def test_mark_a_name_begins_or_ends_with_is_escaped_as_a_part_of_it(name, longer, alone):
    looked_for = matcher((name, Form.NAME), whole=True)
    assert found(looked_for, longer) == []
    assert found(looked_for, alone) == [name, name]


def test_published_text_tells_what_is_no_secret():
    candidates = matcher(("AB-12", Form.CODE), ("CD-34", Form.CODE), ("王演", Form.NAME), ("公开的事由", Form.TEXT))
    verdicts = Verdicts()
    verdicts.read(candidates, "AB-12-3，CD-34，王演示，说明公开的事由".encode())
    left = {one.value.text: one for one in verdicts.left(candidates)}
    assert set(left) == {"AB-12", "王演"}
    assert left["AB-12"].longer == {b"AB-12-3"}
    assert left["王演"].whole


def test_what_nobody_sees_is_the_same_to_the_gate_and_to_the_decision():
    apart = "|".join(chr(point) for point in range(0x80, sys.maxunicode + 1) if not 0xD800 <= point < 0xE000)
    seen = re.sub(f"[{UNSEEN}]", "", apart)
    assert len(seen) < len(apart)
    assert dict(unfold(apart.encode(), depth=1))["invisible"].decode() == seen


@pytest.mark.parametrize(
    "text",
    ["&#28436;&#31034;", r"\u6f14\u793a", "%E6%BC%94%E7%A4%BA", "演\u200b示", "演<wbr>示", "演\u00ad示"],
)
def test_text_is_read_in_other_writings(text):
    assert any("演示".encode() in inner for _, inner in unfold(f"前\n{text}\n后".encode()))


@pytest.mark.parametrize("shift", range(4))
def test_base64_is_read_wherever_it_begins(shift):
    text = "abcd"[:shift] + base64.b64encode("演示隐情在此".encode()).decode()
    assert any("演示隐情".encode() in inner for _, inner in unfold(text.encode()))


def test_plain_text_has_no_other_writing():
    assert list(unfold("<p>演示 plain words only</p>".encode())) == []


@given(
    st.text("演示隐情甲乙丙丁", min_size=20, max_size=40),
    st.integers(40, 76),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "前\n", "{\n"]),
)
def test_base64_wrapped_anywhere_is_read_in_one(said, width, end, before):
    data = said.encode()
    written = base64.b64encode(data).decode()
    lines = end.join(written[at : at + width] for at in range(0, len(written), width))
    assert any(data in inner for _, inner in unfold(f"{before}{lines}{end}后".encode(), depth=1))


def test_chunks_cut_no_line(monkeypatch):
    monkeypatch.setattr(decode, "CHUNK", 10)
    data = b"".join(b"line %d\n" % number for number in range(50))
    parts = list(decode.chunks(io.BytesIO(data)))
    assert b"".join(parts) == data
    assert all(part.endswith(b"\n") for part in parts if part)


def test_packed_bytes_are_read_to_the_end():
    data = gzip.compress(b"pagefind_dcd" + b'{"x":1}')
    assert [(one.how, one.data) for one in decode.readings("x", data) if not one.packed] == [
        ("gzip+pagefind", b'{"x":1}')
    ]


PIECES = [*"xX|，。*年１③𝟎1", "13", "912345678", "0411", "62220212345678", "91210202"]
GAPS = [" ", "-", ".", "、", "\n", "\r", "\u200b", "\u3000", "\u00a0", "\ufeff"]
DIGITS = st.lists(st.sampled_from([*PIECES, *GAPS, *PERSONS]), max_size=12).map("".join)


@settings(max_examples=examples(2000))
@given(DIGITS, st.booleans())
def test_numbers_of_a_text_are_those_of_its_lines(text, excused):
    known = Excused(codes=frozenset(PERSONS[:1])) if excused else Excused()
    told = [
        (place, what)
        for place, line in enumerate(text.split("\n"), 1)
        for one in numbers(line)
        if (what := personal(one, DAY, known))
    ]
    assert list(personal_numbers(text.encode(), DAY, known, MARKUP)) == told


def test_codes_of_the_export_excuse_numbers():
    number = "11010519491231002X"
    text = f"统一社会信用代码 {number}".encode()
    assert [what for _, what in personal_numbers(text, DAY, Excused(), MARKUP)] == ["身份证号"]
    assert list(personal_numbers(text, DAY, Excused(codes=frozenset({number})), MARKUP)) == []


def test_digests_are_no_numbers():
    text = b"a13912345678 severe/by/list/a13912345678/ 13912345678"
    assert len(list(personal_numbers(text, DAY, Excused(), MARKUP))) == 1
    assert list(personal_numbers(b"severe/by/list/a13912345678/", DAY, Excused(), MARKUP)) == []


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("search/fulltext/pagefind/0/pagefind.und_13912345678.pf_meta", b'{"hash":"und_13912345678","wasm":null}'),
        ("search/fulltext/text/6222021234567894.bin", b'["6222021234567894"]'),
        ("search/lookup/leaf/6222021234567894-0.bin", b'["6222021234567894-0"]'),
    ],
)
def test_name_of_a_search_file_that_is_digits_by_chance_is_no_number(file, told):
    assert len(list(personal_numbers(told, DAY, Excused(), JSON))) == 1
    assert list(personal_numbers(told, DAY, Excused(names=names_of_digits([file])), JSON)) == []
    assert names_of_digits(["search/fulltext/text/a6222021234567894.bin", "search/13912345678a/x.bin"]) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        '["138","0013","8000"]',
        "[138,0013,8000]",
        r'["\u662f13800138000"]',
        r'["\uff11\uff1313800138000"]',
        r'["1\n3800138000"]',
    ],
)
def test_only_what_a_string_of_json_says_is_a_number(text):
    told = [what for _, what in personal_numbers(text.encode(), DAY, Excused(), JSON)]
    assert told == (["手机号"] if "662f" in text else [])


def test_line_of_a_number_is_told_whatever_is_escaped_before_it():
    text = r'{"a": "\u6f14\u793a\n\"\/"}' + '\n{"a": "电话138/0013/8000"}'
    assert list(personal_numbers(text.encode(), DAY, Excused(), JSON)) == [(2, "手机号")]
    assert list(personal_numbers(b"a,138,0013,8000\nb,139-1234-5678", DAY, Excused(), CELLS)) == [(2, "手机号")]


@pytest.mark.parametrize(
    ("page", "address", "target"),
    [
        ("a/b.html", "c.html", LinkTarget("a/c.html")),
        ("a/b.html", "../", LinkTarget("index.html")),
        ("a/b.html", "../x/?q=1#y", LinkTarget("x/index.html", "y")),
        ("a/b.html", "", LinkTarget("a/b.html")),
        ("a/b.html", "#y", LinkTarget("a/b.html", "y")),
        ("a/b.html", "../../c.html", DEAD),
        ("a/b.html", "/sub/c.html", LinkTarget("c.html")),
        ("a/b.html", "/c.html", DEAD),
        ("a/b.html", "https://x.example/sub/", LinkTarget("index.html")),
        ("a/b.html", "https://x.example/", DEAD),
        ("a/b.html", "https://y.example/", OUTSIDE),
        ("a/b.html", "//y.example/", OUTSIDE),
        ("a/b.html", "mailto:x@y.example", OUTSIDE),
        ("a/b.html", "javascript:alert(1)", DEAD),
        ("a/b.html", "data:text/html,x", DEAD),
        ("a/b.html", "./c%20d.html", LinkTarget("a/c d.html")),
        ("index.html", "a/", LinkTarget("a/index.html")),
    ],
)
def test_address_leads_where_a_browser_goes(page, address, target):
    assert resolve(page, address, Base("https://x.example", "/sub/")) == target


def test_addresses_are_read_whatever_their_quotes():
    page = b"""<a href="1">x</a><a title='>' HREF='2'><img src=3><a data-href="no">"""
    page += b"""<img srcset="4 1x, 5 2x"><form action="6">"""
    assert [address for _, address in addresses(page)] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    ("line", "on"),
    [
        (b'text <a title="x', True),
        (b"<a title='x > y", True),
        (b'<a title="x > y" class=z', True),
        (b"text</b", True),
        (b"<!-- text", True),
        (b"A" * 40, True),
        (b"A" * 40 + b"\r", True),
        (b'</p><!-- x --><a title="a > b">5 &lt; 6', False),
        (b"<p>it's</p>", False),
        (b"5 < 6", False),
        (b"", False),
    ],
)
def test_line_that_goes_on_is_noticed(line, on):
    assert goes_on(line) is on


@pytest.mark.parametrize("blocks", [True, False])
def test_line_met_again_is_not_given_back(blocks):
    known = Known(blocks=blocks)
    assert known.fresh(b"<p>\na\n</p>\nb") == (b"<p>\na\n</p>\nb", False)
    assert known.fresh(b"<p>\na\n</p>\nc")[0].strip() == b"c"
    assert known.fresh(b"<p>\na\nc\n</p>\nb") == (b"", False)
    assert known.fresh(b"<p>\na\nd\n</p>\nb") == (b"d", False)
    known.forget(b"d")
    assert known.fresh(b"<p>\na\nd\n</p>\nb") == (b"d", False)


@settings(max_examples=examples(300))
@given(
    st.lists(
        st.lists(st.sampled_from([b"a", b"", b"</p>", b"</p>x", b"<b", b'c="d">', b"Q" * 40, b"QUI="]), max_size=8)
    )
)
def test_every_line_is_given_back_once_and_what_goes_on_always(pages):
    for blocks in (True, False):
        known, given_back = Known(blocks=blocks), set()
        for lines in pages:
            page = b"\n".join(lines)
            fresh, whole = known.fresh(page)
            given_back.update(fresh.split(b"\n"))
            assert whole == any(map(goes_on, lines))
            assert fresh == page or not whole
            assert given_back >= set(lines)


@pytest.mark.parametrize("end", [b'<a title="', b"<b", b"QUJD" * 10])
def test_page_whose_lines_go_on_is_given_back_whole_each_time(end):
    known = Known(blocks=True)
    known.fresh(b"constant\nlayout")
    page = b"constant\n" + end + b"\nlayout"
    assert [known.fresh(page) for _ in range(3)] == [(page, True)] * 3


def test_pieces_of_keys_are_not_held_against_what_is_a_leak_as_a_word_alone():
    """A piece may begin or end inside a published name: where a word ends cannot be told of it."""
    part, name, code, short = "凌海演示商行", "辽西演示（一）酒家", "DL123456789", "a12-345"
    values = [Value(name, Form.NAME, "x"), Value(code, Form.CODE, "x"), Value(short, Form.CODE, "x")]
    raw = [Pattern(Value(part, Form.NAME, "subject_name"), whole=True), *map(Pattern, values)]
    folded = [Pattern(Value(fold(name), Form.TEXT, name))]
    searcher = Searcher(Forbidden(Matcher(raw), Matcher(folded), Excused(), False, False, {}), Excused(), DAY)

    def rules(path, said):
        packed = gzip.compress(json.dumps({"divider": [said]}, ensure_ascii=False).encode())
        return {one.rule for one in searcher.file(path, packed)}

    page = "search/lookup/page/a.bin"
    assert rules(page, part) == rules(page, "甲乙丙") == set()
    assert [rules(page, one) for one in (name, fold(name), code, short)] == [{"leak"}] * 4
    assert rules("search/lookup/row/a.bin", part) == {"leak"}


def test_anchors_are_ids_and_names():
    assert anchors(b'<p id="a"><a name=\'b\'><input name="c"><p id=d>') == {"a", "b", "d"}


def test_deeds_are_asked_for_by_what_markdown_leaves_alone():
    assert list(deeds_words("- 多年**诚信**经营，帮助邻里\n[链接](https://x.example/)")) == ["经营，帮助邻里"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<link rel="self" href="https://x.example/a.xml"/>', ["https://x.example/a.xml"]),
        ("<link href = 'a.xml'/><id>b.xml</id><loc>c.xml?x&amp;y</loc>", ["b.xml", "c.xml?x&y", "a.xml"]),
        ('<?xml-stylesheet href="feed.xsl"?><use xlink:href="#i"/>', ["feed.xsl", "#i"]),
        ("<title>演示 &lt;a href=\"gone.html\"&gt; src='x.js'</title>", []),
        ("<title>演示 href='gone.html' \"</title><link title=\"a > b\" href='d.xml'/>", ["d.xml"]),
    ],
)
def test_only_tags_of_xml_lead_somewhere_and_a_text_that_speaks_of_an_address_does_not(text, told):
    assert list(other_addresses("feed.xml", text)) == told


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ('[["甲","乙"],["甲",""]]', {"甲", "乙", ""}),
        ('[["a\\"b"]]', {'a"b'}),
        ("[]", set()),
        ('[["\\u7532"]]', None),
        ('[["甲", "乙"]]', None),
        ('[["甲"]] ', None),
        ('[["甲"],[1]]', None),
        ('{"甲":"乙"}', None),
        ("甲", None),
    ],
)
def test_block_of_rows_is_its_texts_only_where_its_bytes_are_just_those(block, told):
    texts = row_texts(block.encode())
    assert texts == (told if told is None else {one.encode() for one in told})


def test_block_that_is_no_text_is_not_its_texts():
    assert row_texts(b'[["\xff"]]') is None
