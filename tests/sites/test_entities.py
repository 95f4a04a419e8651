"""Organisations and what was decided about them, for who works with FollowTheMoney: read by its own package."""

import datetime as dt
import json

from hypothesis import given
from hypothesis import strategies as st
import pytest
import small_sites
from test_audit import NAME, WITHHELD_ID, Tree, rows

from site_builder.audit import entities as audited
from site_builder.audit.rows import digested
from site_builder.hosting.headers import headers_of, is_served, type_of
from site_builder.kinds.penalties.shown import PenaltyView
from site_builder.kinds.severe_list.shown import SevereView
from site_builder.kinds.watch_list.shown import WatchView
from site_builder.outputs import ftm
from site_builder.vocabulary import Category, Kind, SubjectType

PATH = "data/entities.ftm.json"
SHARED = small_sites.credit_code(7, "91210299")
SCHOOL = small_sites.credit_code(8, "12210299")
SHOWN = (Kind.SEVERE, Kind.WATCH, Kind.PENALTY)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    folder = tmp_path_factory.mktemp("entities")
    site = small_sites.write_site(folder / "content", site__base_path="/sub/")
    lists = rows()
    lists["severe"] += [
        small_sites.entry("S-1000", subject_code=SHARED, objection_received_on=dt.date(2026, 11, 2)),
        small_sites.entry("S-1001", subject_code=SCHOOL, subject_name="演示学校"),
        small_sites.entry("S-1002", subject_type="individual_business", subject_name="演示小店"),
    ]
    others = small_sites.optional()
    others[Kind.WATCH].append(small_sites.watched("W-1000", subject_code=SHARED))
    others[Kind.PENALTY] += [
        small_sites.penalty("CF_1000.-", subject_type="individual_business", subject_code=None),
        small_sites.penalty(
            "CF-1001",
            subject_name="演示某CF",
            subject_type="natural_person",
            subject_code=None,
            natural_person_basis="《演示公布办法》第六条",
            natural_person_basis_level="national_rule",
            legal_representative=None,
        ),
    ]
    export = small_sites.write_export(folder / "export", **lists, others=others)
    small_sites.build_site(site, export, folder / "out")
    return Tree(site, export, small_sites.live_root(folder / "out"), folder)


def told(tree):
    return [json.loads(line) for line in (tree.built / PATH).read_bytes().splitlines()]


def published(tree):
    return [(kind, row) for kind in SHOWN for row in small_sites.rows_of(tree.built, kind)]


@pytest.mark.needs_followthemoney
def test_package_reads_every_entity_and_would_clean_nothing(tree):
    """Each value is what the property's type makes of it: codes with their check character, countries, days, links."""
    import followthemoney  # noqa: PLC0415  # only where it is installed

    found = told(tree)
    for one in found:
        entity = followthemoney.ValueEntity.from_dict(one)
        entity.schema.validate(entity.to_dict())
        assert {"name", "entity"} & set(one["properties"]), "what the schema requires"
        cleaned = followthemoney.ValueEntity.from_dict(one, cleaned=False)
        assert {name: sorted(values) for name, values in cleaned.properties.items()} == {
            name: sorted(values) for name, values in one["properties"].items()
        }
    ids = {one["id"] for one in found}
    assert {link for one in found for link in one["properties"].get("entity", ())} <= ids
    assert {one["schema"] for one in found} == {"Company", "Organization", "LegalEntity", "Sanction"}
    assert all(followthemoney.registry.entity.validate(one) for one in ids)


def test_every_record_of_an_organisation_is_there_once_and_no_natural_person(tree):
    decided = [one["properties"] for one in told(tree) if one["schema"] == "Sanction"]
    of_them = [row for _, row in published(tree) if row["subject_type"] != "natural_person"]
    assert [one["sourceUrl"] for one in decided] == [[row["url"]] for row in of_them]
    assert {row["url"] for _, row in published(tree)} - {row["url"] for row in of_them}
    text = (tree.built / PATH).read_text()
    for _, row in published(tree):
        if row["subject_type"] == "natural_person":
            assert row["subject_name"] not in text
            assert row["url"] not in text
        if row.get("legal_representative"):
            assert row["legal_representative"] not in text
    assert NAME not in text
    assert WITHHELD_ID not in text


def test_decision_says_what_its_record_says(tree):
    by_url = {row["url"]: (kind, row) for kind, row in published(tree)}
    for one in told(tree):
        properties = one["properties"]
        if one["schema"] != "Sanction":
            continue
        kind, row = by_url[properties["sourceUrl"][0]]
        day = row["decided_on"] if kind is Kind.PENALTY else row["listed_on"]
        assert properties["startDate"] == [day]
        assert properties.get("endDate", [None]) == [row["public_until"]]
        assert properties["authority"] == [row["authority"]]
        assert properties["recordId"] == [row["id"]]
        assert properties["reason"][0] == row["violation" if kind is Kind.PENALTY else "cause"]
        assert properties.get("authorityId", [""]) == [row.get("decision_no", "")]
        received = row["objection_received_on"]
        assert properties.get("status") == ([f"异议处理中（{received} 受理）"] if received else None)
    program = {one["properties"]["program"][0] for one in told(tree) if one["properties"].get("recordId") == ["S-1000"]}
    assert program == {"演示严重失信名单"}


@pytest.mark.needs_followthemoney
def test_what_is_decided_about_one_subject_meets_in_one_entity(tree, tmp_path):
    """As the package's own command puts them together."""
    from followthemoney.cli.aggregate import aggregate  # noqa: PLC0415

    merged = tmp_path / "merged.json"
    aggregate.main(["-i", str(tree.built / PATH), "-o", str(merged)], standalone_mode=False)
    found = [json.loads(line) for line in merged.read_bytes().splitlines()]
    assert len({one["id"] for one in found}) == len(found)
    (both,) = [one for one in found if one["id"] == f"uscc-{SHARED}"]
    assert sorted(both["properties"]["topics"]) == ["reg.action", "reg.warn"]
    assert len(both["properties"]["sourceUrl"]) == 2
    schemata = {one["properties"]["name"][0]: one["schema"] for one in found if "name" in one["properties"]}
    assert schemata["演示学校"] == "Organization"
    assert schemata["演示小店"] == "LegalEntity"


def test_it_is_told_of_where_the_other_downloads_are(tree):
    package = json.loads((tree.built / "data/datapackage.json").read_bytes())
    (one,) = [one for one in package["resources"] if one["path"] == "entities.ftm.json"]
    data = (tree.built / PATH).read_bytes()
    assert (one["type"], one["mediatype"], one["bytes"]) == ("file", "application/jsonl", len(data))
    assert f"{digested(data).digest}  entities.ftm.json\n" in (tree.built / "data/SHA256SUMS").read_text()
    catalogue = json.loads((tree.built / "data.json").read_bytes())
    (listed,) = [one for one in catalogue["dataset"] if one["identifier"] == "entities"]
    assert listed["distribution"][0]["downloadURL"] == f"https://small.example/sub/{PATH}"
    assert f"/{PATH}" in json.loads((tree.built / "data/openapi.json").read_bytes())["paths"]
    page = (tree.built / "data/index.html").read_text()
    assert f'href="../{PATH}"' in page
    assert '<tr id="entities">' in page
    headers = headers_of(PATH)
    assert (headers["X-Robots-Tag"], headers["Access-Control-Allow-Origin"]) == ("noindex", "*")
    assert is_served(PATH)
    assert type_of(PATH) == "application/jsonl; charset=utf-8"


def remove(tree):
    (tree.root / PATH).unlink()
    tree.relist()


def without_last(tree):
    lines = (tree.root / PATH).read_bytes().splitlines(keepends=True)
    tree.write(PATH, b"".join(lines[:-1]))


FAULTS = {
    "another reason": lambda tree: tree.change(PATH, "演示事由 S-0001", "演示事由 S-0002"),
    "a withheld name": lambda tree: tree.change(PATH, "演示事由 S-0001", NAME),
    "a property more": lambda tree: tree.change(PATH, '"recordId":["S-0001"]', '"recordId":["S-0001"],"proof":["x"]'),
    "another schema": lambda tree: tree.change(PATH, '"schema":"Company"', '"schema":"Person"'),
    "a stronger topic": lambda tree: tree.change(PATH, '"reg.warn"', '"sanction"'),
    "no objection": lambda tree: tree.change(PATH, '"status":["异议处理中（2026-11-02 受理）"],', ""),
    "a record less": without_last,
    "a line more": lambda tree: tree.write(PATH, (tree.root / PATH).read_bytes() + b"{}\n"),
    "nothing": lambda tree: tree.write(PATH, b""),
    "no file": remove,
}


@pytest.mark.parametrize("fault", FAULTS)
def test_gate_finds_whatever_is_not_exactly_the_published_records(tree, fault):
    spoilt = tree.fresh()
    FAULTS[fault](spoilt)
    assert PATH in {one.place.file for one in spoilt.audit() if one.code == "accounting"}


def test_gate_of_the_site_as_it_was_built_finds_nothing(tree):
    assert tree.fresh().audit() == ()


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1))
SUBJECT = {
    "id": st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True),
    "subject_name": TEXT,
    "subject_type": st.sampled_from(SubjectType),
    "subject_code": st.sampled_from(["", SHARED, SCHOOL]),
    "published_on": DAYS,
    "updated_on": st.none() | DAYS,
    "objection_received_on": st.none() | DAYS,
    "public_until": st.none() | DAYS,
    "authority": TEXT,
    "category": st.just(Category.MARKET_ORDER),
    "types": st.lists(TEXT, max_size=3).map(tuple),
    "decided_on": DAYS,
    "listed_on": DAYS,
}
"""What the views are made of; every other field is any text."""


def views(view):
    other = dict.fromkeys(view.__struct_fields__, TEXT)
    return st.builds(view, **(other | {name: SUBJECT[name] for name in other if name in SUBJECT}))


@given(st.lists(views(SevereView) | views(WatchView) | views(PenaltyView), max_size=4))
def test_written_and_asked_apart_from_one_another_with_the_same_result(shown):
    def canonical(address):
        return f"https://small.example/{address}"

    data = ftm.entities(shown, canonical, "small")
    assert audited.entities(shown, canonical, "small") == digested(data)
    assert all(list(json.loads(line)) == ["id", "schema", "datasets", "properties"] for line in data.split(b"\n")[:-1])
    assert data.count(b"\n") == 2 * sum(one.subject_type is not SubjectType.NATURAL_PERSON for one in shown)
