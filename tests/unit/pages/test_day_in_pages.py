"""The as-of day put into a rendered page: where its digits stand is known, and what the page is joined of, too."""

from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import examples
from small_sites import AS_OF

from site_builder.pages.day import DAY_MARK, AsOf, put_day
from site_builder.render.pages import Joined
from site_builder.write.rendering import on_day

DAY = AsOf(AS_OF.year, AS_OF.month, AS_OF.day)
TEXTS = st.lists(st.sampled_from([DAY_MARK, "核验日", "<p>", ""]), max_size=4).map("".join)


@settings(max_examples=examples(300))
@given(TEXTS, st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_page_is_joined_of_what_is_told_once_the_day_is_put_in(first, pairs):
    pieces = [first, *(one for pair in pairs for one in pair)]
    page, days = put_day("".join(pieces).encode(), DAY)
    constants, values = on_day(Joined(tuple(one.encode() for one in pieces[::2]), pieces[1::2]), AS_OF.isoformat())
    told = [one for pair in zip(constants, [*(one.encode() for one in values), b""], strict=True) for one in pair]
    assert b"".join(told) == page == "".join(pieces).replace(DAY_MARK, AS_OF.isoformat()).encode()
    assert [page[day : day + 10].decode() for day in days] == [AS_OF.isoformat()] * "".join(pieces).count(DAY_MARK)
