"""Screenshots of every template, with ``tests/given`` on the path: ``screens.py FOLDER [--docs] [--only NAME …]``.

At 360, 768 and 1280 pixels, in normal, dark and elder mode and as printed, of both sample sites. ``--docs`` makes
only those of the documentation, with few colours so that they stay small: the home and entry pages at 360 and 1280,
and of 大连 the first screen of a search with many hits, one, none but names like it, and none; of an entry of each
wording of its term; of the menu; and of a letter.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path
import re
import tempfile
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser
from sample_pages import CITIES, MODES, browser, opened, rows_of, sample_pages, served
from shared_samples import build_sample

WIDTHS = (360, 768, 1280)
PAPER = 718
"""Pixels between the margins of an A4 sheet."""
EVERY_PICTURE = """() => Promise.all([...document.images].map((picture) => {
    picture.loading = "eager";
    return picture.decode();
}))"""
LARGEST = 150_000
TALLEST = {360: 2600, 1280: 1900}
"""Pixels of a page that the documentation shows, by its width."""
DOCUMENTED = ("home", "entry")
FIRST_SCREEN = {360: 740, 1280: 900}
"""Width → height of a window."""


def shoot(started: Browser, address: str, width: int, mode: str) -> bytes:
    """The whole page as PNG; mode ``print`` is the print view."""
    page = opened(started, address, PAPER if mode == "print" else width, "normal" if mode == "print" else mode)
    if mode == "print":
        page.emulate_media(media="print")
    page.wait_for_load_state("networkidle")  # a grid gets its rows
    page.evaluate(EVERY_PICTURE)
    data = page.screenshot(full_page=True)
    page.context.close()
    return data


def small(data: bytes) -> bytes:
    """The head of the picture with as many colours as fit in ``LARGEST`` bytes."""
    with Image.open(io.BytesIO(data)) as opened_picture:
        width, height = opened_picture.size
        picture = opened_picture.convert("RGB").crop((0, 0, width, min(height, TALLEST[width])))
    for colours in (64, 32, 16, 8):
        out = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() < LARGEST:
            break
    return out.getvalue()


def documented(started: Browser, base: str, pages: dict[str, str], city: str, folder: Path) -> None:
    """The pictures of the documentation; the home page of 大连 is ``home.png``."""
    for name in DOCUMENTED:
        for width in (1280, 360):
            file = f"{city}-{name}-{width}.png" if (city, name, width) != ("dalian", "home", 1280) else "home.png"
            (folder / file).write_bytes(small(shoot(started, base + pages[name], width, "normal")))


def wordings(entries: list[dict[str, object]]) -> dict[str, str]:
    """Each wording of a term, without its days → the address of an entry that has it."""
    return {re.sub("[0-9-]+", "", str(row["term_text"])): f"severe/{row['id']}.html" for row in entries}


def states(root: Path) -> dict[str, str]:
    """What is seen in other states: name → address."""
    severe = [row for row in rows_of(root, "severe-list") if row["subject_type"] == "legal_person"]
    name = str(max(severe, key=lambda row: str(row["listed_on"]))["subject_name"])
    asked = {"many": "建筑", "one": name, "near": name[:6] + name[7:], "none": "演示查无此名"}
    terms, others = wordings(severe), wordings(rows_of(root, "severe-list"))
    terms |= {term: address for term, address in others.items() if term not in terms}  # those persons alone have
    entry = next(iter(terms.values()))
    return (
        {f"search-{state}": f"search/#q={quote(question)}" for state, question in asked.items()}
        | {f"term-{number}": address for number, address in enumerate(terms.values(), start=1)}
        | {"menu": entry, "letter": f"guide/objection.html#letter={entry}"}
    )


def first_screens(started: Browser, base: str, root: Path, folder: Path) -> None:
    """The first screen of each of the states, on a phone and on a desk."""
    for name, address in states(root).items():
        for width, height in FIRST_SCREEN.items():
            page = opened(started, base + address, width, "normal", height)
            page.wait_for_load_state("networkidle")
            if name.startswith("search"):
                page.wait_for_selector('body[data-search="done"]')
            if name == "menu" and page.locator(".menu summary").is_visible():
                page.click(".menu summary")
            (folder / f"{name}-{width}.png").write_bytes(small(page.screenshot()))
            page.context.close()


def all_of(started: Browser, base: str, pages: dict[str, str], city: str, args: argparse.Namespace) -> None:
    """Every page asked for at every width in every mode, and its print view."""
    folder: Path = args.folder
    for name, address in pages.items():
        if args.only and name not in args.only:
            continue
        for mode in args.mode or (*MODES, "print"):
            for width in (PAPER,) if mode == "print" else args.width or WIDTHS:
                picture = shoot(started, base + address, width, mode)
                (folder / f"{city}-{name}-{width}-{mode}.png").write_bytes(picture)


def main() -> None:
    """Build both sites and make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--docs", action="store_true")
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--city", nargs="*", default=CITIES)
    parser.add_argument("--width", nargs="*", type=int)
    parser.add_argument("--mode", nargs="*")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, browser() as started:
        for city in args.city:
            root = build_sample(city, Path(scratch) / city)
            with served(root) as base:
                pages = sample_pages(root)
                if args.docs:
                    documented(started, base, pages, city, args.folder)
                    if city == CITIES[0]:
                        first_screens(started, base, root, args.folder)
                else:
                    all_of(started, base, pages, city, args)


if __name__ == "__main__":
    main()
