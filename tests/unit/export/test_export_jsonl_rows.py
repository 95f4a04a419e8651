import json

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest
from rows_read import numbers_of, read_bytes, rows_of

CELL = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
NAMES = ("id", "cause", "basis")


def read(text, **options):
    return read_bytes(text.encode("utf-8", "surrogatepass"), "jsonl", **options)


@settings(deadline=None)
@given(
    table=st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, CELL | st.lists(st.text()))), max_size=10),
    ascii_only=st.booleans(),
)
def test_what_json_writes_is_read_back(table, ascii_only):
    lines = (json.dumps(row, ensure_ascii=ascii_only) + "\n" for row in table)
    batches, faults = read_bytes("".join(lines).encode(), "jsonl", rows=len(table))
    assert faults == []
    assert numbers_of(batches) == list(range(1, len(table) + 1))
    for row, cells in zip(table, rows_of(batches), strict=True):
        for name, cell in zip(NAMES, cells, strict=True):
            value = row.get(name)
            expected = (tuple(value) if isinstance(value, list) else value) if value not in ("", []) else None
            assert cell == expected
            assert type(cell) is type(expected)


@settings(deadline=None)
@given(st.binary() | st.text('{}[]":,a1\n').map(str.encode), st.sampled_from(["utf-8", "gb18030"]))
def test_any_bytes_are_read_or_refused(data, encoding):
    read_bytes(data, "jsonl", encoding=encoding, rows=1)


def test_bom_labels_and_crlf_are_understood():
    batches, faults = read('\ufeff{"记录编号": "1"}\r\n{"basis": ["a"]}\r\n\r\n', rows=2)
    assert faults == []
    assert rows_of(batches) == [("1", None, None), (None, None, ("a",))]


def test_unknown_key_is_reported_once_at_its_first_line():
    assert read('{"id": "1"}\n{"x": 1}\n{"x": 2}\n')[1] == [("unknown-column", "2:x")]


def test_ignored_keys_may_hold_anything():
    batches, faults = read('{"id": "1", "x": {"y": [1]}}\n', ignore=["x"])
    assert (rows_of(batches), faults) == ([("1", None, None)], [])


def test_lone_surrogates_are_passed_on():
    assert rows_of(read('{"id": "\\ud800"}\n')[0]) == [("\ud800", None, None)]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"id": {"a": 1}}', ("wrong-type", "2:id")),
        ('{"basis": ["a", 1]}', ("wrong-type", "2:basis")),
        ('{"basis": [["a"]]}', ("wrong-type", "2:basis")),
        ('{"id": 1, "记录编号": 2}', ("repeated-header", "2:id")),
        ('{"id": 1, "id": 2}', ("duplicate-key", "2:id")),
        ('{"秘密": 1, "秘密": 2}', ("duplicate-key", "2")),
        ('{"": 1}', ("empty-header", "2")),
        ("[]", ("not-an-object", "2")),
        ("null", ("not-an-object", "2")),
        ("{", ("invalid-json", "2")),
        ('{"id": Infinity}', ("bad-number", "2")),
        ('{"id": 1e400}', ("bad-number", "2")),
        ("", ("blank-line", "2")),
    ],
)
def test_faulty_line_is_named(line, fault):
    batches, faults = read(f'{{"id": "1"}}\n{line}\n{{"id": "3"}}\n')
    assert faults == [fault]
    assert {row[0] for row in rows_of(batches)} >= {"1", "3"}
