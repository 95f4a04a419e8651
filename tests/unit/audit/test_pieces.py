"""A page cut where its values stand: whatever the hint says, all of it is searched, and what leads is followed."""

from pathlib import Path
import tempfile

import gated_pages
from hypothesis import given, settings
from hypothesis import strategies as st
import pytest
from sizes import examples

from site_builder.audit.patterns import Pattern
from site_builder.audit.pieces import Pieces
from site_builder.audit.unfold import INLINE
from site_builder.audit.values import Form, Value

CONSTANTS = [
    b"<p>",
    b"</p>\n<p>",
    "认定，".encode(),
    b"<bdi>",
    b"</bdi>",
    b"<!-- x -->",
    b' <a href="../',
    b'">x</a> ',
    b'<main id="main">',
    b"</main>",
    b"",
    b"<wbr>",
    b'<li data-x="',
    b'">',
]
VALUES = [
    "甲公司".encode(),
    "乙".encode(),
    b"2026-11-20",
    b"&amp;",
    b"",
    b'<tr><td class="a">x<b>y</b>z</td></tr>',
    b"<b>",
]

PIECES = st.lists(st.tuples(st.sampled_from(CONSTANTS), st.sampled_from(VALUES)), min_size=1, max_size=9)


def laid_out(pieces):
    """A page, and where the values stand in it."""
    constants, values = zip(*pieces, strict=True)
    return gated_pages.laid_out([*constants, b"\n</html>"], values)


def runs(page):
    """Every text between two signs of markup."""
    return {
        run.strip()
        for text in (page, INLINE.sub(b"", page))
        for run in text.replace(b">", b"<").replace(b'"', b"<").split(b"<")
    }


@settings(max_examples=examples(300))
@given(st.lists(PIECES, max_size=5), st.lists(st.lists(st.integers(0, 200), max_size=8), max_size=5))
def test_every_text_of_every_page_was_searched_in_one_piece_whatever_the_hint(pages, wrong):
    pieces, searched = Pieces(), []
    for number, page_of in enumerate(pages):
        page, spots = laid_out(page_of)
        hints = [spots] + [sorted(min(one, len(page)) for one in some) for some in wrong[number : number + 1]]
        for hint in hints:
            cut = pieces.cut(page, gated_pages.joined(page, hint))
            fresh = page if cut is None else cut.fresh
            searched += [fresh, INLINE.sub(b"", fresh)]
            assert all(any(run in text for text in searched) for run in runs(page))


@settings(max_examples=examples(200))
@given(PIECES, PIECES)
def test_hint_is_followed_only_where_what_it_joins_is_the_page(page_of, other):
    page, spots = laid_out(page_of)
    hint = gated_pages.joined(*laid_out(other))
    if (cut := Pieces().cut(page, hint)) is not None:
        assert page == laid_out(other)[0]
        assert cut.said <= {*hint.values}
    for lie in (page[:-1], page + b" ", page.replace(b"p", b"q", 1)):
        if lie != page:
            assert Pieces().cut(lie, gated_pages.joined(page, spots)) is None


def cut(pieces, template, *values):
    parts = template.encode().split(b"{}")
    page, spots = laid_out(zip(parts, [*(one.encode() for one in values), b""], strict=True))
    return pieces.cut(page, gated_pages.joined(page, spots))


def test_value_and_frame_are_searched_once_and_what_stands_together_on_each_page():
    pieces = Pieces()
    page = "<h1>{}</h1><p>由{}认定</p><dd>{}</dd>"
    assert cut(pieces, page, "甲公司", "演示局", "甲公司").fresh.split(b"\n")[-1].decode() == "由演示局认定"
    assert cut(pieces, page, "乙公司", "演示局", "乙公司").fresh.decode().split("\n") == ["乙公司", "由演示局认定"]
    assert cut(pieces, page, "乙公司", "甲公司", "演示局").fresh.decode() == "由甲公司认定"


@pytest.mark.parametrize(
    ("page", "values", "told"),
    [
        ("<p>{}{}</p>", ("甲", "乙"), "甲乙"),
        ("<p>{}<bdi>{}</bdi>集团</p>", ("甲", "乙"), "甲乙集团"),
        ('<a title="{}（{}）">x</a>', ("甲", "乙"), "甲（乙）"),
        ("<p>甲{}乙</p>", ("<i>x</i>丙<td>y</td>丁",), "丁乙"),
        ("<p>甲{}乙</p>", ("<i>x</i>丙<td>y</td>丁",), "甲x丙"),
    ],
)
def test_value_made_by_neighbours_is_in_what_is_searched(page, values, told):
    assert told in cut(Pieces(), page, *values).fresh.decode()


@pytest.mark.parametrize("page", ["<!-- {} -->", "<script>{}</script>", "<p {}", '<p title="{}'])
def test_page_with_a_value_where_markup_is_no_markup_is_read_whole(page):
    assert cut(Pieces(), page, "甲") is None


@pytest.mark.parametrize("value", ["<b", '<a title="', '"><i>x</i>'])
def test_value_that_opens_markup_or_ends_the_tag_it_stands_in_makes_its_page_be_read_whole(value):
    assert cut(Pieces(), '<a title="{}">x</a>', value) is None


def test_what_leads_somewhere_is_followed_where_it_was_not_yet():
    pieces = Pieces()
    page = '<a href="../x">x</a><a href="../{}">y</a><p>{}</p>'
    first = cut(pieces, page, "甲", '<i><a href="../z">z</a></i>')
    assert [one.decode() for one in first.leads] == [
        '<a href="../x">\n</a>\n</a>\n<p>\n</p>\n</html>',
        '<i><a href="../z">z</a></i>',
        '<a href="../甲">',
    ]
    for one in first.leads:
        first.frame.follow(one)
    assert cut(pieces, page, "甲", '<i><a href="../z">z</a></i>').leads == ()
    assert [one.decode() for one in cut(pieces, page, "乙", "丙").leads] == ['<a href="../乙">']
    pieces.forget(first)
    assert len(cut(pieces, page, "甲", '<i><a href="../z">z</a></i>').leads) == 2


@pytest.mark.parametrize(
    ("page", "values", "asks"),
    [
        ('<a href="#{}">x</a><i id="a">', ("a",), False),
        ('<a href="#{}">x</a><i id="{}">', ("a", "a"), True),
        ("<p>{}</p>", ('<a href="#a">x</a>',), True),
        ("<p>{}</p>", ('<a href="../x#a">x</a>',), False),
    ],
)
def test_place_on_the_same_page_is_looked_for_where_it_hangs_on_values(page, values, asks):
    pieces = Pieces()
    assert cut(pieces, page, *values).asks
    assert [cut(pieces, page, *values).asks for _ in range(2)] == [asks, asks]


def test_elements_of_the_main_part_tell_what_they_say():
    page = "<h1>{}</h1><main><h1> {}\n</h1><p>x{}</p><dd>{}</dd></main><p>{}</p>"
    assert cut(Pieces(), page, "甲", "乙", "丙", "丁", "戊").said == {"乙".encode(), "丁".encode()}


def test_what_stands_in_an_attribute_is_not_what_an_element_says():
    page = '<main><p title="> {} <b>">x</p><p>{}</p></main>'
    assert cut(Pieces(), page, "甲", "乙").said == {"乙".encode()}


def test_text_that_looks_like_markup_is_not_taken_for_known_on_a_page():
    pieces = Pieces()
    assert pieces.texts(["甲".encode(), b'<a href="x">']) == ["甲".encode(), b'<a href="x">']
    assert pieces.texts(["甲".encode(), b'<a href="x">']) == [b'<a href="x">']
    assert b'<a href="x">' in cut(pieces, "<p>{}</p>", '<a href="x">').leads


HIDDEN = "演示张三"


def cut_at_bars(*pages):
    """Pages and hints: where a bar stands a value begins or ends."""
    parts = [page.encode().split(b"|") for page in pages]
    laid = [gated_pages.laid_out(one[::2], one[1::2]) for one in parts]
    return [page for page, _ in laid], [spots for _, spots in laid]


@pytest.mark.parametrize(
    "page",
    [
        "<p>|演示||张三|</p>",
        "<p>|演|\u200b|示|<i>|张|</i>三</p>",
        "<p>&#284|36;示||张|三</p>",
        r"<p>\u6f|14\u793a|\u5f|20|三</p>",
        "<p>5ryU56S65by|g5LiJ|</p>",
        '<i title="%E6%BC|%94示||张三|">',
        "<p>演示<|b|>张三</p>",
        "<p>|演示|<b|>|张三</p>",
        "<p>|演示|&lt;b>|张三|</p>",
        "<p>|演示|<b\u200b>|张三|</p>",
        "<p>|演示|<b%20>|张三|</p>",
        "<p>|演示|<b\\/>|张三|</p>",
        "<p>|演示|<&#98;>|张三|</p>",
        "<p>|演示<!-- a >| b -->|张三|</p>",
        "<p>|演示|<!-- > |-->||张三|</p>",
        "<p title='|演示|\"张三'>",
    ],
)
def test_value_a_wrong_hint_cuts_in_its_writing_or_in_the_markup_within_it_is_found(tmp_path, page):
    pages, hints = cut_at_bars(page)
    told = {("severe/P-0.html", "leak")}
    assert gated_pages.found(tmp_path, pages, hints, HIDDEN, '演示"张三') == told
    assert gated_pages.found(tmp_path, pages, [None], HIDDEN, '演示"张三') == told


@pytest.mark.parametrize("secret", ["演示<张三", "演示>张三", '演示"张三', "演示<br>张三", "演示<b>张三"])
def test_value_that_has_signs_of_markup_itself_is_found_wherever_the_page_is_cut(tmp_path, secret):
    for place in range(2, len(secret)):
        pages, hints = cut_at_bars(f"<p>|{secret[:2]}|{secret[2:place]}|{secret[place:]}|</p>")
        assert gated_pages.found(tmp_path, pages, hints, secret) == {("severe/P-0.html", "leak")}


@pytest.mark.parametrize(
    "page",
    [
        '<a h|ref|="../dead.html">x</a>',
        '<|a| href="../dead.html">x</a>',
        '|<|a href="../dead.html">x</a>',
        '<||a href="../dead.html">x</a>',
        "<b title='|x' href='../dead.html|'>x</b>",
        "<a |href=../dead.html|>x</a>",
        "<a title=\"x'\" u='|x' href='../dead.html|'>x</a>",
    ],
)
def test_address_is_followed_though_a_wrong_hint_cuts_what_makes_it_one(tmp_path, page):
    pages, hints = cut_at_bars(page)
    assert gated_pages.found(tmp_path, pages, hints, HIDDEN) == {("severe/P-0.html", "link")}


@pytest.mark.parametrize(
    ("pages", "secret", "rule"),
    [
        (
            ["<p>|S-1|-2</p>", "<b>|S-1|</b>"],
            Pattern(Value("S-1", Form.CODE, "id"), longer=frozenset([b"S-1-2"])),
            "leak",
        ),
        (["<p>|演示某|公司</p>", "<p>|演示某|</p>"], Pattern(Value("演示某", Form.NAME, "name"), whole=True), "leak"),
        (["<p>|13800138000|5</p>", "<p>|13800138000|</p>"], HIDDEN, "personal-data"),
        (["<p>|5ryU56S65byg5LiJ|QUFBQUFB</p>", "<p>|5ryU56S65byg5LiJ|</p>"], HIDDEN, "leak"),
    ],
)
def test_value_that_is_none_beside_other_words_is_found_on_a_later_page_without_them(tmp_path, pages, secret, rule):
    pages, hints = cut_at_bars(*pages)
    assert (("severe/P-1.html", rule)) in gated_pages.found(tmp_path, pages, hints, secret)


@pytest.mark.parametrize("has", ['<i id="|{}|">', '|<i id="{}">y</i>|'])
def test_place_a_frame_leads_to_and_a_value_makes_is_looked_for_on_every_page(tmp_path, has):
    pages, hints = cut_at_bars(*(f'<a href="#a">x</a>{has.format(name)}' for name in "ab"))
    assert gated_pages.found(tmp_path, pages, hints, HIDDEN) == {("severe/P-1.html", "link")}


@pytest.mark.parametrize("hinted", [True, False])
@pytest.mark.parametrize("link", ['|<a href="{}">x</a>|', '<a href="{}">x</a>|x|', '<a href="|{}|">x</a>'])
@pytest.mark.parametrize("address", ["../severe/P-0.html#gone", "https://x.example/severe/P-0.html#gone"])
def test_place_of_a_page_that_has_the_link_itself_is_looked_for_where_the_next_page_leads_to_it(
    tmp_path, link, address, hinted
):
    pages, hints = cut_at_bars(*[link.format(address)] * 2)
    read = gated_pages.read(tmp_path, pages, hints if hinted else [None, None], HIDDEN)
    assert read.anchors == {("severe/P-0.html", "gone"): ("severe/P-1.html", 1)}


def test_frame_whose_first_page_was_read_whole_is_read_on_its_next_page(tmp_path):
    pages, hints = cut_at_bars(*(f'<a href="x/P-0.html">x</a><p>|{value}|</p>' for value in ("<b", "x")))
    pages = [("severe", pages[0]), ("severe/x", b""), ("measures", pages[1])]
    told = gated_pages.found(tmp_path, pages, [hints[0], None, hints[1]], HIDDEN)
    assert ("measures/P-2.html", "link") in told


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("hinted", [True, False])
def test_value_in_a_page_of_another_character_set_is_found(tmp_path, encoding, hinted):
    page = f"<p>{HIDDEN}</p>".encode(encoding)
    hint = [3, len(page) - 4] if hinted else None
    assert ("severe/P-0.html", "leak") in gated_pages.found(tmp_path, [page], [hint], HIDDEN)


WRITTEN = [
    *(
        "演",
        "示",
        "张三",
        HIDDEN,
        "&#28436;",
        "%E6%BC%94",
        "5ryU56S6",
        "5byg5LiJ",
        "138",
        "0013",
        "8000",
        "\u200b",
        " ",
    ),
    *("<b>", "</b>", '<b class="x">', "<i>", "<td>", "<br>", "<wbr>", "<!-- x -->", "<!--", "-->", "&lt;", "&gt;"),
    *("<", ">", '"', "'", "/", "b>", '<a title="', '">', '<a href="../dead.html">', '<a href="#q">', '<i id="q">'),
    *("href", "=", "<b title='q'>", '<b title="', "<script>", "</script>", "</", "<em", "<!", "a", "\n"),
]


@settings(max_examples=examples(150), deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from(WRITTEN), max_size=9), st.lists(st.integers(0, 60), max_size=8)), max_size=3
    ),
    st.booleans(),
)
def test_whatever_is_found_line_by_line_is_found_whatever_the_hint(told, quoted):
    pages = ["".join(parts).encode() for parts, _ in told]
    hints = [sorted(min(at, len(page)) for at in some) for page, (_, some) in zip(pages, told, strict=True)]
    secrets = (HIDDEN, '演示"张三') if quoted else (HIDDEN,)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        plainly = [gated_pages.found(root / f"{place}", [page], [None], *secrets) for place, page in enumerate(pages)]
        for place, (page, hint) in enumerate(zip(pages, hints, strict=True)):
            assert gated_pages.found(root / f"{place}", [page], [hint], *secrets) == plainly[place]
        together = gated_pages.found(root / "together", pages, hints, *secrets)
    assert {rule for _, rule in together} == {rule for one in plainly for _, rule in one}
