"""The audit of the optional kinds: each thing that could go wrong with one of them is planted, and found."""

import datetime as dt

import pytest
import small_sites
from test_audit import Tree
from test_audit_borders import parts_of

from site_builder.audit.rows import OWN
from site_builder.audit.vouched import vouched
from site_builder.vocabulary import OPTIONAL, Kind

SECRETS = {
    Kind.WATCH: {"disclosure": "query", "cause": "演示只供查询的关注事由，外人不知"},
    Kind.CATALOGUE: {"repealed_on": small_sites.AS_OF, "item": "演示已经废止的绝密事项"},
    Kind.GRADE: {"grade": "CCC", "subject_name": "演示低等级股份公司"},
    Kind.COMMITMENT: {"withdrawn_on": small_sites.AS_OF, "text": "演示已撤下的承诺原文，不再公开"},
    Kind.PENALTY: {"annulled_on": small_sites.AS_OF, "conduct": "演示已撤销的处罚所说的事，外人不知"},
    Kind.ABNORMAL: {"removed_on": small_sites.AS_OF, "cause": "演示已经移出的列入原因原文，不再公开"},
    Kind.LICENCE: {"licensed_through": small_sites.AS_OF - dt.timedelta(days=1), "content": "演示已过期的许可内容原文"},
}
SECRET_TEXTS = {kind: list(change.values())[1] for kind, change in SECRETS.items()}
"""What the withheld row of each kind says, and no published one."""

SHOWN = {
    Kind.WATCH: "cause",
    Kind.CATALOGUE: "standard",
    Kind.GRADE: "rated_by",
    Kind.COMMITMENT: "text",
    Kind.PENALTY: "conduct",
    Kind.LICENCE: "content",
    Kind.ABNORMAL: "cause",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("optional")
    others = small_sites.optional()
    for kind, change in SECRETS.items():
        others[kind].append(small_sites.OPTIONAL[kind](f"H-{kind}", **change))
    others[Kind.GRADE].append(small_sites.grade("GR-until", valid_through=small_sites.AS_OF + dt.timedelta(days=3)))
    site = small_sites.write_site(folder / "content", "lingyuan")
    export = small_sites.write_export(folder / "export", severe=[small_sites.entry()], others=others)
    small_sites.build_site(site, export, folder / "out")
    return Tree(site, export, small_sites.live_root(folder / "out", "lingyuan"), folder)


@pytest.fixture
def tree(made):
    return made.fresh()


def record_of(tree, kind):
    """The first published row of a kind."""
    return small_sites.rows_of(tree.root, kind)[0]


def codes(tree, **options):
    return {one.code for one in tree.audit(**options)}


def test_site_with_optional_kinds_passes(tree):
    assert tree.audit() == ()
    assert tree.audit(whole=False) == ()


@pytest.mark.parametrize("kind", OPTIONAL)
def test_text_of_a_withheld_optional_record_is_a_leak(tree, kind):
    tree.change(f"{kind}/index.html", "</main>", f"<p>{SECRET_TEXTS[kind]}</p></main>")
    assert codes(tree) == {"leak"}


@pytest.mark.parametrize("kind", OPTIONAL)
def test_page_of_a_withheld_optional_record_is_found(tree, kind):
    page = (tree.root / f"{kind}/{record_of(tree, kind)['id']}.html").read_bytes()
    tree.write(f"{kind}/H-{kind}.html", page)
    assert {"accounting", "leak"} <= codes(tree)


@pytest.mark.parametrize("kind", OPTIONAL)
def test_optional_record_without_its_page_is_found(tree, kind):
    (tree.root / f"{kind}/{record_of(tree, kind)['id']}.html").unlink()
    tree.relist()
    assert "accounting" in codes(tree)


@pytest.mark.parametrize("kind", OPTIONAL)
def test_optional_record_that_says_something_else_is_found(tree, kind):
    row = record_of(tree, kind)
    path, text = f"{kind}/{row['id']}.html", row[SHOWN[kind]]
    data = (tree.root / path).read_text()
    tree.write(path, data.replace(text, "演示改过").encode())
    assert "accounting" in codes(tree)


@pytest.mark.parametrize("kind", OPTIONAL)
def test_optional_record_that_is_in_no_list_is_found(tree, kind):
    row = record_of(tree, kind)
    tree.change(f"{kind}/index.html", f"../{kind}/{row['id']}.html", "../index.html")
    assert codes(tree) == {"accounting"}


@pytest.mark.parametrize("kind", OPTIONAL)
@pytest.mark.parametrize("extension", ["csv", "jsonl"])
def test_download_of_an_optional_kind_that_lacks_a_row_is_found(tree, kind, extension):
    path = f"data/{kind}.{extension}"
    lines = (tree.root / path).read_bytes().splitlines(keepends=True)
    tree.write(path, b"".join(lines[:-1]))
    assert "accounting" in codes(tree)


def test_optional_record_past_its_day_is_found(tree):
    assert "expiry" in codes(tree, as_of=small_sites.AS_OF + dt.timedelta(days=4), whole=False)
    assert codes(tree, as_of=small_sites.AS_OF + dt.timedelta(days=3), whole=False) == set()


def test_page_of_a_watched_person_that_may_be_indexed_is_found(tree):
    tree.change("watch-list/W-0900.html", '<meta name="robots" content="noindex', '<meta name="robots" content="index')
    assert "accounting" in codes(tree)


def test_raw_code_of_a_watched_person_is_a_leak(tree):
    tree.change("watch-list/W-0900.html", "1101**********002X", small_sites.resident_id())
    assert "leak" in codes(tree)


@pytest.mark.parametrize("kind", OPTIONAL)
@pytest.mark.parametrize("extension", OWN)
def test_download_of_an_optional_kind_is_known_by_its_bytes(tree, kind, extension):
    path = tree.root / f"data/{kind}.{extension}"
    assert vouched(path, kind, extension, parts_of(tree, kind)) is not None
