"""What a copy follows the site by: all ids that are valid, what was published or updated last; what the gate asks."""

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st
import pytest
import small_sites
from test_audit import NAME, WITHHELD_ID, Tree, rows

from site_builder.audit import following as audited
from site_builder.audit.rows import digested
from site_builder.hosting.headers import headers_of
from site_builder.outputs import following
from site_builder.outputs.following import Changed
from site_builder.vocabulary import Kind

IDS, CHANGES = "data/ids.json", "changes/index.json"
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2024, 1, 9))


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    folder = tmp_path_factory.mktemp("following")
    site = small_sites.write_site(folder / "content", site__base_path="/sub/")
    lists = rows()
    lists["severe"][0] |= {"updated_on": dt.date(2026, 11, 3)}
    lists["severe"] += [small_sites.entry(f"S-1{number:03}") for number in range(30)]
    export = small_sites.write_export(folder / "export", **lists)
    small_sites.build_site(site, export, folder / "out")
    return Tree(site, export, small_sites.live_root(folder / "out"), folder)


def test_ids_are_those_of_the_downloads_with_address_and_last_day(tree):
    found = json.loads((tree.built / IDS).read_bytes())
    told = json.loads((tree.built / "release.json").read_bytes())["published"]
    assert {kind: len(listed) for kind, listed in found.items()} == told
    for kind, listed in found.items():
        assert listed == [
            {"id": row["id"], "url": row["url"], "public_until": row["public_until"]}
            for row in map({"public_until": None}.__or__, small_sites.rows_of(tree.built, kind))
        ]
    assert any(one["public_until"] for one in found["severe-list"])
    assert all(one["url"].startswith("https://small.example/sub/") for listed in found.values() for one in listed)


def test_changes_are_all_records_the_newest_first_and_tell_no_name_and_nothing_withheld(tree):
    data = (tree.built / CHANGES).read_bytes()
    found = json.loads(data)
    assert {(one["kind"], one["id"]) for one in found["changes"]} == {
        (kind, one["id"]) for kind, listed in json.loads((tree.built / IDS).read_bytes()).items() for one in listed
    }
    days = [one["on"] for one in found["changes"]]
    assert days == sorted(days, reverse=True)
    assert found["since"] == days[-1]
    by_id = {one["id"]: one for one in found["changes"]}
    assert (by_id["S-0001"]["on"], by_id["S-0001"]["what"]) == ("2026-11-03", "updated")
    assert by_id["S-0003"]["what"] == "published"
    for told in (WITHHELD_ID, NAME, "演示", "S-0004"):
        assert told.encode() not in data + (tree.built / IDS).read_bytes()


def test_both_are_said_where_the_other_files_are_and_summed(tree):
    page = (tree.built / "data/index.html").read_text()
    assert 'href="../data/ids.json"' in page
    assert 'href="../changes/index.json"' in page
    assert "  ids.json\n" in (tree.built / "data/SHA256SUMS").read_text()
    for path in (IDS, CHANGES):
        headers = headers_of(path)
        assert (headers["X-Robots-Tag"], headers["Access-Control-Allow-Origin"]) == ("noindex", "*")


def test_no_feed_and_no_page_tells_of_1970(tree):
    for path, data in small_sites.files_of(tree.built).items():
        if path.endswith((".xml", ".html", ".json")):
            assert b"1970-01-01" not in data, path


def lines_with(tree, path, marked):
    lines = (tree.root / path).read_bytes().split(b"\n")
    (place,) = [number for number, line in enumerate(lines) if marked in line]
    return lines, place


def without(tree, path, marked):
    lines, place = lines_with(tree, path, marked)
    return b"\n".join(lines[:place] + lines[place + 1 :])


def twice(tree, path, marked):
    lines, place = lines_with(tree, path, marked)
    return b"\n".join([*lines[: place + 1], *lines[place:]])


def remove(tree, path):
    (tree.root / path).unlink()
    tree.relist()


FAULTS = {
    "id more": lambda tree, path: tree.change(path, "\n{", '\n{"id":"S-0009"},\n{'),
    "id of a withheld record": lambda tree, path: tree.change(path, '"id":"S-0001"', f'"id":"{WITHHELD_ID}"'),
    "id less": lambda tree, path: tree.write(path, without(tree, path, b'"id":"S-0002-1"')),
    "line twice": lambda tree, path: tree.write(path, twice(tree, path, b'"id":"S-0002-1"')),
    "another last day": lambda tree, path: tree.change(path, '"public_until":"20', '"public_until":"19'),
    "another address": lambda tree, path: tree.change(path, "/sub/severe/S-0001.html", "/sub/severe/S-0002.html"),
    "something behind": lambda tree, path: tree.write(path, (tree.root / path).read_bytes() + b" "),
    "nothing": lambda tree, path: tree.write(path, b""),
    "no file": remove,
}


@pytest.mark.parametrize("path", [IDS, CHANGES])
@pytest.mark.parametrize("fault", FAULTS)
def test_gate_finds_whatever_is_not_exactly_the_published_records(tree, fault, path):
    spoilt = tree.fresh()
    FAULTS[fault](spoilt, path)
    assert "accounting" in spoilt.rules()
    assert path in {one.place.file for one in spoilt.audit() if one.code == "accounting"}


def test_gate_finds_changes_of_the_same_records_in_another_order_or_on_another_day(tree):
    for change in (("2026-11-03", "2026-11-02"), ('"updated"', '"published"'), ('"since":"', '"since":"1')):
        spoilt = tree.fresh()
        spoilt.change(CHANGES, *change)
        assert "accounting" in spoilt.rules()


def test_gate_of_the_site_as_it_was_built_finds_nothing(tree):
    assert tree.fresh().audit() == ()


@given(st.lists(DAYS, max_size=40), st.integers(1, 12), st.randoms(use_true_random=False))
def test_newest_are_told_up_to_the_most_and_since_when_all_are(days, most, order):
    """Written and asked apart from one another, with the same result; ``since`` keeps what it says."""
    changed = [
        Changed(day, "published", Kind.SEVERE, f"S-{number}", f"https://small.example/severe/S-{number}.html", None)
        for number, day in enumerate(days)
    ]
    shuffled = list(changed)
    order.shuffle(shuffled)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(following, "MOST", most)
        patch.setattr(audited, "MOST", most)
        shown = following.newest(shuffled)
        data = following.changes_json(shown, len(changed))
        told = [(-one.on.toordinal(), one.kind.value, one.id, json_line(one)) for one in shuffled]
        wanted = audited.wanted({}, audited.newest(told), len(changed))[CHANGES]
    assert wanted == [digested(data)]
    found = json.loads(data)
    assert len(found["changes"]) == min(most, len(days))
    since = found["since"]
    if since is not None:
        due = {one.id for one in changed if one.on.isoformat() >= since}
        assert due
        assert due <= {one["id"] for one in found["changes"]}
    else:
        assert not days or days.count(max(days)) > min(most, len(days)) - 1


def json_line(one):
    until = "null"
    return (
        f'{{"on":"{one.on}","what":"{one.what}","kind":"{one.kind}","id":"{one.id}",'
        f'"url":"{one.url}","public_until":{until}}}'
    ).encode()
