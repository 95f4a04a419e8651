"""The index as files: the same bytes for the same rows, content names, nothing but what rows hold."""

from __future__ import annotations

import gzip
import hashlib
from random import Random  # noqa: TID251 - seeded
import re

from invented_rows import rows as invented
import numpy as np
import pytest

from site_builder.search.lookup import LookupRow, build, decode, strings, suffixes, units, write_near
from site_builder.search.lookup.lists import encode_list
from site_builder.search.lookup.rows import in_order


def built(rows):
    files: dict[str, bytes] = {}

    def out(path, data):
        assert files.setdefault(path, data) == data
        files[path] = data

    build(rows, out)
    return files


@pytest.mark.usefixtures("crowded")
def test_same_rows_in_any_order_give_the_same_bytes():
    rows = list(invented(300))
    shuffled = rows.copy()
    Random(1).shuffle(shuffled)  # noqa: S311
    assert built(rows) == built(shuffled) == built(reversed(rows))


def test_small_buckets_and_pieces_give_the_same_bytes(monkeypatch):
    rows = list(invented(500))
    at_once = built(rows)
    monkeypatch.setattr(suffixes, "BUCKET", 1000)
    monkeypatch.setattr(units, "BATCH", 7)
    monkeypatch.setattr(units, "PIECE", 1000)
    monkeypatch.setattr(units, "SCANNED", 300)
    assert built(rows) == at_once


@pytest.mark.usefixtures("crowded")
def test_rows_come_back_the_oldest_first():
    rows = list(invented(1100))
    assert list(decode(built(rows))) == list(in_order(rows))


@pytest.mark.parametrize("rows", [[], [LookupRow(kind="measures", id="a", href="", title="（）")]])
def test_nothing_to_find_is_an_index_too(rows):
    assert list(decode(built(rows))) == rows


def test_names_are_made_from_contents():
    segments: dict[str, list[tuple[int, bytes]]] = {}
    for path, data in built(invented(1100)).items():
        if path == "index.json":
            continue
        folder, name = re.fullmatch(r"([a-z]+)/([0-9a-f-]+)\.bin", path).groups()
        if folder in {"row", "near"}:
            segment, place = name.split("-")
            segments.setdefault(segment, []).append((int(place), data))
        else:
            assert name == hashlib.sha256(data).hexdigest()[:16]
        assert data[4:8] == b"\0\0\0\0"
        assert gzip.decompress(data)
    for name, blocks in segments.items():
        assert name == hashlib.sha256(b"".join(data for _, data in sorted(blocks))).hexdigest()[:16]


def test_manifest_does_not_grow():
    few, many = built(invented(20))["index.json"], built(invented(900))["index.json"]
    assert abs(len(few) - len(many)) <= 2


def test_a_new_row_leaves_old_rows_where_they_are():
    old = list(in_order(invented(1100)))
    newer = LookupRow(kind="severe-list", id="z", href="z", title="大连演示", date="2030-01-01")
    before, after = built(old), built([*old, newer])
    kept = [path for path in before if path.startswith("row/") and path in after]
    assert len(kept) == 64


def test_every_string_is_one_of_the_rows():
    rows = list(invented(40))
    found = set("\n".join(strings(built(rows))).split("\n"))
    for row in rows:
        assert {row.title, row.href, row.number, row.note} <= found
    whole = "\n".join(found)
    assert "演示" in whole
    assert "秘密" not in whole


def test_masked_digits_are_nowhere():
    row = LookupRow(kind="severe-list", id="a", href="", title="王演示", code="2102**********1234")
    found = set("\n".join(strings(built([row]))).split("\n"))
    assert "2102**********1234" in found
    assert not any(re.search(r"\d{5}", text.replace("-", "")) for text in found if len(text) != 16)


def test_near_names_are_hashes_alone_and_the_same_for_the_rows_as_they_are_read_back():
    rows = list(invented(1100))
    files = built(rows)
    near: dict[str, bytes] = {}
    write_near(decode(files), near.__setitem__)
    assert near == {path: data for path, data in files.items() if path.startswith("near/")}
    entries = [gzip.decompress(data) for data in near.values()]
    assert all(len(one) == 2 + 5 * int.from_bytes(one[:2], "little") for one in entries)


def numbers(*some):
    return np.array(some, np.uint32)


def test_list_tells_gaps_in_planes_and_marks_the_lowest_bit_first():
    assert encode_list(numbers(0, 2), 3, numbers(2))[9:] == bytes([0b101, 0b10])
    assert encode_list(numbers(1, 258, 1 << 23), 1 << 24)[9:] == bytes([1, 1, 254, 0, 1, 254, 0, 0, 127])
    flags = numbers(*range(9))
    assert encode_list(flags, 9, numbers(0, 8), numbers(8))[8:] == bytes([3, 255, 1, 1, 1, 0, 1])
