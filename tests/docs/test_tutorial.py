"""The tutorial and the way back after a wrong release, followed as written, with real nginx over the site."""

import json
import subprocess

from followed_docs import follow
import pytest
from real_nginx import Server, free_port

pytestmark = [pytest.mark.needs_nginx, pytest.mark.needs_curl]

SITE = "--site content/yanshi/site.yml"


@pytest.fixture(scope="module")
def tutorial(desk):
    """A desk after the tutorial: the site's folder stands there as its reader leaves it."""
    port = free_port()
    try:
        follow("tutorial.md", desk, {"8000": free_port(), "8080": port})
    finally:
        leave(desk)
    return desk


@pytest.fixture(scope="module")
def went_back(tutorial):
    """The same desk after a wrong release went live and was taken back as the page says: what was seen of both."""
    desk = tutorial
    port = free_port()
    desk.run(f"sed -i 's/listen .*;/listen 127.0.0.1:{port};/' setup/nginx/yanshi.conf")
    desk.run('nginx -e try.log -p "$PWD" -c "$PWD/try.conf"')
    try:
        publish_wrong(desk)
        wrong = seen(port)
        follow("going-back.md", desk, {})
        yield desk, wrong, seen(port)
    finally:
        leave(desk)


def publish_wrong(desk):
    """What happened: the wrong table went through every step, and out."""
    packed = "exports/2026.06.02"
    lists = "--severe-list 错发.xlsx --measures 错发.xlsx --role-models 错发.xlsx"
    desk.run(f"site-builder pack {packed} {SITE} --version 2026.06.02 --map 对照.yml {lists}")
    desk.run(f"site-builder approve {packed} {SITE} --key approver.key --by 演示市信用办 --reference 演示〔2026〕6号")
    desk.run(f"sed -i 's|^  path: .*|  path: ../../{packed}|' content/yanshi/site.yml")
    desk.run(f"site-builder build {SITE}")


def leave(desk):
    """End nginx, where it still runs; it takes its number away when it is gone."""
    number = desk.folder / "try.pid"
    if number.exists():
        stop = 'nginx -e try.log -p "$PWD" -c "$PWD/try.conf" -s stop'
        subprocess.run(["bash", "-c", stop], cwd=desk.folder, env=desk.environment, check=False, capture_output=True)
    while number.exists():
        continue


def seen(port):
    """What a visitor sees of the entries: number → the page's text, None where there is none."""
    found = {}
    for number in ("YZ2025-001", "YZ2025-002", "YZ2025-003", "YZ2026-001", "YZ2026-002"):
        status, _, body = Server(port).ask(f"/severe/{number}.html")
        found[number] = {200: body.decode(), 404: None}[status]
    return found


def test_tutorial_leads_from_a_workbook_to_a_live_site_and_its_next_release(tutorial):
    release = json.loads((tutorial.folder / "output/yanshi/current/release.json").read_text())
    assert release["version"] == "2026.06.01"
    assert (tutorial.folder / "变化.ics").read_text().startswith("BEGIN:VCALENDAR")
    assert list((tutorial.home / "tmp").iterdir()) == []


def test_wrong_release_was_seen_and_the_way_back_takes_all_of_it_off(went_back):
    desk, wrong, after = went_back
    assert "伪造产品检验报告" in wrong["YZ2025-001"]
    assert "演示药店" in wrong["YZ2026-002"]
    assert "销售超过保质期的食品" in after["YZ2025-001"]
    assert "伪造产品检验报告" not in after["YZ2025-001"]
    assert after["YZ2026-002"] is None
    assert [number for number, page in after.items() if page] == ["YZ2025-001", "YZ2025-003", "YZ2026-001"]
    whole = subprocess.run(
        ["grep", "-rl", "演示药店", "output/yanshi/current/"], cwd=desk.folder, capture_output=True, check=False
    )
    assert whole.stdout == b""


def test_nightly_rebuild_after_the_way_back_needs_no_leave_again(went_back):
    desk, _, _ = went_back
    assert "与线上版本相同" in desk.run(f"site-builder build {SITE}")
