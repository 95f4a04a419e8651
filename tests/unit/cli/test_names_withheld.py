"""Published text that names a record withheld today is warned of, with its place; comments are shown nowhere."""

import pytest
import small_sites

HIDDEN = "演示隐名远洋贸易有限公司"
CODE = small_sites.credit_code(765432, "91210299")
NUMBER = "演示密决〔2025〕77号"


def hidden(**changes):
    values = {"disclosure": "query", "subject_name": HIDDEN, "subject_code": CODE, "decision_no": NUMBER}
    return small_sites.entry("S-0009", **(values | changes))


@pytest.fixture
def site(tmp_path):
    return small_sites.write_site(tmp_path / "content", "dalian")


def named(site, tmp_path, *more, models=(), **options):
    export = small_sites.write_export(tmp_path / "export", severe=[*more], models=list(models))
    found = small_sites.examined(site, export, **options).warnings
    for one in found:
        assert all(value not in str(one) for value in (HIDDEN, CODE, NUMBER))
    return [(one.place.file, one.place.row, one.place.column) for one in found if one.code == "names-withheld"]


@pytest.mark.parametrize("words", [HIDDEN, CODE, NUMBER])
def test_cause_that_names_a_withheld_record_is_warned_of(site, tmp_path, words):
    naming = small_sites.entry("S-0001", cause=f"与{words}串通投标")
    assert named(site, tmp_path, naming, hidden()) == [("severe-list.csv", 2, "cause")]


def test_story_that_names_a_record_removed_from_the_list_is_warned_of(site, tmp_path):
    told = small_sites.model("R-0001", deeds=f"当年也同{HIDDEN}打过交道。")
    gone = hidden(disclosure="public", removed_on=small_sites.AS_OF)
    assert named(site, tmp_path, gone, models=[told]) == [("role-models.csv", 2, "deeds")]


def test_name_that_is_public_itself_is_no_finding(site, tmp_path):
    naming = small_sites.entry("S-0001", cause=f"与{HIDDEN}串通投标")
    assert named(site, tmp_path, naming, hidden(), small_sites.entry("S-0002", subject_name=HIDDEN)) == []


def test_withheld_text_names_nobody_to_visitors(site, tmp_path):
    naming = small_sites.entry("S-0001", cause=f"与{HIDDEN}串通投标", disclosure="shared")
    assert named(site, tmp_path, naming, hidden(), small_sites.entry("S-0002")) == []


def test_page_that_names_a_withheld_record_is_warned_of_and_its_comments_are_not(site, tmp_path):
    pages = site.parent / "pages"
    page = next(iter(sorted(pages.glob("*.md"))))
    before = page.read_text("utf-8")
    page.write_text(f"{before}\n<!-- {HIDDEN}\n{CODE} -->\n\n{HIDDEN}的案例。\n", "utf-8")
    row = len(f"{before}\n".splitlines()) + 4
    assert named(site, tmp_path, small_sites.entry("S-0001"), hidden()) == [(f"pages/{page.name}", row, "")]


def test_list_profile_that_names_a_withheld_record_is_warned_of(site, tmp_path):
    (site.parent / "lists.yml").write_text(f"# {HIDDEN}\ndefault:\n  removal: 参见{NUMBER}\n", "utf-8")
    assert named(site, tmp_path, small_sites.entry("S-0001"), hidden()) == [("lists.yml", 3, "")]


@pytest.mark.parametrize("unseen", ["\u202e", "\u2067", "\u3164", "\uffa0", "\u2800", "\U000e0041"])
def test_name_with_unseen_characters_is_warned_of(site, tmp_path, unseen):
    odd = small_sites.entry("S-0001", subject_name=f"演示{unseen}甲公司")
    honoured = small_sites.model("R-0001", name=f"演示乙{unseen}公司")
    export = small_sites.write_export(
        tmp_path / "export", severe=[odd, small_sites.entry("S-0002")], models=[honoured], style="jsonl"
    )
    found = [one for one in small_sites.examined(site, export).warnings if one.code == "unseen-in-name"]
    assert [(one.place.row, one.place.column) for one in found] == [(1, "name"), (1, "subject_name")]
    assert all(unseen not in str(one) for one in found)
