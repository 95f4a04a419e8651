"""Likeness and codes as the program reckons them are those of the browser, and what is worth comparing is found."""

from hypothesis import given
from hypothesis import strategies as st
import small_sites

from site_builder.match.candidates import Held, Mistyped, Shortened, stem
from site_builder.match.codes import as_code, sound_near
from site_builder.search.lookup.likeness import distance, unlikeness
from site_builder.search.lookup.normalise import fold

SIGNS = "甲乙丙丁演示公司有限大连"
NAME = st.text(SIGNS, min_size=1, max_size=14)
CODES = st.text("0123456789ABCDEFGHJKLMNPQRTUWXYOIZS", min_size=9, max_size=9).map("91210202".__add__)


@given(st.lists(st.tuples(NAME, NAME), max_size=20), st.lists(NAME, max_size=5))
def test_distance_and_unlikeness_are_those_of_the_browser(node, pairs, names):
    every = [*pairs, *((one, one[1:] + one[:1]) for one in names), *((stem(one), one) for one in names)]
    found = [[distance(one, other), min(unlikeness(one, other), 99)] for one, other in every]
    assert found == node.call("unlike", every)


@given(st.lists(CODES, max_size=10), st.integers(0, 10**9 - 1))
def test_codes_are_read_as_in_the_browser(node, codes, number):
    texts = [*codes, small_sites.credit_code(number), small_sites.resident_id()]
    told = [as_code(fold(text)) for text in texts]
    assert [one and {"code": one.code, "mended": one.mended, "sound": one.sound} for one in told] == node.call(
        "codes", texts
    )
    wrong = fold(small_sites.credit_code(number)[:-1] + "0")
    assert set(node.call("soundNear", wrong)) <= set(sound_near(wrong))


@given(st.lists(NAME.filter(lambda one: len(one) > 3), max_size=8), st.lists(NAME, max_size=8))
def test_what_holds_and_what_is_held_is_found_as_one_by_one(asked, names):
    names = [one for one in names if len(one) > 3]
    found = {(one, names[at]) for one, at, _ in Held(asked).pairs(names)}
    assert found == {
        (one, name)
        for one in asked
        for name in names
        if one != name and (one in name or name in one or (len(stem(one)) > 3 and stem(one) in name))
    }


@given(st.lists(NAME.filter(lambda one: len(one) > 3), min_size=1, max_size=6), st.data())
def test_a_mistake_and_what_is_left_out_are_worth_comparing(names, data):
    name = data.draw(st.sampled_from(names))
    place = data.draw(st.integers(0, len(name) - 1))
    typed = data.draw(st.sampled_from([name[:place] + name[place + 1 :], name[:place] + "甲" + name[place:]]))
    assert (typed, names.index(name)) in {(one, names.index(names[at])) for one, at in Mistyped([typed]).pairs(names)}
    whole = stem(name)
    first = data.draw(st.integers(1, len(whole)))
    longer = f"{whole[:first]}中间{whole[first:]}"
    if len(whole) > 3:
        assert [*Shortened([whole]).pairs([longer])] == [(whole, 0)]
