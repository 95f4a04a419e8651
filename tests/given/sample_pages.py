"""Both sample sites built, and one page of each template in them: for screenshots and checks of every page."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
import shutil

from playwright.sync_api import Browser, Page
from search_pages import browser, served

from site_builder.config.load import load_site
from site_builder.decide.examine import Options
from site_builder.progress import Silent
from site_builder.releasing.pipeline import Target, build
from site_builder.render.environment import OWN

PROGRAM = Path(__file__).parents[2]
CITIES = ("dalian", "lingyuan")
AS_OF = dt.date(2026, 11, 20)
MODES = {"normal": "light", "dark": "dark", "elder": "light elder"}
"""Mode → what the browser remembers of it."""


def build_city(city: str, output: Path) -> Path:
    """The web root of a city's sample site."""
    site = load_site(PROGRAM / "content" / city / "site.yml")
    options = Options(export=site.export.path, as_of=AS_OF, jobs=2)
    build(site, options, Target(output=output, themes=OWN), Silent())
    return output / city / "current"


def build_below(base: str, city: str, folder: Path) -> tuple[Path, Path]:
    """(site file, web root) of a city's sample site that is served below a sub-folder; copied into ``folder``."""
    home = folder / "content" / city
    shutil.copytree(PROGRAM / "content" / city, home)
    site_file = home / "site.yml"
    site_file.write_text(site_file.read_text().replace("base_path: /\n", f"base_path: {base}\n"))
    options = Options(export=PROGRAM / "data" / city / "export", as_of=AS_OF)
    build(load_site(site_file), options, Target(output=folder / "out", themes=OWN), Silent())
    return site_file, folder / "out" / city / "current"


def rows_of(root: Path, kind: str) -> list[dict[str, object]]:
    """The published records of a kind, from the open data."""
    lines = (root / "data" / f"{kind}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def sample_pages(root: Path) -> dict[str, str]:
    """A page of each template (and of states that look different): its name → its address in the web root."""
    severe = [row for row in rows_of(root, "severe-list") if row["measure_ids"]]
    disputed = [row for row in severe if row["objection_received_on"]] or severe
    newest = max(severe, key=lambda row: (str(row["listed_on"]), str(row["id"])))
    named = sorted((measure for row in severe for measure in row["measure_ids"] or ()), key=str)  # type: ignore[attr-defined]
    model = max(rows_of(root, "role-models"), key=lambda row: (bool(row["photo"]), len(str(row["deeds"]))))
    law = next(path for path in sorted((root / "laws").glob("*.html")) if path.name != "index.html")
    broken = next(row for row in rows_of(root, "commitments") if row["state"] == "broken")
    return {
        "home": "index.html",
        "entry": f"severe/{newest['id']}.html",
        "entry-disputed": f"severe/{disputed[0]['id']}.html",
        "list": "severe/index.html",
        "browse": "severe/by/authority/index.html",
        "measures": "measures/index.html",
        "measure": f"measures/{named[0]}.html",
        "role-models": "role-models/index.html",
        "role-model": f"role-models/{model['id']}.html",
        "law": f"laws/{law.name}",
        "others": "lists/index.html",
        "other-list": "grades/index.html",
        "other-list-long-texts": "commitments/index.html",
        "other-record": f"commitments/{broken['id']}.html",
        "statistics": "statistics/index.html",
        "search": "search/index.html",
        "batch": "search/batch.html",
        "guide": "guide/index.html",
        "content": "guide/objection.html",
        "data": "data/index.html",
        "explore": "data/severe-list/index.html",
        "changes": "changes/index.html",
        "cited": f"measures/{named[0]}/entries/index.html",
        "sitemap": "sitemap.html",
        "not-found": "404.html",
    }


def opened(started: Browser, address: str, width: int, mode: str, height: int = 900) -> Page:
    """A page in a window of its own, in one of ``MODES``."""
    context = started.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    context.add_init_script(f"localStorage.setItem('site-mode', {json.dumps(MODES[mode])})")
    page = context.new_page()
    page.goto(address, wait_until="load")
    return page


__all__ = ["AS_OF", "CITIES", "MODES", "browser", "build_city", "opened", "rows_of", "sample_pages", "served"]
