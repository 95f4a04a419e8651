"""What may not be told of a person, planted in a built site, is found; what the site says itself is not."""

import dataclasses
import json

import pytest
import small_sites
from test_audit import Tree

from site_builder.audit.gate import audit
from site_builder.audit.private_pages import private_of
from site_builder.config.load import load_site
from site_builder.config.waivers import Waiver, Waivers
from site_builder.decide.site_facts import facts_of
from site_builder.law.cities import law_of
from site_builder.rules.private_text import digest
from site_builder.workers import Local

STORY = "role-models/R-0900.html"
PLANTED = {
    "address": "他家住演示路 3 号 2 单元 301 室",
    "illness": "妻子患了尿毒症",
    "listing": "他曾被列入失信被执行人名单，后来移出",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("private")
    site = small_sites.write_site(folder / "content", "dalian")
    export = small_sites.write_export(
        folder / "export",
        severe=[small_sites.entry("S-0001"), small_sites.person("S-0900")],
        models=[small_sites.model("R-0001"), small_sites.person_model("R-0900", deeds="演示一诺。\n\n演示千金。")],
    )
    small_sites.build_site(site, export, folder / "out")
    return Tree(site, export, small_sites.live_root(folder / "out"), folder)


def alone(tree):
    """The codes of an audit of the tree alone, as the command does it."""
    rules = law_of(tree.site).on(small_sites.AS_OF)
    private = private_of(rules.private, facts_of(tree.site, rules, small_sites.AS_OF), tree.site, tree.themes)
    return [
        (one.code, one.place.file)
        for one in audit(tree.root, tree.site, small_sites.AS_OF, Local().run, private=private).findings
    ]


def test_site_as_it_was_built_tells_nothing(made):
    assert alone(made.fresh()) == []
    assert made.rules() == set()


@pytest.mark.parametrize("kind", PLANTED)
@pytest.mark.parametrize("path", [STORY, "severe/S-0900.html"])
def test_what_is_planted_in_a_page_of_a_person_is_found(made, path, kind):
    tree = made.fresh()
    tree.change(path, "</main>", f"<p>{PLANTED[kind]}。</p></main>")
    assert ("private-text", path) in alone(tree)
    assert "private-text" in tree.rules()
    assert all(PLANTED[kind][:6] not in str(one) for one in tree.audit())


def test_what_is_planted_between_inline_marks_is_found(made):
    tree = made.fresh()
    tree.change(STORY, "</main>", "<p>妻子患了<b>尿毒</b><i>症</i>。</p></main>")
    assert ("private-text", STORY) in alone(tree)


def test_what_is_planted_in_a_download_alone_is_found(made):
    tree = made.fresh()
    path = "data/role-models.jsonl"
    rows = [json.loads(line) for line in (tree.root / path).read_text().splitlines()]
    rows = [row | ({"deeds": PLANTED["illness"]} if row["id"] == "R-0900" else {}) for row in rows]
    tree.write(path, "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode())
    assert ("private-text", STORY) in alone(tree)


def test_line_that_tells_nothing_of_others_is_found_on_the_page_of_whom_it_names(tmp_path):
    """The name of a page's own person is one word there, so that what stands around it is nearer to each other."""
    name = "演示甲"
    site = small_sites.write_site(tmp_path / "content", "dalian")
    people = [small_sites.person("S-0900"), small_sites.person("S-0901", subject_name=name)]
    export = small_sites.write_export(tmp_path / "export", severe=people)
    small_sites.build_site(site, export, tmp_path / "out")
    tree = Tree(site, export, small_sites.live_root(tmp_path / "out"), tmp_path).fresh()
    for person in ("S-0900", "S-0901"):
        tree.change(f"severe/{person}.html", "</main>", f"<p>家住{name}东边演示的那一大片地301室。</p></main>")
    wanted = ("private-text", "severe/S-0901.html")
    assert wanted in alone(tree)
    assert wanted in [(one.code, one.place.file) for one in tree.audit()]


def test_waived_text_is_no_finding(tmp_path):
    story = f"演示。{PLANTED['illness']}。"
    site = small_sites.write_site(tmp_path / "content", "dalian")
    export = small_sites.write_export(tmp_path / "export", models=[small_sites.person_model("R-0900", deeds=story)])
    waiver = {"id": "R-0900", "column": "deeds", "digest": digest(story), "by": "演示复核员甲", "reason": "演示缘由乙"}
    (site.parent / "waivers.yml").write_text(json.dumps([waiver], ensure_ascii=False))
    small_sites.build_site(site, export, tmp_path / "out")
    tree = Tree(site, export, small_sites.live_root(tmp_path / "out"), tmp_path).fresh()
    assert alone(tree) == []
    assert tree.rules() == set()
    for data in small_sites.files_of(tree.root).values():
        assert "演示复核员甲".encode() not in data
    tree.site = dataclasses.replace(load_site(site), waivers=Waivers((Waiver("R-0900", "summary", "0" * 64, "", ""),)))
    assert ("private-text", STORY) in alone(tree)


@pytest.mark.parametrize("tail", ["。", f"，{'演示守信' * 20}。"])
@pytest.mark.parametrize(
    ("kind", "path", "column"),
    [("models", STORY, "summary"), ("severe", "severe/R-0900.html", "cause")],
)
def test_waived_text_is_no_finding_where_the_sentence_of_the_page_cites_it(tmp_path, kind, path, column, tail):
    text = f"演示{PLANTED['illness']}{tail}"
    make = small_sites.person_model if kind == "models" else small_sites.person
    site = small_sites.write_site(tmp_path / "content", "dalian")
    export = small_sites.write_export(tmp_path / "export", **{kind: [make("R-0900", **{column: text})]})
    waiver = {"id": "R-0900", "column": column, "digest": digest(text), "by": "演示复核员甲", "reason": "演示缘由乙"}
    (site.parent / "waivers.yml").write_text(json.dumps([waiver], ensure_ascii=False))
    small_sites.build_site(site, export, tmp_path / "out")
    tree = Tree(site, export, small_sites.live_root(tmp_path / "out"), tmp_path).fresh()
    assert f"因演示{PLANTED['illness']}" in (tree.root / path).read_text()
    assert alone(tree) == []
    tree.change(path, "，由", f"，{PLANTED['address']}，由")
    assert ("private-text", path) in alone(tree)


@pytest.mark.parametrize("comment", ["<!-- {} -->", "# {}"])
def test_comment_in_the_site_folder_declares_nothing_public(tmp_path, comment):
    name = "演示隐名远洋贸易有限公司"
    site = small_sites.write_site(tmp_path / "content", "dalian")
    page = min((site.parent / "pages").glob("*.md")) if "!" in comment else site
    page.write_text(f"{page.read_text()}\n{comment.format(name)}\n")
    hidden = small_sites.entry("S-0009", disclosure="query", subject_name=name)
    export = small_sites.write_export(tmp_path / "export", severe=[small_sites.entry("S-0001"), hidden])
    small_sites.build_site(site, export, tmp_path / "out")
    tree = Tree(site, export, small_sites.live_root(tmp_path / "out"), tmp_path).fresh()
    assert all(name.encode() not in data for data in small_sites.files_of(tree.root).values())
    tree.change("severe/S-0001.html", "</main>", f"<p>{name}</p></main>")
    assert "leak" in tree.rules()
