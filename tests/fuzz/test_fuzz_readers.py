"""Whatever bytes a reader is given, it gives records or findings: a short run here, longer ones by ``make fuzz``."""

from pathlib import Path

import fuzz_readers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
import pytest
from sizes import examples

FINDINGS = sorted(path for path in (Path(__file__).parent / "findings").iterdir() if path.name != "README.md")
SEEDS = {name: fuzz_readers.seeds(name) for name in fuzz_readers.TARGETS}
PIECES = [b"", b"\0", b"\r", b"\n", b'"', b",", b"{", b"}", b"[", b"<c", b"</", b"\xff\xfe", b"\xef\xbb\xbf", b"&#x0;"]
PIECES += [b"9" * 400, b"1e999", b"NaN", b"-0", b"\\ud800", b'"=1+1', b"PK\x03\x04", b'r="XFD1048576"', b"2026-02-30"]


def test_there_are_sound_bytes_to_begin_from():
    for name, found in SEEDS.items():
        assert found
        for seed in found:
            fuzz_readers.tolerant(fuzz_readers.TARGETS[name], seed)


@st.composite
def damaged(draw, name):
    """Sound bytes with pieces taken out, put in, doubled or changed."""
    data = draw(st.sampled_from(SEEDS[name]))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(0, 12))
        again = st.just(data[start : start + length] * 3)
        piece = draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6), again))
        data = data[:start] + piece + data[start + length :]
    return data


@pytest.mark.parametrize("name", list(fuzz_readers.TARGETS))
def test_damaged_bytes_give_records_or_findings(name):
    @settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
    @given(damaged(name) | st.binary(max_size=200))
    def holds(data):
        fuzz_readers.tolerant(fuzz_readers.TARGETS[name], data)

    holds()


@pytest.mark.parametrize("path", FINDINGS, ids=[path.name for path in FINDINGS])
def test_what_was_found_once_is_mended(path):
    fuzz_readers.tolerant(fuzz_readers.TARGETS[path.name.partition("-")[0]], path.read_bytes())
