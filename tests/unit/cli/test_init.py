"""``init``: a third city's folder builds at once, in its own theme, under the rules chosen."""

import json
import re

import pytest
import small_sites
from webmasters_desk import clean, run_here

from site_builder.config.load import load_site
from site_builder.config.site import ABOVE, SHIPPED
from site_builder.law.cities import all_shipped
from site_builder.render.environment import OWN
from site_builder.starter import folder as starter


def run(*arguments):
    return clean(run_here(*arguments, today=small_sites.AS_OF))


def init(folder, *options):
    return run("init", folder, "--json", *options)


def build(folder, output, *options):
    arguments = ["--site", str(folder / "site.yml"), "--output", str(output), "--jobs", "1", "--json"]
    return run("build", *arguments, *options)


@pytest.mark.parametrize("rules", sorted(all_shipped()))
def test_new_site_builds_at_once_and_says_everywhere_that_it_is_invented(tmp_path, rules):
    folder = tmp_path / "content" / "mycity"
    name = '演示"新城": #1'
    done = init(folder, "--rules", rules, "--name", name, "--owner", "演示办公室")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"site": str(folder / "site.yml"), "export": f"{folder}-export"}
    built = build(folder, tmp_path / "out")
    assert built.returncode == 0, built.stderr
    counts = json.loads(built.stdout)["counts"]
    assert {kind: one["published"] for kind, one in counts.items()} == {
        "severe-list": 1,
        "measures": 2,
        "role-models": 1,
    }
    root = small_sites.live_root(tmp_path / "out", "mycity")
    home = (root / "index.html").read_text()
    assert "演示&#34;新城&#34;: #1" in home
    assert "演示站点" in home
    assert all_shipped()[rules].latest.regulation in (root / "laws" / "index.html").read_text()
    about = (root / "guide" / "about.html").read_text()
    assert "辽宁大连" not in about
    assert "辽宁凌源" not in about


@pytest.mark.parametrize("name", sorted(one.name for one in OWN.iterdir() if one.is_dir()))
def test_new_site_may_be_called_as_a_theme_of_the_program(tmp_path, name):
    folder = tmp_path / name
    assert init(folder, "--rules", "dalian").returncode == 0
    assert build(folder, tmp_path / "out").returncode == 0


def test_theme_of_the_new_site_is_its_own_and_inherits(tmp_path):
    folder = tmp_path / "mycity"
    assert init(folder, "--rules", "dalian").returncode == 0
    (style,) = (folder / "themes" / "mycity" / "style").glob("*.css")
    style.write_text(style.read_text().replace("--brand: #", "--brand: #abc123; --was: #", 1))
    assert build(folder, tmp_path / "out").returncode == 0
    files = small_sites.files_of(small_sites.live_root(tmp_path / "out", "mycity"))
    assert any(b"#abc123" in data for path, data in files.items() if path.endswith(".css"))


def test_new_site_over_an_own_export_takes_its_name_and_is_no_demonstration(tmp_path):
    export = small_sites.write_export(tmp_path / "own", severe=[small_sites.entry("S-1")], name="own-data")
    folder = tmp_path / "mycity"
    done = init(folder, "--rules", "dalian", "--export", str(export), "--export-name", "own-data")
    assert done.returncode == 0, done.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == ["mycity", "own"]
    refused = build(folder, tmp_path / "out", "--as-of", "2026-11-20")
    assert refused.returncode == 1, "nobody has answered yet whether the rule above the city applies"
    assert "law-undecided" in refused.stdout + refused.stderr
    site = folder / "site.yml"
    answered = "answer: applies, by: 某律师, reference: 〔2026〕1号, on: 2026-11-20"
    site.write_text(site.read_text().replace("answer: pending", answered))
    assert build(folder, tmp_path / "out", "--as-of", "2026-11-20").returncode == 0
    assert "演示站点" not in (small_sites.live_root(tmp_path / "out", "mycity") / "index.html").read_text()


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("My City", (), "bad-value"),
        ("mycity", ("--base-url", "credit.example/path"), "bad-value"),
        ("mycity", ("--base-path", "sub"), "bad-value"),
        ("mycity", ("--export-name", "Name"), "bad-value"),
        ("taken", (), "already-there"),
        ("half", (), "already-there"),
    ],
)
def test_what_cannot_be_made_is_refused_and_leaves_nothing(tmp_path, name, options, code):
    (tmp_path / "taken").mkdir()
    (tmp_path / "half-export").mkdir()
    before = small_sites.all_of(tmp_path)
    done = init(tmp_path / name, "--rules", "dalian", *options)
    assert done.returncode == 2
    assert {one["code"] for one in json.loads(done.stdout)["findings"]} == {code}
    assert small_sites.all_of(tmp_path) == before


def test_rules_are_chosen_from_those_there_are(tmp_path):
    assert run("init", tmp_path / "mycity", "--rules", "nowhere").returncode == 2
    told = run("init", "--help").stdout
    assert all(law.latest.regulation in "".join(told.split()) for law in all_shipped().values())


@pytest.mark.parametrize("city", sorted(all_shipped()))
def test_new_site_says_where_the_official_text_goes_and_shows_it_once_it_is_there(tmp_path, city):
    folder = tmp_path / "mycity"
    told = run("init", folder, "--rules", city).stdout
    place = folder / "laws" / f"{city}.txt"
    assert str(place) in told
    assert not place.exists()
    assert build(folder, tmp_path / "out").returncode == 0
    page = small_sites.live_root(tmp_path / "out", "mycity") / "laws" / f"{city}.html"
    assert "摘要" in page.read_text("utf-8")
    digest = (folder / "laws" / f"{city}.md").read_text("utf-8")
    place.write_text(re.sub("> 摘要.*", "", digest).replace("第一条 ", "第一条 演示全文。", 1), "utf-8")
    assert build(folder, tmp_path / "out").returncode == 0
    page = small_sites.live_root(tmp_path / "out", "mycity") / "laws" / f"{city}.html"
    assert "演示全文。" in page.read_text("utf-8")
    assert "摘要" not in page.read_text("utf-8")


@pytest.mark.parametrize("city", sorted(all_shipped()))
def test_samples_pages_and_law_are_what_a_new_site_of_its_city_starts_with(city):
    home = small_sites.PROGRAM / "content" / city
    site = load_site(home / "site.yml")
    said = {"owner": site.unit.owner}
    pages = dict(starter.pages(SHIPPED[city], said | {"name": site.site.name, "place": site.laws[0].title[:3]}))
    assert pages == {path.name: path.read_text() for path in (home / "pages").iterdir()}
    laws = small_sites.files_of(SHIPPED[city] / "law") | small_sites.files_of(ABOVE / "national" / "law")
    assert laws == small_sites.files_of(home / "laws")
