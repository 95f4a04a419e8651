"""One page of each template in the sample sites: for screenshots and checks of every page."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, Page
from search_pages import browser, served
from shared_samples import sample_root, sample_site
from small_sites import AS_OF

CITIES = ("dalian", "lingyuan")
MODES = {"normal": "light", "dark": "dark", "elder": "light elder"}
"""Mode → what the browser remembers of it."""


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
    told = next(path for path in sorted((root / "news").glob("*.html")) if (root / "news" / path.stem).is_dir())
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
        "announcements": "news/index.html",
        "announcement": f"news/{told.name}",
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


__all__ = [
    "AS_OF",
    "CITIES",
    "MODES",
    "browser",
    "opened",
    "rows_of",
    "sample_pages",
    "sample_root",
    "sample_site",
    "served",
]
