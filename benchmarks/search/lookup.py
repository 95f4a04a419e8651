"""How long the lookup takes to build and how much a query fetches: ``python benchmarks/search/lookup.py 10000 100000``.

Rows are invented; queries are made of them: parts of names, codes, numbers and pinyin, two words, and the most common
piece; then names, codes and pinyin that are mistyped, and names no row has. Each query starts from nothing (no
manifest, no block kept), as the search page asks it, in Node, over files. Bytes are those of the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
import itertools
from pathlib import Path
from random import Random
import resource
import statistics
import sys
import tempfile
import time

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "given"), str(Path(__file__).parent)]

from invented_rows import rows as invented  # noqa: E402 - found through the line above
from lookup_node import Node  # noqa: E402
from mistyped import KINDS as MISTYPED  # noqa: E402
from mistyped import mistyped  # noqa: E402

from site_builder.search.lookup import LookupRow, build  # noqa: E402
from site_builder.search.lookup.keys import keys_of  # noqa: E402
from site_builder.search.lookup.near import is_offered  # noqa: E402

QUERIES = 200
SAMPLE = 5000
GROUPS = ["severe-list", "role-models", "measures"]
"""The kinds in the order in which the search page groups its hits."""


def run_of(text: str, shortest: int, random: Random) -> str:
    """A run of the text, at least ``shortest`` characters."""
    start = random.randrange(max(1, len(text) - shortest + 1))
    return text[start : random.randrange(min(len(text), start + shortest), len(text) + 1)]


def pinyin_of(row: LookupRow, which: int, random: Random) -> str:
    """A run of syllables or of initials."""
    keys = keys_of(row)
    if not keys.syllables:
        return "dalian"
    reading = (keys.syllables, keys.initials)[which]
    start = random.randrange(len(reading) - 1)
    return "".join(reading[start : random.randrange(start + 2, len(reading) + 1)])


def kinds() -> dict[str, Callable[[LookupRow, LookupRow, Random], str]]:
    """How a query of each kind is made of one row, or two."""
    return {
        "name, any run": lambda row, _, random: run_of(row.title, 2, random),
        "name, 2 characters": lambda row, _, random: run_of(row.title, 2, random)[:2],
        "name, whole": lambda row, *_: row.title,
        "code, 4 or more": lambda row, _, random: run_of(row.code.split("*")[0] or "9121", 4, random),
        "code, whole": lambda row, *_: row.code or "9121",
        "number, any run": lambda row, _, random: run_of(row.number or "2024", 2, random),
        "pinyin": lambda row, _, random: pinyin_of(row, 0, random),
        "initials": lambda row, _, random: pinyin_of(row, 1, random),
        "two words, one row": lambda row, _, random: f"{run_of(row.title, 2, random)} {run_of(row.number, 2, random)}",
        "two common words": lambda *_: "大连 有限公司",
        "most common piece": lambda *_: "大连",
        "大连市": lambda *_: "大连市",
        "有限公司": lambda *_: "有限公司",
    }


def percentile(values: list[int], share: float) -> int:
    """The value that ``share`` of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def measure(count: int, console: Console) -> None:
    """Build an index of ``count`` rows and query it."""
    with tempfile.TemporaryDirectory() as folder:
        sizes: dict[str, list[int]] = {}

        def out(path: str, data: bytes) -> None:
            target = Path(folder) / path
            kind = path.partition("/")[0]
            if kind not in sizes:
                target.parent.mkdir(exist_ok=True)
            sizes.setdefault(kind, []).append(len(data))
            target.write_bytes(data)

        start, used = time.perf_counter(), time.process_time()
        build(invented(count), out)
        console.print(
            f"{count:,} rows: {time.perf_counter() - start:.1f} s, {time.process_time() - used:.1f} s of processor, "
            f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB (inventing the rows included)"
        )
        files = Table("block", "files", "MB", "largest, KB")
        for kind, lengths in sizes.items():
            files.add_row(kind, f"{len(lengths):,}", f"{sum(lengths) / 1e6:.2f}", f"{max(lengths) / 1e3:.1f}")
        console.print(files)
        sample = [row for row in invented(min(count, SAMPLE)) if row.title]
        with Node() as node:
            node.call("open", folder)
            console.print(queries(node, sample))
            console.print(misses(node, sample))


def queries(node: Node, sample: list[LookupRow]) -> Table:
    """What cold queries of each kind fetch until their hits can be shown."""
    random = Random(7)  # noqa: S311 - the same queries each time
    table = Table("query", "KB p50", "KB p95", "KB max", "requests p50", "p95", "ms p50", "hits p50")
    everything: list[int] = []
    for label, make in kinds().items():
        sizes, requests, times, totals = [], [], [], []
        for _ in range(QUERIES if "run" in label or "or more" in label else QUERIES // 4):
            query = make(random.choice(sample), random.choice(sample), random)
            begun = time.perf_counter()
            answer = node.call("cold", query, {"kinds": GROUPS})
            times.append(time.perf_counter() - begun)
            sizes.append(answer["bytes"])
            requests.append(answer["requests"])
            totals.append(answer["total"])
        everything += sizes
        table.add_row(
            label,
            *kilobytes(sizes),
            *(str(percentile(requests, share)) for share in (0.5, 0.95)),
            f"{statistics.median(times) * 1e3:.0f}",
            f"{statistics.median(totals):,.0f}",
        )
    table.add_row("all", *kilobytes(everything), "", "", "", "")
    return table


def kilobytes(sizes: list[int]) -> Iterator[str]:
    """The median, the 95th percentile and the most."""
    return (f"{percentile(sizes, share) / 1e3:.1f}" for share in (0.5, 0.95, 1))


def missed(node: Node, sample: list[LookupRow]) -> Iterator[tuple[str, str]]:
    """(kind, query) of queries that no row answers."""

    def is_missed(query: str) -> bool:
        return bool(node.call("search", query)["total"] == 0)

    names = [row.title for row in sample if is_offered(row)]
    for kind, typed, _ in mistyped(names, QUERIES * len(MISTYPED), is_missed):
        yield f"name, {kind}", typed
    random = Random(7)  # noqa: S311 - as above
    others: dict[str, Iterator[str]] = {
        "no such name": (row.title for row in invented(SAMPLE, seed=2) if is_offered(row)),
        "code, one wrong": (changed(row.code, random) for row in sample if is_offered(row) and row.code),
        "pinyin, one wrong": (changed(pinyin_of(row, 0, random), random) for row in sample if is_offered(row)),
    }
    for kind, made in others.items():
        for query in itertools.islice(filter(is_missed, made), QUERIES):
            yield kind, query


def changed(text: str, random: Random) -> str:
    """The text with one of its characters in the place of another."""
    place = random.randrange(len(text))
    return text[:place] + random.choice(text.replace(text[place], "") or "x") + text[place + 1 :]


def misses(node: Node, sample: list[LookupRow]) -> Table:
    """What cold queries that nothing answers fetch: in all, for the answer alone, and more for what is like them."""
    found: dict[str, list[tuple[int, int]]] = {}
    for kind, query in missed(node, sample):
        answer = node.call("coldNear", query)
        found.setdefault(kind, []).append((answer["bytes"], answer["exact"]))
    found["all"] = [one for many in found.values() for one in many]
    table = Table("missed", "KB p50", "p95", "max", "exact p50", "p95", "max", "more p50", "p95", "max")
    for kind, sizes in found.items():
        whole, exact = ([one[part] for one in sizes] for part in (0, 1))
        table.add_row(kind, *kilobytes(whole), *kilobytes(exact), *kilobytes([one - other for one, other in sizes]))
    return table


if __name__ == "__main__":
    for argument in sys.argv[1:] or ["10000", "100000"]:
        measure(int(argument), Console(width=120))
