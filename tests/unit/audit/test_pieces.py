"""A page cut where its values stand: whatever the hint says, all of it is searched, and what leads is followed."""

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest
from sizes import examples

from site_builder.audit.pieces import Pieces
from site_builder.audit.unfold import INLINE

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
    page, spots = b"", []
    for constant, value in pieces:
        page += constant
        spots += [len(page), len(page) + len(value)]
        page += value
    return page + b"\n</html>", spots


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
            cut = pieces.cut(page, hint)
            fresh = page if cut is None else cut.fresh
            searched += [fresh, INLINE.sub(b"", fresh)]
            assert all(any(run in text for text in searched) for run in runs(page))


@settings(max_examples=examples(200))
@given(PIECES, st.lists(st.integers(-5, 300), max_size=9))
def test_hint_that_is_no_list_of_places_in_order_is_not_followed(page_of, hint):
    page, _ = laid_out(page_of)
    if len(hint) % 2 or hint != sorted(hint):
        assert Pieces().cut(page, hint) is None


def cut(pieces, template, *values):
    parts = template.encode().split(b"{}")
    page, spots = laid_out(zip(parts, [*(one.encode() for one in values), b""], strict=True))
    return pieces.cut(page, spots)


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


def test_text_that_looks_like_markup_is_not_taken_for_known_on_a_page():
    pieces = Pieces()
    assert pieces.texts(["甲", '<a href="x">']) == ["甲".encode(), b'<a href="x">']
    assert pieces.texts(["甲", '<a href="x">']) == [b'<a href="x">']
    assert b'<a href="x">' in cut(pieces, "<p>{}</p>", '<a href="x">').leads
