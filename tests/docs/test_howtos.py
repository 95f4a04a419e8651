"""The other how-tos, followed: a new city, and a site sent to another machine or a store where only changes travel."""

import csv
import json
from pathlib import Path
import re
import shutil

from followed_docs import blocks, follow
import pytest
from real_nginx import free_port
import small_sites

ROOT = Path(__file__).parents[2]


@pytest.fixture
def away(desk):
    """The desk in a folder with a site in ``output/dalian``, and the folder that stands for the other machine."""
    desk.folder = desk.home / "here"
    desk.folder.mkdir()
    web = desk.home / "web"
    site = small_sites.write_site(desk.folder / "content")
    publish(desk, site, "2026.11.18", "演示旧事由")
    yield desk, site, web
    shutil.rmtree(web)
    shutil.rmtree(desk.folder)


def publish(desk, site, version, cause):
    rows = [small_sites.entry(f"S-{number}") for number in range(30)]
    rows[7] |= {"cause": cause}
    export = small_sites.write_export(desk.folder / version, severe=rows, version=version)
    small_sites.build_site(site, export, desk.folder / "output")


def block_with(words):
    (text,) = [text for _, kind, text in blocks("deploy.md") if kind == "sh" and words in text]
    return text


def test_new_city_builds_as_the_page_says(desk):
    desk.folder = desk.home
    follow("new-city.md", desk, {"8000": free_port()})
    assert not (desk.home / "output" / "mycity").exists()
    assert (desk.home / "output" / "ourcity" / "current" / "index.html").is_file()
    rules = (desk.home / "content" / "ourcity" / "law" / "rules.yml").read_text()
    assert "months: 36" in rules
    assert "法规全称" not in rules
    assert "city: ./law" in (desk.home / "content" / "ourcity" / "site.yml").read_text()


REAL = """
site-builder keygen approver.key
site-builder keygen lawyer.key
sed -i "s|trusted_keys: \\[\\]|trusted_keys: [\"$(cat approver.key.pub)\", \"$(cat lawyer.key.pub)\"]|" $site
site-builder law answer cn-repair-2026 --site $site --answer applies --by 某律师事务所 --reference 〔2026〕3号 \\
    --key lawyer.key > answer.yml
sed -i -e '/^law:/,/^$/d' -e 's|^  demo: true.*|  demo: false|' -e 's|^  path: .*|  path: ../../exports/real|' $site
cat answer.yml >> $site
site-builder pack exports/real --site $site --severe-list real.csv
site-builder approve exports/real --site $site --key approver.key --by 演示市信用办 --reference 演示〔2026〕1号
site-builder build --site $site
"""


def test_first_real_release_of_a_new_city_needs_no_leave(desk):
    """As the page says: where the invented records were built the same day, it says truly what to do about them."""
    desk.folder = here = desk.home / "first"
    here.mkdir()
    follow("new-city.md", desk, {"8000": free_port()}, part="规则在已有的里面选")
    rows = [small_sites.entry(f"YZ-{number}") for number in range(3)]
    with (here / "real.csv").open("w", newline="", encoding="utf-8") as file:
        written = csv.DictWriter(file, rows[0])
        written.writeheader()
        written.writerows(rows)
    site = "site=content/mycity/site.yml\n"
    desk.run(f"{site}site-builder build --site $site")
    said = desk.run(f"{site}{REAL}", 1)
    assert not re.search("other-bytes|older-export", said)
    assert "移走 output/<站点>/" in said
    assert "填写日期" not in said
    desk.run(f"{site}mv output/mycity was\nsite-builder build --site $site")
    release = json.loads((here / "output/mycity/current/release.json").read_text())
    assert release["version"] > "2026"
    pages = here / "output/mycity/current/severe"
    assert {one.name for one in pages.glob("YZ-*.html")} == {f"YZ-{number}.html" for number in range(3)}
    assert not list(pages.glob("YANSHI-*"))


def test_law_is_tested_and_shown_as_the_page_says(desk):
    desk.folder = desk.home
    commands, reckoned = (text for _, kind, text in blocks("law.md") if kind == "sh")
    said = desk.run(commands)
    told, *_ = [text for _, kind, text in blocks("law.md") if kind == "text"]
    assert re.search(".*".join(map(re.escape, told.strip().split("…"))), said)
    assert (desk.home / "审查.docx").read_bytes().startswith(b"PK")
    shown = json.loads(desk.run("site-builder law show dalian --json"))["laws"][0]["digest"]
    desk.folder = ROOT / "site_builder" / "cities" / "dalian"
    assert desk.run(reckoned).split()[0] == shown


@pytest.mark.needs_rsync
def test_only_what_changed_travels_to_another_machine_and_the_switch_comes_last(away):
    desk, site, web = away
    desk.program("ssh", 'shift; exec sh -c "$*"')
    send = block_with("rsync -a").replace("/srv/credit", str(web)).replace("rsync -a ", "rsync -a --stats ")
    desk.run(send)
    here, there = (small_sites.files_of(one / "output" / "dalian" / "current") for one in (desk.folder, web))
    assert there == here
    publish(desk, site, "2026.11.19", "演示新事由")
    said = desk.run(send)
    travelled = int(re.search(r"regular files transferred: ([0-9,]+)", said)[1].replace(",", ""))
    after = small_sites.files_of(web / "output" / "dalian" / "current")
    assert after == small_sites.files_of(desk.folder / "output" / "dalian" / "current")
    assert travelled == sum(after[path] != here.get(path) for path in after)
    assert travelled < len(after) / 2
    assert [one.name for one in (web / "output" / "dalian" / "releases").iterdir()] == ["2026.11.19_2026-11-20"]
    assert not (web / "output" / "dalian" / "state").exists()


@pytest.mark.needs_rclone
def test_only_what_changed_travels_to_a_store_and_what_is_gone_leaves_it(away):
    desk, site, web = away
    desk.environment |= {
        "RCLONE_CONFIG_STORE_TYPE": "alias",
        "RCLONE_CONFIG_STORE_REMOTE": str(web),
        "RCLONE_LOG_LEVEL": "INFO",
    }
    send = block_with("rclone sync")
    desk.run(send)
    here = small_sites.files_of(web / "credit")
    (web / "credit" / "severe" / "gone.html").write_text("演示")
    publish(desk, site, "2026.11.19", "演示新事由")
    said = desk.run(send)
    after = small_sites.files_of(web / "credit")
    assert after == small_sites.files_of(desk.folder / "output" / "dalian" / "current")
    copied = set(re.findall(r": (\S+): Copied ", said))
    assert copied == {path for path in after if after[path] != here.get(path)}
    assert len(copied) < len(after) / 2
