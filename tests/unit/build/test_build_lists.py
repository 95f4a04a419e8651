"""Lists of entries over many shards: the order, the members and the places of rows are those of one plain sort."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
import pytest

from site_builder.pages.listings import Listing, ListKey, whole_list
from site_builder.vocabulary import Kind
from site_builder.write.lists import Lists

DAY = dt.date(2026, 11, 20)
KEYS = [ListKey("region", f"severe/by/region/{number}/", f"演示 {number}") for number in range(3)]
ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 3),  # days before
        st.sets(st.sampled_from(KEYS)),
        st.booleans(),  # a natural person
        st.integers(1, 50),  # bytes of its row
    ),
    max_size=12,
)


@given(st.lists(ENTRIES, max_size=4), st.randoms(use_true_random=False))
def test_lists_of_many_shards_are_one_plain_sort(shards, random):
    listings, known = [], []
    for shard, entries in enumerate(shards):
        listing, end = Listing(shard), 0
        for number, (back, keys, is_person, size) in enumerate(entries):
            record_id = f"S-{number}" if number % 2 else f"S-{number}-{shard}"
            day, start, end = DAY - dt.timedelta(back), end, end + size
            listing.add(record_id, day, DAY, end, keys, is_person=is_person)
            known.append((day, record_id, shard, start, end, is_person, keys))
        listings.append(listing)
    random.shuffle(listings)
    known.sort(key=lambda one: one[:3])
    lists = Lists(listings)
    assert len(lists) == len(known)
    assert [one.decode() for one in lists.ids] == [one[1] for one in known]
    assert lists.persons.tolist() == [one[5] for one in known]
    assert {base: members.tolist() for base, members in lists.members.items()} == {
        key.base: ordinals
        for key in KEYS
        if (ordinals := [number for number, one in enumerate(known) if key in one[6]])
    }
    newest = lists.newest("", 5, persons=False)
    wanted = [one for one in reversed(known) if not one[5]][:5]
    places = lists.places(newest)
    told = zip(places.shards.tolist(), places.starts.tolist(), places.ends.tolist(), strict=True)
    assert list(told) == [one[2:5] for one in wanted]
    assert not lists.any_person(newest)


@given(st.lists(st.integers(0, 3), min_size=200, max_size=700), st.sampled_from([Kind.SEVERE, Kind.ROLE_MODEL]))
def test_pages_of_a_list_hold_its_records_once_and_differ_in_address_and_heading(days, kind):
    key = KEYS[0] if kind is Kind.SEVERE else whole_list(kind)
    listing = Listing(0)
    for number, back in enumerate(days):
        listing.add(f"S-{number:04}", DAY - dt.timedelta(back), DAY, number, [key], is_person=number % 97 == 0)
    lists = Lists([listing], kind)
    found = [(part, ordinals) for part, ordinals in lists.pages() if part.key == key]
    *older, (index, newest) = found
    in_order = [one for _, ordinals in found for one in reversed(ordinals.tolist())]
    assert in_order == list(range(len(days)))
    assert index.address == (key.base if kind is Kind.SEVERE else "role-models/")
    assert index.total == len(days)
    assert [link.href for link in index.pages] == [part.address for part, _ in reversed(older)]
    assert [part.older for part, _ in found] == ["", *(part.address for part, _ in older)]
    assert len({part.address for part, _ in found}) == len({str(part.span) for part, _ in found}) == len(found)
    assert len({link.text for link in index.pages}) == len(older)
    assert all(part.noindex == lists.any_person(ordinals) for part, ordinals in found)
    assert {one for one in lists.indexable() if "role-models" in one or "/by/" in one} == {
        part.address for part, _ in found if not part.noindex
    }
    assert lists.ids[newest[0]] == lists.ids[-1]


@pytest.mark.parametrize("kind", [Kind.MEASURE, Kind.GRADE])
def test_list_of_all_is_there_without_records(kind):
    ((part, ordinals),) = Lists([], kind).pages()
    assert (part.address, part.total, part.older, part.pages) == (f"{kind}/", 0, "", ())
    assert not len(ordinals)


@given(
    st.lists(st.tuples(st.sampled_from(["a", "chang", "chang chun", "da", "zhong"]), st.integers(0, 2)), max_size=400)
)
def test_list_by_sound_begins_with_the_first_and_those_alike_with_the_newest(records):
    key = ListKey("pinyin", "severe/by/pinyin/d/", "D")
    listing = Listing(0)
    for number, (sound, back) in enumerate(records):
        listing.add(f"S-{number:04}", DAY - dt.timedelta(back), DAY, 1, [key], is_person=False, sound=sound)
    lists = Lists([listing])
    pages = [(part, ordinals.tolist()) for part, ordinals in lists.pages() if part.key == key]
    shown = [one for _, ordinals in reversed(pages) for one in ordinals]
    assert shown == sorted(range(len(records)), key=lambda one: (lists.sounds[one], -one))
    assert len({str(part.span) for part, _ in pages}) == len(pages)
    if pages:
        index, _ = pages[-1]
        assert [link.href for link in index.pages] == [part.address for part, _ in reversed(pages[:-1])]
