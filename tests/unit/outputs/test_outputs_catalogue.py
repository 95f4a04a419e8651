"""What machines read about the data: DCAT, JSON-LD and the feeds, held against shapes and a schema of our own."""

import datetime as dt
import json
import os
from pathlib import Path
import re

from lxml import etree
import pyshacl
import pytest
import rdflib
import small_sites

from site_builder.vocabulary import OPTIONAL, Kind

# rdflib and pyshacl use what rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")

SHAPES = Path(__file__).parents[2] / "shapes"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
WORDS = {
    "@vocab": "https://schema.org/",
    "contentUrl": {"@type": "xsd:string"},
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
SCHEMA = rdflib.Namespace("https://schema.org/")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("catalogue")
    site = small_sites.write_site(folder / "content", publish__licence="演示许可")
    entries = [small_sites.entry(f"S-{number}", authority=f"演示单位{number % 2}") for number in range(60)]
    entries += [
        small_sites.person("P-1", updated_on=dt.date(2026, 1, 2), authority="演示单位1"),
        small_sites.entry("W-1", removed_on=small_sites.AS_OF, updated_on=small_sites.AS_OF, authority="演示已无单位"),
    ]
    export = small_sites.write_export(
        folder / "export",
        severe=entries,
        measures=[small_sites.measure("M-1")],
        models=[small_sites.model("R-1")],
        others={kind: [] for kind in OPTIONAL},
    )
    small_sites.build_site(site, export, folder / "out")
    return small_sites.live_root(folder / "out")


def graph_of(told, context):
    if context:
        assert told["@context"] == "https://schema.org"
        told = told | {"@context": context}
    return rdflib.Graph().parse(data=json.dumps(told), format="json-ld")


def faults(graph, shapes):
    fits, _, text = pyshacl.validate(graph, shacl_graph=str(SHAPES / shapes))
    return "" if fits else text


def linked(built):
    """Path → graph of each page's JSON-LD."""
    found = {}
    for path in sorted(built.rglob("*.html")):
        for block in SCRIPT.findall(path.read_text()):
            found[path.relative_to(built).as_posix()] = graph_of(json.loads(block), WORDS)
    return found


def test_catalogue_is_dcat(built):
    graph = graph_of(json.loads((built / "data.json").read_text()), None)
    assert faults(graph, "dcat.ttl") == ""


@pytest.mark.needs_shapes
def test_catalogue_fits_the_shapes_of_dcat_ap(built):
    """DCAT 3 counts bytes in ``xsd:nonNegativeInteger``, the shapes in ``xsd:decimal``: the one thing left out."""
    shapes = rdflib.Graph()
    for name in ("shapes.ttl", "range.ttl"):
        shapes.parse(Path(os.environ["SITE_BUILDER_DATA"]) / "dcat-ap-3.0.0" / name)
    graph = graph_of(json.loads((built / "data.json").read_text()), None)
    assert len(list(graph.subjects(rdflib.RDF.type, rdflib.DCAT.Distribution))) >= 12
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    results = list(report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult))
    wrong = [one for one in results if report.value(one, rdflib.SH.resultPath) != rdflib.DCAT.byteSize]
    assert [str(report.value(one, rdflib.SH.resultMessage)) for one in wrong] == []


def test_licence_has_an_address_and_its_text_stands_there(built):
    told = json.loads((built / "data.json").read_text())
    package = json.loads((built / "data/datapackage.json").read_text())
    (licence,) = package["licenses"]
    assert (licence["title"], licence["path"]) == ("演示许可", told["dataset"][0]["license"])
    assert licence["path"].endswith("/data/#licence")
    assert json.loads((built / "data/datasette.json").read_text())["license_url"] == licence["path"]
    assert re.search(r'<div id="licence"><dt>使用许可</dt><dd>演示许可</dd>', (built / "data/index.html").read_text())


def test_catalogue_without_a_size_would_be_found(built):
    told = json.loads((built / "data.json").read_text())
    del told["dataset"][0]["distribution"][0]["byteSize"]
    assert "byteSize" in faults(graph_of(told, None), "dcat.ttl")


def test_catalogue_leads_to_files_of_the_size_it_tells(built):
    told = json.loads((built / "data.json").read_text())
    for one in told["dataset"]:
        for file in one["distribution"]:
            path = built / file["downloadURL"].removeprefix("https://small.example/")
            assert path.stat().st_size == file["byteSize"]


def test_linked_data_fits_its_shapes_and_is_about_data_laws_and_the_publisher(built):
    pages = linked(built)
    assert set(pages) == {"index.html", "data/index.html", "laws/dalian.html"}
    for graph in pages.values():
        assert faults(graph, "schema-org.ttl") == ""
    types = {one for graph in pages.values() for one in graph.objects(None, rdflib.RDF.type)}
    assert types == {
        SCHEMA[name] for name in ("DataCatalog", "Dataset", "DataDownload", "GovernmentOrganization", "Legislation")
    }


def test_a_person_in_the_linked_data_would_be_found():
    told = {"@context": "https://schema.org", "@type": "Person", "name": "演示某人"}
    assert faults(graph_of(told, WORDS), "schema-org.ttl") != ""


def test_no_page_of_an_entry_and_no_list_has_structured_data(built):
    for path in (built / "severe").rglob("*.html"):
        text = path.read_text()
        assert "ld+json" not in text
        assert "itemscope" not in text


def feeds(built):
    return {path.relative_to(built).as_posix(): etree.parse(path) for path in (built / "feeds").rglob("*.xml")} | {
        "feed.xml": etree.parse(built / "feed.xml")
    }


def test_every_feed_fits_the_schema_of_atom(built):
    schema = etree.RelaxNG(etree.parse(SHAPES / "atom.rng"))
    found = feeds(built)
    assert {f"feeds/{kind}.xml" for kind in Kind} <= set(found)
    for tree in found.values():
        assert schema.validate(tree), schema.error_log


def titles(tree):
    return tree.xpath("/a:feed/a:entry/a:title/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})


def test_feed_of_an_authority_holds_its_entries_alone(built):
    found = {tree.findtext("{*}title"): titles(tree) for path, tree in feeds(built).items() if "authority" in path}
    assert set(found) == {"信用演示站：演示单位0", "信用演示站：演示单位1", "信用演示站：演示文明办"}
    assert len(found["信用演示站：演示单位0"]) == 30
    assert found["信用演示站：演示单位1"][0] == "演示某P-1"
    assert len(found["信用演示站：演示单位1"]) == 31


def test_what_has_left_is_in_no_feed_and_not_on_the_page_of_changes(built):
    texts = [path.read_text() for path in (built / "feeds").rglob("*.xml")]
    texts += [(built / name).read_text() for name in ("feed.xml", "changes/index.html")]
    assert not any("W-1" in text or "演示已无单位" in text for text in texts)


def test_changes_name_the_newest_first_and_tell_updates_from_first_days(built):
    page = (built / "changes/index.html").read_text()
    assert page.index("演示某P-1") < page.index("演示诚信R-1公司") < page.index("演示商贸S-9有限公司")
    row = page[page.index("演示某P-1") :]
    assert "更新" in row[: row.index("</tr>")]
    assert '<meta name="robots" content="noindex' in page


def test_kind_feed_has_its_kind_alone(built):
    found = feeds(built)
    assert titles(found["feeds/measures.xml"]) == ["演示限制措施M-1"]
    assert titles(found["feeds/role-models.xml"]) == ["演示诚信R-1公司"]
