import json

from hypothesis import given
from hypothesis import strategies as st
import pytest

from site_builder.export.strict_json import JsonFault, loads


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": 1, "a": 1}', "duplicate-key"),
        ('[{"a": {"b": 1, "b": 2}}]', "duplicate-key"),
        ("[NaN]", "bad-number"),
        ("-Infinity", "bad-number"),
        ("1e999", "bad-number"),
        ("9" * 401, "bad-number"),
        ("[" * 100_000, "too-deep"),
        ("[" * 65 + "]" * 65, "too-deep"),
        ('{"a":' * 100_000, "too-deep"),
        ("", "invalid-json"),
        ("{'a': 1}", "invalid-json"),
        ("[1,]", "invalid-json"),
        ('"\t"', "invalid-json"),
        ("1 2", "invalid-json"),
    ],
)
def test_loose_json_is_refused(text, code):
    with pytest.raises(JsonFault) as caught:
        loads(text)
    assert caught.value.code == code


def test_brackets_in_strings_are_not_nesting():
    assert loads(json.dumps(["[{" * 100, '\\"' + "[" * 100])) == ["[{" * 100, '\\"' + "[" * 100]


def test_a_wide_array_is_not_deep():
    assert loads(json.dumps([[1]] * 1000)) == [[1]] * 1000


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=20))
def test_sound_json_is_read_as_it_is(value):
    assert loads(json.dumps(value)) == value
