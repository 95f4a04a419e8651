"""The as-of day put into a rendered page: where values stand is known afterwards, too."""

from gated_pages import laid_out
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import examples
from small_sites import AS_OF

from site_builder.pages.day import DAY_MARK, AsOf, moved, put_day

DAY = AsOf(AS_OF.year, AS_OF.month, AS_OF.day)
TEXTS = st.lists(st.sampled_from([DAY_MARK, "核验日", "<p>", ""]), max_size=4).map(
    lambda parts: "".join(parts).encode()
)


@settings(max_examples=examples(300))
@given(TEXTS, st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_values_stand_where_they_are_told_once_the_day_is_put_in(first, pairs):
    page, spots = laid_out([first, *(constant for _, constant in pairs)], [value for value, _ in pairs])
    written, days = put_day(page, DAY)
    there = iter(moved(spots, days))
    told = [written[start:end] for start, end in zip(there, there, strict=True)]
    assert told == [value.replace(DAY_MARK.encode(), AS_OF.isoformat().encode()) for value, _ in pairs]
