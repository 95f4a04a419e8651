"""How lists are cut into pages: every entry once and in order, pages of a size, and a change stays near its place."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
import numpy as np

from site_builder.pages.paging import LEAST, MOST, may_end
from site_builder.pages.paging import ends as cut

MARKS = st.builds(
    lambda size, random, rarely: [random.randrange(rarely) == 0 for _ in range(size)],
    st.integers(0, 1500),
    st.randoms(use_true_random=False),
    st.sampled_from([1, 2, 10, 32, 64, 200, 10**9]),
)
IDS = [f"DL-S-{number:06}" for number in range(6000)]


def ends(marks):
    return cut(np.array(marks, bool))


def pages(ids):
    """The pages of a list, the oldest first."""
    return [tuple(ids[start:end]) for start, end in pairwise([0, *ends([may_end(one) for one in ids])])]


@given(MARKS)
def test_every_entry_is_on_one_page_and_pages_have_their_size(marks):
    found = ends(marks)
    sizes = [end - start for start, end in pairwise([0, *found])]
    assert sum(sizes) == len(marks)
    assert all(LEAST <= size <= MOST for size in sizes[:-1])
    assert sizes[-1] <= MOST + LEAST - 1
    assert sizes[-1] >= LEAST or len(sizes) == 1


@given(MARKS)
def test_a_page_ends_at_the_first_entry_that_may_end_it_or_is_full(marks):
    for start, end in pairwise([0, *ends(marks)[:-1]]):
        assert not any(marks[start + LEAST - 1 : end - 1])
        assert marks[end - 1] or end - start == MOST


@given(MARKS, st.booleans(), st.data())
def test_an_entry_more_changes_no_page_before_it_and_none_after_the_first_common_end(marks, mark, data):
    place = data.draw(st.integers(0, len(marks)))
    before, after = ends(marks), ends([*marks[:place], mark, *marks[place:]])
    assert [one for one in after if one <= place][: len(before) - 1] == [one for one in before[:-1] if one <= place]
    moved = [one + 1 for one in before if one > place or one == len(marks)]
    later = [one for one in after if one > place]
    common = min(set(moved) & set(later))
    assert [one for one in moved if one >= common] == [one for one in later if one >= common]


@given(MARKS, st.lists(st.booleans(), min_size=1, max_size=300))
def test_newer_entries_move_no_end_of_an_older_page(marks, newer):
    assert ends([*marks, *newer])[: len(ends(marks)) - 1] == ends(marks)[:-1]


def test_an_entry_less_changes_few_pages_wherever_it_stood():
    whole = set(pages(IDS))
    changed = [len(set(pages(IDS[:place] + IDS[place + 1 :])) - whole) for place in range(0, len(IDS), 20)]
    assert len(whole) > 60
    assert max(changed) <= 6
    assert sum(changed) < 1.5 * len(changed)


def test_where_a_page_may_end_is_told_by_the_id_alone_and_about_every_thirty_second_time():
    assert [number for number, one in enumerate(IDS[:200]) if may_end(one)] == [
        14,
        20,
        41,
        52,
        55,
        131,
        133,
        154,
        168,
        192,
    ]
    assert 140 < sum(map(may_end, IDS)) < 240
