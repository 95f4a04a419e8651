"""The records for programs: a file each beside its page, what it says, when there is none, and what the gate asks."""

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest
import rdflib
import small_sites
from test_audit import NAME, WITHHELD_ID, Tree, rows

from site_builder.config.site import RECORD_JSON_MOST, PublishRules
from site_builder.hosting.headers import headers_of, is_served, type_of
from site_builder.kinds.shown import SHOWN
from site_builder.pages import urls
from site_builder.vocabulary import Kind

HOME = "https://small.example/sub/"
ONE, PERSON = "severe/S-0001.json", "severe/S-0003.json"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("records")
    site = small_sites.write_site(folder / "content", site__base_path="/sub/")
    export = small_sites.write_export(folder / "export", **rows(), others=small_sites.optional())
    small_sites.build_site(site, export, folder / "out")
    return Tree(site, export, small_sites.live_root(folder / "out"), folder)


@pytest.fixture
def tree(made):
    return made.fresh()


def files_of(root):
    return {path.relative_to(root).as_posix(): json.loads(path.read_bytes()) for path in records(root)}


def records(root):
    folders = [root / shown.folder for shown in SHOWN.values()]
    return [path for folder in folders for path in sorted(folder.glob("*.json"))]


def test_every_record_has_the_fields_of_its_json_line_and_where_it_leads(made):
    found = files_of(made.built)
    lines = {row["url"].removeprefix(HOME): row for kind in Kind for row in small_sites.rows_of(made.built, kind)}
    assert {path.replace(".json", ".html") for path in found} == set(lines)
    for path, told in found.items():
        row = lines[path.replace(".json", ".html")]
        assert {name: told[name] for name in row} == row
        assert set(told) - set(row) <= {"links", "@context", "@id", "$schema"}
        for address in (*told["links"]["measures"], *told["links"]["articles"]):
            assert (made.built / address.removeprefix(HOME).partition("#")[0]).is_file()
    assert found[ONE]["links"]["measures"] == [f"{HOME}measures/M-0001.html"]


def test_a_natural_persons_file_is_no_linked_data(made):
    for kind in Kind:
        for row in small_sites.rows_of(made.built, kind):
            told = json.loads((made.built / row["url"].removeprefix(HOME)).with_suffix(".json").read_bytes())
            person = row.get("subject_type") == "natural_person"
            assert ("@context" in told, "@id" in told, "$schema" in told) == (not person,) * 3
    assert "@context" not in json.loads((made.built / PERSON).read_bytes())


def test_files_fit_the_schemas_they_name(made):
    for kind in Kind:
        schema = json.loads((made.built / f"data/{kind}.schema.json").read_bytes())
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for row in small_sites.rows_of(made.built, kind):
            told = json.loads((made.built / row["url"].removeprefix(HOME)).with_suffix(".json").read_bytes())
            assert [error.message for error in validator.iter_errors(told)] == []
            assert told.get("$schema", schema["$id"]) == schema["$id"]
            assert list(validator.iter_errors(told | {"演示": 1}))


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")
def test_context_makes_statements_of_the_fields(made):
    told = json.loads((made.built / ONE).read_bytes())
    assert told["@context"] == f"{HOME}data/context.jsonld"
    told |= json.loads((made.built / "data/context.jsonld").read_bytes())
    graph = rdflib.Graph().parse(data=json.dumps(told), format="json-ld")
    subject, words = rdflib.URIRef(told["@id"]), rdflib.Namespace(f"{HOME}data/#")
    assert str(graph.value(subject, words.subject_name)) == told["subject_name"]
    assert graph.value(subject, words.listed_on).toPython() == dt.date.fromisoformat(told["listed_on"])
    assert str(graph.value(subject, rdflib.SDO.url)) == told["url"]
    assert not any("schema.json" in str(value) or "measures/" in str(value) for value in graph.objects())


def test_programs_are_told_the_addresses_and_the_pages_of_others_may_read_them(made):
    told = json.loads((made.built / "data/openapi.json").read_bytes())
    assert told["servers"] == [{"url": HOME.rstrip("/")}]
    authority = small_sites.rows_of(made.built, "severe-list")[0]["authority"]
    paths = set(told["paths"])
    assert {
        "/severe/{id}.json",
        "/measures/{id}.json",
        "/data/ids.json",
        "/data/{kind}.jsonl",
        "/release.json",
    } <= paths
    for path, operations in told["paths"].items():
        values = {"id": "S-0001", "year": "2024"} if "/severe/" in path else {"year": "2024"}
        values |= {"authority": Path(urls.authority_feed(authority)).stem}
        for one in operations["get"].get("parameters", ()):
            values[one["name"]] = one["schema"].get("enum", [values.get(one["name"])])[0]
        if None not in values.values():
            assert (made.built / path.format(**values).lstrip("/")).is_file(), path
        assert f'class="code">{path}<' in (made.built / "data/index.html").read_text()
    assert is_served(ONE)
    assert headers_of(ONE)["X-Robots-Tag"] == "noindex"
    assert headers_of(ONE)["Access-Control-Allow-Origin"] == "*"
    assert type_of("data/context.jsonld") == "application/ld+json; charset=utf-8"


SPOILED = {
    "missing": lambda tree: [(tree.root / ONE).unlink(), tree.relist()],
    "other value": lambda tree: tree.change(ONE, "演示事由 S-0001", "演示事由 S-0002"),
    "field more": lambda tree: tree.change(ONE, '"links":', '"note":"演示","links":'),
    "space": lambda tree: tree.change(ONE, '"links":', ' "links":'),
    "behind the end": lambda tree: tree.write(ONE, (tree.root / ONE).read_bytes() + b"\n"),
    "leads outside": lambda tree: tree.change(ONE, f'"{HOME}measures/M-0001.html"', '"https://other.example/x"'),
    "leads to nothing": lambda tree: tree.change(ONE, "measures/M-0001.html", "measures/M-9999.html"),
    "other measures": lambda tree: tree.change(ONE, f'"measures":["{HOME}measures/M-0001.html"]', '"measures":[]'),
    "page in the place of an article": lambda tree: tree.change(
        ONE, f'"{HOME}laws/dalian.html#art-32-2"', f'"{HOME}severe/index.html#x"'
    ),
    "person as linked data": lambda tree: tree.change(PERSON, '{"id"', f'{{"@id":"{HOME}severe/S-0003.html","id"'),
    "record that is none": lambda tree: tree.write(f"severe/{WITHHELD_ID}.json", b"{}\n"),
    "another record's": lambda tree: tree.write(ONE, (tree.root / "severe/S-0002.json").read_bytes()),
}


@pytest.mark.parametrize("what", SPOILED)
def test_file_that_is_not_its_record_is_found(tree, what):
    SPOILED[what](tree)
    assert "accounting" in tree.rules()


def test_withheld_value_in_a_records_file_is_found(tree):
    tree.change(ONE, '"links":', f'"note":"{NAME}","links":')
    assert "leak" in tree.rules()


@pytest.mark.parametrize(
    ("chosen", "published", "has"),
    [
        (None, RECORD_JSON_MOST, True),
        (None, RECORD_JSON_MOST + 1, False),
        (True, 10**7, True),
        (False, 1, False),
    ],
)
def test_many_records_have_files_only_where_asked_for(chosen, published, has):
    assert PublishRules(record_json=chosen).has_record_json(published) is has


def test_a_site_that_wants_none_has_none_and_no_file_of_a_record_passes(tmp_path):
    site = small_sites.write_site(tmp_path / "content", publish__record_json=False)
    export = small_sites.write_export(tmp_path / "export", **rows())
    small_sites.build_site(site, export, tmp_path / "out")
    root = small_sites.live_root(tmp_path / "out")
    assert records(root) == []
    assert "/severe/{id}.json" not in json.loads((root / "data/openapi.json").read_bytes())["paths"]
    tree = Tree(site, export, root, tmp_path).fresh()
    assert tree.rules() == set()
    tree.write(ONE, b'{"id":"S-0001"}\n')
    assert "accounting" in tree.rules()


def test_a_record_that_leaves_takes_its_file_with_it(tmp_path):
    site = small_sites.write_site(tmp_path / "content")
    lists = rows()
    small_sites.build_site(site, small_sites.write_export(tmp_path / "one", **lists), tmp_path / "out")
    before = {Path(one).name for one in files_of(small_sites.live_root(tmp_path / "out"))}
    lists["severe"] = [row for row in lists["severe"] if row["id"] != "S-0002"]
    export = small_sites.write_export(tmp_path / "two", version="2026.11.19", **lists)
    small_sites.build_site(site, export, tmp_path / "out", allow=("vanished", "shrink"))
    after = {Path(one).name for one in files_of(small_sites.live_root(tmp_path / "out"))}
    assert before - after == {"S-0002.json"}
