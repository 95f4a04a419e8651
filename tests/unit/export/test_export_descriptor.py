import datetime as dt
import hashlib
import json

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from site_builder.errors import SiteBuilderError
from site_builder.export.descriptor import ResourceFormat, parse_descriptor
from site_builder.export.descriptor_fields import parse_moment, version_key
from site_builder.vocabulary import Kind


def raw(**changes):
    resource = {
        "name": "severe-list",
        "path": "severe-list.csv",
        "format": "csv",
        "bytes": 3,
        "hash": "sha256:" + "A" * 64,
        "rows": 0,
    }
    approval = {
        "status": "approved",
        "by": "演示单位",
        "reference": "演示1号",
        "on": "2026-11-20T10:00:00.5+08:00",
        "valid_through": "2026-12-31",
    }
    descriptor = {
        "$schema": "x",
        "name": "demo",
        "version": "2026.11.20.2",
        "created": "2026-11-19T16:30:00Z",
        "approval": approval,
        "resources": [resource],
    }
    return json.dumps({**descriptor, **changes}).encode()


def findings(data):
    with pytest.raises(SiteBuilderError) as caught:
        parse_descriptor(data)
    return caught.value.findings


def test_descriptor_is_typed_and_extra_fields_are_ignored():
    data = raw()
    descriptor = parse_descriptor(data)
    resource = descriptor.resource(Kind.SEVERE)
    assert descriptor.digest == hashlib.sha256(data).hexdigest()
    assert descriptor.version_key == (2026, 11, 20, 2)
    assert resource is not None
    assert (resource.format, resource.encoding, resource.rows) == (ResourceFormat.CSV, "utf-8", 0)
    assert resource.hash == "a" * 64
    assert descriptor.approval.valid_through == dt.date(2026, 12, 31)
    assert descriptor.resource(Kind.MEASURE) is None


def test_created_on_is_the_day_in_china():
    assert parse_descriptor(raw()).created_on == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("2026.11.20", "2026.11.20.1"),
        ("2026.11.20.9", "2026.11.20.10"),
        ("2026.09.30", "2026.10.01"),
        ("2026.11.20.10", "2026.11.21"),
    ],
)
def test_versions_are_ordered_by_their_numbers(lower, higher):
    assert version_key(lower) < version_key(higher)


@pytest.mark.parametrize(
    "version",
    ["2026.13.01", "2026.02.30", "2026.1.1", "2026-11-20", "2026.11.20.01", "2026.11.20.", "２026.11.20", ""],
)
def test_versions_that_are_none_are_refused(version):
    assert version_key(version) is None


@pytest.mark.parametrize(
    "text",
    ["2026-11-20T10:00:00", "2026-11-20", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-20T25:00:00Z"],
)
def test_moments_without_offset_or_off_the_calendar_are_refused(text):
    assert parse_moment(text) is None


def test_faults_are_collected_with_their_json_path():
    broken = [{"name": "severe-list"}, "x", {"name": "Photo", "path": "../a", "format": "svg", "bytes": True}]
    columns = [finding.place.column for finding in findings(raw(name="坏", resources=broken, approval=[]))]
    assert columns == [
        "name",
        "approval",
        *(f"resources[0].{key}" for key in ("path", "format", "bytes", "hash")),
        "resources[1]",
        *(f"resources[2].{key}" for key in ("name", "path", "format", "bytes", "hash")),
    ]


def test_lone_surrogate_is_refused_and_printable():
    found = findings(raw().replace(b'"demo"', b'"\\ud800"'))
    assert [finding.place.column for finding in found] == ["name"]
    str(found[0]).encode()


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["name", "path", "approval", "on"]), inner),
    )
)
def test_any_json_leads_to_findings(value):
    assert findings(json.dumps(value).encode())
    assert findings(raw(resources=value))
    if value is not None:
        assert findings(raw(approval=value))


@given(st.binary())
def test_any_bytes_lead_to_findings(data):
    assert findings(data)
