"""What Lighthouse says of every kind of page, phone and desktop: ``python benchmarks/lighthouse.py --program PATH``.

Both sample sites are built, served by nginx as ``deploy-files`` sets it up (compressed), and opened in Chromium.
Lighthouse is a program of Node; it is no dependency, and where it is not on the path it is told with ``--program``.
Writes ``lighthouse.md`` beside this file. Exit code 1 where a score is below 95. A page that asks not to be indexed
(natural persons' records and lists, the 404 page) is not asked whether search engines may.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
import json
from pathlib import Path
import shutil
import subprocess
import sys

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "given"), str(Path(__file__).parent)]

from measuring import machine  # noqa: E402 - found through the line above
from real_nginx import nginx, open_folder  # noqa: E402
from sample_pages import CITIES, sample_pages  # noqa: E402
from shared_samples import build_sample  # noqa: E402

LEAST = 95
TRIES = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FORMS = {"手机": [], "桌面": ["--preset=desktop"]}
ASKED = {"search-hits": "search/index.html#q=演示", "search-miss": "search/index.html#q=并无此名此文"}
RESULTS = Path(__file__).with_name("lighthouse.md")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
HEAD = (
    "| 站点 | 页面 | 形式 | 性能 | 无障碍 | 最佳实践 | SEO | 最大内容 s | 移位 | 传输 KB |\n"
    "|---|---|---|--:|--:|--:|--:|--:|--:|--:|"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one page in one form: scores of 100, seconds, layout shift, bytes, and audits not passed."""

    city: str
    page: str
    form: str
    scores: tuple[int, ...]
    paint: float
    shift: float
    size: int
    failed: tuple[str, ...]

    def row(self) -> str:
        """Its line of the table."""
        scores = " | ".join(map(str, self.scores))
        figures = f"{self.paint:.1f} | {self.shift:.3f} | {self.size / 1000:.0f}"
        return f"| {self.city} | {self.page} | {self.form} | {scores} | {figures} |"


def look(program: str, address: str, form: str, *, indexed: bool) -> dict[str, object]:
    """Lighthouse's report on one page."""
    command = [program, address, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--chrome-flags={FLAGS}", *FORMS[form]]
    command += [] if indexed else ["--skip-audits=is-crawlable"]
    for _ in range(TRIES):  # now and then the browser does not start
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode == 0:
            report: dict[str, object] = json.loads(done.stdout)
            return report
    sys.exit(done.stderr.decode(errors="replace"))


def told(city: str, page: str, form: str, report: dict[str, object]) -> Found:
    """What matters in a report."""
    categories, audits = (json.loads(json.dumps(report[part])) for part in ("categories", "audits"))
    weighed = [one["id"] for name in CATEGORIES for one in categories[name]["auditRefs"] if one["weight"] > 0]
    return Found(
        city=city,
        page=page,
        form=form,
        scores=tuple(round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES),
        paint=audits["largest-contentful-paint"]["numericValue"] / 1000,
        shift=audits["cumulative-layout-shift"]["numericValue"],
        size=audits["total-byte-weight"]["numericValue"],
        failed=tuple(one for one in weighed if (score := audits[one]["score"]) is not None and score < 0.9),  # noqa: PLR2004
    )


def of_city(program: str, city: str, only: list[str]) -> Iterator[Found]:
    """Every page of one city in both forms."""
    with open_folder() as folder:
        root = build_sample(city, folder)
        site_file = folder / "content" / city / "site.yml"
        with nginx(folder, site_file, folder / "out") as server:
            for page, path in (sample_pages(root) | ASKED).items():
                if only and page not in only:
                    continue
                indexed = 'content="noindex' not in (root / path.partition("#")[0]).read_text("utf-8")
                for form in FORMS:
                    report = look(program, server.url(f"/{path}"), form, indexed=indexed)
                    yield told(city, page, form, report)


def main() -> int:
    """Measure, write the table; 1 where a score is too low."""
    parser = argparse.ArgumentParser(description="Lighthouse 量每一种页面，手机和桌面")
    parser.add_argument("--program", default=shutil.which("lighthouse"), help="Lighthouse 在哪里")
    parser.add_argument("--city", nargs="*", default=CITIES)
    parser.add_argument("--only", nargs="*", default=[], help="只量这些页面")
    parser.add_argument("--output", type=Path, default=RESULTS)
    options = parser.parse_args()
    if options.program is None:
        parser.error("没有找到 Lighthouse：装上它（Node 的程序），或者用 --program 说它在哪里")
    version = subprocess.run([options.program, "--version"], capture_output=True, check=True, text=True).stdout.strip()
    lines = [*(f"- {name}：{value}" for name, value in machine(Path.cwd())), f"- Lighthouse：{version}", "", HEAD]
    low = 0
    for city in options.city:
        for found in of_city(options.program, city, options.only):
            lines.append(found.row())
            low += min(found.scores) < LEAST
            print(found.row(), *found.failed, flush=True)
    options.output.write_text(
        "# Lighthouse\n\n由 `python benchmarks/lighthouse.py` 写成。\n\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )
    return int(low > 0)


if __name__ == "__main__":
    sys.exit(main())
