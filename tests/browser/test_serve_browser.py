"""``serve`` in Chromium: a page reloads as its files change, findings stand in it, headers are those of online."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
from urllib.parse import urlsplit

from playwright.sync_api import expect
import pytest
import small_sites

WAIT = 60_000
"""Milliseconds after which a page is taken not to change; how long it takes is measured elsewhere."""


class Desk:
    """A site in a folder of its own below a base path, and ``serve`` running on it."""

    def __init__(self, folder):
        self.folder = folder
        self.site = small_sites.write_site(folder / "content", site__theme="mine", site__base_path="/sub/")
        theme = folder / "themes" / "mine"
        (theme / "style").mkdir(parents=True)
        (theme / "theme.yml").write_text("name: mine\ninherits: credit\n")
        self.style = theme / "style" / "10-colours.css"
        self.style.write_text(":root{--brand:#123456}\n")
        self.scratch = folder / "scratch"
        self.scratch.mkdir()
        self.export([small_sites.entry("S-1"), small_sites.entry("S-2")])

    def export(self, rows):
        shutil.rmtree(self.folder / "export", ignore_errors=True)
        made = small_sites.write_export(self.folder / "made", severe=rows, measures=[small_sites.measure()])
        made.rename(self.folder / "export")

    def start(self):
        arguments = ["serve", "--site", str(self.site), "--as-of", "2026-11-20", "--port", "0", "--json"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "site_builder", *arguments],
            cwd=small_sites.PROGRAM,
            env=os.environ | {"TMPDIR": str(self.scratch)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        told = ""
        for line in self.process.stdout:
            told += line
            if line.startswith("}"):
                break
        self.url = json.loads(told)["url"]

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        _, told = self.process.communicate()
        return self.process.returncode, told


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    made.start()
    yield made
    if made.process.poll() is None:
        made.stop()


def test_page_follows_content_theme_and_data_and_tells_what_was_found(desk, chromium):
    window = chromium.new_page()
    refused = []
    window.on("console", lambda one: refused.append(one.text) if "Content Security Policy" in one.text else None)
    window.goto(f"{desk.url}guide/repair.html")
    page = desk.site.parent / "pages" / "repair.md"
    page.write_text(page.read_text() + "\n演示新加的一段。\n")
    window.get_by_text("演示新加的一段。").wait_for(timeout=WAIT)

    expect(window.locator("html")).to_have_css("--brand", "#123456", timeout=WAIT)
    desk.style.write_text(":root{--brand:#654321}\n")
    expect(window.locator("html")).to_have_css("--brand", "#654321", timeout=WAIT)

    window.goto(f"{desk.url}severe/")
    expect(window.get_by_text("演示商贸S-2有限公司")).to_have_count(1, timeout=WAIT)
    desk.export([small_sites.entry("S-1"), small_sites.entry("S-2", removed_on="2026-11-01")])
    window.get_by_text("演示商贸S-2有限公司").first.wait_for(state="detached", timeout=WAIT)

    desk.export([small_sites.entry("S-1", listed_on="演示错误"), small_sites.entry("S-2")])
    panel = window.locator("#site-preview[data-stopped=true]")
    expect(panel).to_contain_text("severe-list.csv:2:listed_on bad-date", timeout=WAIT)
    expect(window.get_by_text("演示商贸S-1有限公司")).to_have_count(1, timeout=WAIT)

    desk.export([small_sites.entry("S-1", listed_on="2020-01-01"), small_sites.entry("S-2")])
    window.get_by_text("演示商贸S-2有限公司").first.wait_for(timeout=WAIT)
    panel = window.locator("#site-preview[data-stopped=false]")
    expect(panel).to_contain_text("1 项提醒", timeout=WAIT)
    assert refused == []
    window.close()


def test_preview_ends_with_ctrl_c_and_leaves_nothing(desk):
    assert list(desk.scratch.iterdir()) != []
    code, told = desk.stop()
    assert code == 0
    assert "Traceback" not in told
    assert list(desk.scratch.iterdir()) == []
    assert sorted(one.name for one in desk.folder.iterdir()) == ["content", "export", "scratch", "themes"]


def answer(url, host=None):
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    connection.request("GET", f"{parts.path}?{parts.query}", headers={"Host": host or parts.netloc})
    got = connection.getresponse()
    told = got.status, got.read().decode()
    connection.close()
    return told


def test_preview_serves_below_the_base_path_alone_with_the_sites_own_404(desk):
    assert answer(f"{desk.url}severe/S-1.html")[0] == 200
    outside = desk.url.removesuffix("sub/")
    for missing in (f"{desk.url}severe/S-9.html", f"{outside}severe/S-1.html", outside):
        status, body = answer(missing)
        assert status == 404
        assert "授权查询" in body
        assert "-preview/client.js" in body


def test_findings_are_told_to_this_machine_alone(desk):
    assert answer(f"{desk.url}-preview/news.js?after=-1")[0] == 200
    assert answer(f"{desk.url}-preview/news.js?after=-1", host="elsewhere.example")[0] == 403


def test_faulty_site_is_told_in_the_browser_and_mended_there(tmp_path, chromium):
    desk = Desk(tmp_path)
    good = (tmp_path / "export" / "severe-list.csv").read_bytes()
    (tmp_path / "export" / "severe-list.csv").write_bytes(good + b"x")
    desk.start()
    try:
        window = chromium.new_page()
        window.goto(desk.url)
        window.locator("#site-preview").get_by_text("size-differs").wait_for(timeout=WAIT)
        (tmp_path / "export" / "severe-list.csv").write_bytes(good)
        window.get_by_text("演示商贸S-1有限公司").first.wait_for(timeout=WAIT)
        window.close()
    finally:
        desk.stop()
