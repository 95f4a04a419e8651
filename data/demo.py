"""Serve the sample sites side by side, with one page that leads to each: ``make demo``. Ctrl-C ends it."""

from __future__ import annotations

from contextlib import ExitStack
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
import sys
import threading
from typing import Final

from site_builder.config.load import load_site
from site_builder.config.site import Site
from site_builder.serve.preview import preview

ROOT: Final = Path(__file__).resolve().parents[1]
CITIES: Final = ("dalian", "lingyuan")
PORT: Final = 8000

PAGE: Final = """<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>样站</title>
<style>
body {{ max-width: 60rem; margin: 3rem auto; padding: 0 1rem; font: 1.125rem/1.8 sans-serif }}
ul {{ display: grid; gap: 1rem; padding: 0; list-style: none }}
@media (min-width: 40rem) {{ ul {{ grid-template-columns: 1fr 1fr }} }}
a {{ display: block; padding: 1.5rem; border: 1px solid; border-radius: .5rem }}
strong {{ display: block; font-size: 1.5rem }}
</style>
<h1>两个样站</h1>
<p>一个程序，两地的规则。里面的主体、文书、联系方式全是虚构的。</p>
<ul>
{links}
</ul>
"""
LINK: Final = '<li><a href="{address}"><strong>{name}</strong>按《{law}》</a></li>'


def main() -> int:
    """Serve until Ctrl-C; the page on the port named (0: any that is free), the sites on the two after it."""
    first = int(sys.argv[1]) if len(sys.argv) > 1 else PORT
    output = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "output"  # noqa: PLR2004
    sites = [load_site(ROOT / "content" / city / "site.yml") for city in CITIES]
    with ExitStack() as stack:
        links = []
        for number, site in enumerate(sites, start=1):
            root = output / site.id / "current"
            if not root.is_dir():
                print(f"没有 {root}，先运行 make site", file=sys.stderr)
                return 2
            port = _serve(stack, preview(root, site.site.base_path, first and first + number))
            links.append(_link(site, port))
        port = _serve(stack, ThreadingHTTPServer(("127.0.0.1", first), _page_of("\n".join(links))))
        print(f"两个样站：http://127.0.0.1:{port}/（Ctrl-C 结束）", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()
    return 0


def _serve(stack: ExitStack, server: ThreadingHTTPServer) -> int:
    """Run a server beside; its port. It ends with the stack."""
    stack.callback(server.server_close)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stack.callback(server.shutdown)
    return server.server_port


def _link(site: Site, port: int) -> str:
    address = f"http://127.0.0.1:{port}{site.site.base_path}"
    return LINK.format(address=address, name=escape(site.site.name), law=escape(site.laws[0].title))


def _page_of(links: str) -> type[BaseHTTPRequestHandler]:
    """What answers every request with the one page."""
    body = PAGE.format(links=links).encode()

    class Handler(BaseHTTPRequestHandler):
        """The page that leads to the sites."""

        def do_GET(self) -> None:
            """The page, whatever is asked for."""
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Quiet."""

    return Handler


if __name__ == "__main__":
    sys.exit(main())
