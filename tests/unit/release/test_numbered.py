"""The files of ``state/``: each with the number of its schema; older ones are read, newer and garbled ones refused."""

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st
import msgspec
import pytest

from site_builder.errors import Exit, SiteBuilderError
from site_builder.release import numbered, shared
from site_builder.release.guards import Fates
from site_builder.release.live import Live
from site_builder.release.orders import Orders
from site_builder.release.stopped import Stopped
from site_builder.releasing.audited import Audited
from site_builder.vocabulary import Kind


class Before(msgspec.Struct, tag_field=numbered.SCHEMA, tag=1):
    """As an older program knew it."""

    day: dt.date
    ids: frozenset[str]


class Now(msgspec.Struct, tag_field=numbered.SCHEMA, tag=2):
    """As this one does."""

    day: dt.date
    ids: frozenset[str]
    why: dict[Kind, str] = msgspec.field(default_factory=dict)


class Unnumbered(msgspec.Struct):
    """As it was before there were numbers."""

    day: dt.date
    ids: frozenset[str]


DAY = dt.date(2026, 11, 20)
NAMES = ["one.json", "one.msgpack"]


def refused(name, data, form):
    with pytest.raises(SiteBuilderError) as caught:
        numbered.decode(name, data, form)
    [finding] = caught.value.findings
    assert caught.value.exit_code == Exit.FINDINGS
    assert finding.place.file == f"state/{name}"
    assert "--adopt-live" in finding.hint
    assert "备份" in finding.hint
    assert not {word for word in ("移走", "删") if word in finding.hint}
    return finding


@pytest.mark.parametrize("name", NAMES)
@given(ids=st.frozensets(st.text()), day=st.dates(), why=st.dictionaries(st.sampled_from(Kind), st.text()))
def test_what_is_written_is_read(name, ids, day, why):
    now = Now(day, ids, why)
    data = numbered.encode(name, now)
    assert numbered.decode(name, data, Now) == now
    assert data == numbered.encode(name, Now(day, frozenset(sorted(ids, reverse=True)), why))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("old", [Before, Unnumbered])
def test_older_file_is_read_with_what_it_lacks_at_its_default(name, old):
    codec = msgspec.json if name.endswith("json") else msgspec.msgpack
    data = codec.encode(old(DAY, frozenset({"S-1"})))
    assert numbered.decode(name, data, Now) == Now(DAY, frozenset({"S-1"}))


@pytest.mark.parametrize("name", NAMES)
def test_newer_file_is_refused_and_never_read_without_what_is_new_in_it(name):
    finding = refused(name, numbered.encode(name, Now(DAY, frozenset())), Before)
    assert finding.code == "state-newer"
    assert "格式 2，本程序认得到 1" in finding.message


@pytest.mark.parametrize("name", NAMES)
@given(data=st.binary())
def test_garbled_file_is_refused(name, data):
    assert refused(name, data, Now).code in {"state-lost", "state-newer"}


@pytest.mark.parametrize(
    "text", ["", "{", "{}", "[]", "null", '{"schema": "2"}', '{"schema": -1}', '{"schema": 2}', "[" * 100_000]
)
def test_json_of_another_form_is_refused(text):
    assert refused("one.json", text.encode(), Now).code == "state-lost"


def test_missing_file_is_none_and_what_can_be_made_anew_is_too(tmp_path):
    assert numbered.read(tmp_path / "one.json", Now) is None
    assert numbered.cached(tmp_path / "one.json", Now) is None
    (tmp_path / "one.json").write_text("{")
    assert numbered.cached(tmp_path / "one.json", Now) is None
    (tmp_path / "one.json").write_bytes(numbered.encode("one.json", Now(DAY, frozenset())))
    assert numbered.cached(tmp_path / "one.json", Now) == Now(DAY, frozenset())
    assert numbered.cached(tmp_path / "one.json", Before) is None


@pytest.mark.parametrize("form", [Live, Fates, Orders, Stopped, Audited, shared.Pages])
def test_every_file_of_the_state_has_a_number(form):
    config = form.__struct_config__
    assert (config.tag_field, config.array_like) == ("schema", False)
    assert config.tag >= 1


def test_number_stands_in_the_file():
    assert json.loads(numbered.encode("one.json", Before(DAY, frozenset())))["schema"] == 1
