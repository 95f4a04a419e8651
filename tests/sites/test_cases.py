"""The shared cases: every reason is the expected one, and nothing of a withheld record is anywhere."""

import csv
import datetime as dt
import json
import re

import pytest
import read_pages
import small_sites

from site_builder.vocabulary import ALWAYS, Kind

MARKER = re.compile(r"CNRY[a-z]{16}")
KINDS = [kind.value for kind in ALWAYS]


def raw_rows(export):
    """(kind, id, text of the whole row) of every row that went in."""
    for resource in json.loads((export / "datapackage.json").read_text())["resources"]:
        text = (export / resource["path"]).read_text(resource["encoding"])
        if resource["format"] == "csv":
            rows = list(csv.DictReader(text.lstrip("\ufeff").splitlines(keepends=True)))
        else:
            rows = [json.loads(line) for line in text.splitlines()]
        for row in rows:
            yield resource["name"], row, json.dumps(row, ensure_ascii=False)


def markers(case, *, published):
    """(kind, id) → markers of the records that are published, or withheld."""
    found = {}
    for kind, row, text in raw_rows(case.export):
        if (case.expected["reasons"][kind][row["id"]] == []) is published:
            found[kind, row["id"]] = set(MARKER.findall(text))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_published_ids_are_exactly_the_expected(case, kind):
    expected = [one for one, why in case.expected["reasons"][kind].items() if not why]
    assert sorted(row["id"] for row in case.rows(kind)) == sorted(expected)


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_has_its_full_list_of_reasons(case, kind):
    found = small_sites.reasons(case.site, case.export, as_of=dt.date.fromisoformat(case.expected["as_of"]))
    wanted = {one: why for one, why in case.expected["reasons"][kind].items() if why}
    assert found[kind] == wanted


def test_nothing_withheld_is_in_any_byte(case):
    withheld = markers(case, published=False)
    assert withheld
    secret = set().union(*withheld.values()) - set().union(*markers(case, published=True).values())
    assert secret
    for path, data in read_pages.decoded(case.files):
        assert secret.isdisjoint(MARKER.findall(data.decode("utf-8", "replace"))), path
        assert secret.isdisjoint(MARKER.findall(data.decode("utf-16-le", "replace"))), path


@pytest.mark.parametrize("column", ["id", "subject_name", "name", "title", "decision_no"])
def test_no_name_or_number_of_a_withheld_record_is_in_any_byte(case, column):
    public, secret = set(), set()
    for kind, row, text in raw_rows(case.export):
        shown = case.expected["reasons"][kind][row["id"]] == []
        if shown:
            public.add(text)
        elif row.get(column):
            secret.add(str(row[column]))
    known = "\n".join(public)
    secret = [value.encode() for value in secret if value not in known]
    for path, data in read_pages.decoded(case.files):
        assert not [value for value in secret if value in data], path


def test_every_marker_of_a_published_record_is_on_its_page(case):
    shown = markers(case, published=True)
    assert shown
    for (kind, record), wanted in shown.items():
        folder = "severe" if kind == "severe-list" else kind
        page = case.files[f"{folder}/{record}.html"].decode()
        assert wanted <= set(MARKER.findall(page)), record


def test_withheld_record_has_no_page(case):
    for kind, record in markers(case, published=False):
        folder = "severe" if kind == "severe-list" else kind
        assert f"{folder}/{record}.html" not in case.files


def test_counts_of_the_release_are_those_of_the_case(case):
    release = json.loads(case.files["release.json"])
    for kind in KINDS:
        reasons = case.expected["reasons"][kind].values()
        count = case.report.counts[Kind(kind)]
        assert release["published"][kind] == count.published == sum(not why for why in reasons)
        assert count.rows == len(reasons)
        first = [why[0] for why in reasons if why]
        assert dict(count.withheld) == {reason: first.count(reason) for reason in set(first)}


def test_no_link_of_a_case_is_dead(case):
    assert read_pages.dead_links(case.files) == []


def test_no_resident_id_is_in_any_byte_of_a_case(case):
    codes = {row.get("subject_code") for kind in KINDS for row in case.rows(kind)}
    for _, row, _ in raw_rows(case.export):
        code = row.get("subject_code") or ""
        person = row.get("subject_type") in {"natural_person", "自然人"}
        if person and code and code not in codes:
            assert not [path for path, data in read_pages.decoded(case.files) if code.encode() in data]
