"""How soon the search page shows a first result, and what it fetches: ``in_chromium.py 10000 100000 [1000000]``.

The Dalian sample site is built, and in it the lookup of so many invented rows takes the place of its own. nginx serves
it on this machine; headless Chromium opens its search page, and from the press of the button the time runs to the first
hit shown. Cold: a new browser profile, the page opened and idle, nothing of the index fetched. Warm: more queries
on that page. Bytes are what nginx sent, as it logged them: of the lookup until the first hits are shown; of the lookup
in all, with what the facet counts take; of the full text. Writes a Markdown table to ``results.md`` beside this file.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
import datetime as dt
from pathlib import Path
from random import Random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent), str(Path(__file__).parents[1])]

from invented_rows import rows as invented  # noqa: E402 - found through the line above
from lookup import kinds, percentile  # noqa: E402
from measuring import machine  # noqa: E402

from site_builder.config.load import load_site  # noqa: E402
from site_builder.decide.examine import Options  # noqa: E402
from site_builder.progress import Silent  # noqa: E402
from site_builder.releasing.pipeline import Target, build  # noqa: E402
from site_builder.search import lookup  # noqa: E402

AS_OF = dt.date(2026, 11, 20)
COLD = 40
WARM = 5
COMMON = 10
SAMPLE = 5000
RESULTS = Path(__file__).with_name("results.md")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SERVER = """daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  types {{ text/html html; text/css css; text/javascript js; application/json json; application/wasm wasm; }}
  default_type application/octet-stream; log_format sent '$body_bytes_sent $uri'; access_log {folder}/sent.log sent;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {root}; add_header Content-Security-Policy "{policy}"; }}
}}
"""
ASK = """async (query) => {
  const results = document.querySelector('#results');
  results.replaceChildren();
  document.querySelector('#q').value = query;
  const started = performance.now();
  const first = new Promise((resolve) => {
    const seen = () => {
      const state = document.body.dataset.search;
      const hit = results.querySelector('a[data-result]') !== null;
      if (hit || state === 'done' || state === 'error') { observer.disconnect(); resolve(performance.now() - started); }
    };
    const observer = new MutationObserver(seen);
    observer.observe(document.body, { attributes: true, childList: true, subtree: true });
  });
  document.querySelector('form.search').requestSubmit();
  return first;
}"""
DONE = "() => ['done', 'error'].includes(document.body.dataset.search)"


@contextmanager
def served(folder: Path, root: Path) -> Iterator[str]:
    """The root's address, served by nginx; ``folder`` holds its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    conf = folder / "nginx.conf"
    conf.write_text(SERVER.format(folder=folder, port=port, root=root, policy=POLICY))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([program, "-c", str(conf), "-e", str(folder / "error.log")])
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()


def site_with(count: int, folder: Path) -> Path:
    """The web root of the sample site with a lookup of so many invented rows."""
    options = Options(export=ROOT / "data/dalian/export", as_of=AS_OF)
    build(
        load_site(ROOT / "content/dalian/site.yml"),
        options,
        Target(output=folder / "out", themes=ROOT / "site_builder" / "themes"),
        Silent(),
    )
    root = (folder / "out/dalian/current").resolve()
    index = root / "search/lookup"
    shutil.rmtree(index)

    def out(path: str, data: bytes) -> None:
        target = index / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    lookup.build(invented(count), out)
    return root


class Sent:
    """What nginx has sent since it was last asked."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._at = 0

    def since(self) -> tuple[int, int, int]:
        """Bytes of the lookup, requests for it, and bytes of the full text."""
        with self._log.open(encoding="utf-8") as log:
            log.seek(self._at)
            lines = [line.split(" ", 1) for line in log]
            self._at = log.tell()
        found = [int(size) for size, path in lines if path.startswith("/search/lookup/")]
        return sum(found), len(found), sum(int(size) for size, path in lines if path.startswith("/search/fulltext/"))


Asked = tuple[float, int, int, int, int]
"""Milliseconds to the first result; until then lookup bytes and requests; all its bytes; those of the full text."""


def ask(page: Page, query: str, sent: Sent) -> Asked:
    """One query on an open page."""
    sent.since()
    taken = page.evaluate(ASK, query)
    size, requests, text = sent.since()
    page.wait_for_function(DONE)
    more, _, more_text = sent.since()
    return taken, size, requests, size + more, text + more_text


def cold(browser: Browser, address: str, query: str, sent: Sent, more: list[str]) -> tuple[Asked, list[Asked]]:
    """One query in a new profile, and more on the same page."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}search/", wait_until="networkidle")
    first = ask(page, query, sent)
    rest = [ask(page, other, sent) for other in more]
    context.close()
    return first, rest


def row(count: int, label: str, found: list[Asked]) -> str:
    """One line of the table."""
    times, sizes, requests, every, texts = zip(*found, strict=True)
    figures = (
        *(f"{percentile(sorted(times), share):.0f}" for share in (0.5, 0.95)),
        *(f"{percentile(sorted(sizes), share) / 1000:.0f}" for share in (0.5, 0.95)),
        f"{statistics.median(requests):.0f}",
        *(f"{percentile(sorted(every), share) / 1000:.0f}" for share in (0.5, 0.95)),
        f"{statistics.median(texts) / 1000:.0f}",
    )
    return f"| {count:,} | {label} | {len(found)} | {' | '.join(figures)} |"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield browser
        browser.close()


def measure(count: int) -> Iterator[str]:
    """The lines of one size."""
    random = Random(7)  # noqa: S311 - the same queries each time
    sample = list(invented(min(count, SAMPLE)))
    makers = list(kinds().values())
    query = lambda: random.choice(makers)(random.choice(sample), random.choice(sample), random)  # noqa: E731
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        root = site_with(count, folder)
        with served(folder, root) as address, chromium() as browser:
            sent = Sent(folder / "sent.log")
            asked = [cold(browser, address, query(), sent, [query() for _ in range(WARM)]) for _ in range(COLD)]
            common = [cold(browser, address, "大连", sent, ["大连市", "大连"]) for _ in range(COMMON)]
    yield row(count, "第一次查询", [first for first, _ in asked])
    yield row(count, "接着查询", [one for _, rest in asked for one in rest])
    yield row(count, "第一次查「大连」", [first for first, _ in common])
    yield row(count, "再查「大连」", [rest[-1] for _, rest in common])


COLUMNS = (
    *("行", "查询", "次", "首个结果 ms，中位", "95 分位", "到此检索 KB，中位", "95 分位"),
    *("请求", "连分面计数 KB，中位", "95 分位", "全文 KB，中位"),
)
HEAD = f"| {' | '.join(COLUMNS)} |\n|{'--:|' * len(COLUMNS)}"


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="在 Chromium 里测首个结果的时间和取回的字节")
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--output", type=Path, default=RESULTS)
    options = parser.parse_args()
    lines = [f"- {name}：{value}" for name, value in machine(Path(tempfile.gettempdir()))] + ["", HEAD]
    for count in options.sizes:
        for line in measure(count):
            print(line, flush=True)
            lines.append(line)
    options.output.write_text("# 检索测速\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
