"""Reads a built web root as a visitor, a crawler or a curious neighbour would."""

import gzip
import importlib.util
import io
import json
import posixpath
from urllib.parse import unquote, urldefrag, urlsplit
import zipfile

import lxml.html

LINKS = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("form", "action"), ("source", "srcset"))
BROTLI = importlib.util.find_spec("brotli") is not None


def pages_of(files):
    """Path → parsed page of every HTML file."""
    parser = lxml.html.HTMLParser(encoding="utf-8")
    return {path: lxml.html.document_fromstring(data, parser) for path, data in files.items() if path.endswith(".html")}


def links_of(page):
    """(tag, address) of everything a page points at."""
    for tag, attribute in LINKS:
        for element in page.iter(tag):
            address = element.get(attribute)
            if address is not None:
                yield element, address


def target_of(path, address, base_path="/"):
    """The file (and anchor) of the web root an address on the page ``path`` leads to; None where it leads outside."""
    address, anchor = urldefrag(address)
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    where = unquote(parts.path)
    if where.startswith("/"):
        assert where.startswith(base_path), f"{path}: {address} lies outside {base_path}"
        full = where[len(base_path) :]
    elif not where:
        full = path
    else:
        full = posixpath.normpath(posixpath.join(posixpath.dirname(path), where)) + ("/" if where.endswith("/") else "")
        full = "" if full in {"./", "."} else full
    assert not full.startswith(".."), f"{path}: {address} leaves the web root"
    if not full or full.endswith("/"):
        full += "index.html"
    return full, unquote(anchor)


def dead_links(files, base_path="/"):
    """Every link that leads to no file or to no anchor: (page, address)."""
    pages = pages_of(files)
    ids = {path: {element.get("id") for element in page.iter() if element.get("id")} for path, page in pages.items()}
    dead = set()
    for path, page in pages.items():
        for _, address in links_of(page):
            target = target_of(path, address, base_path)
            if target is None:
                continue
            file, anchor = target
            asks = file == "search/index.html" or (file.startswith("data/") and file.endswith("/index.html"))
            if asks and "=" in anchor:
                anchor = ""  # a question, no place on the page
            if file not in files or (anchor and anchor not in ids.get(file, ())):
                dead.add((path, address))
    return sorted(dead)


def meta_of(page):
    """The named metadata of a page: lower-case name → list of contents."""
    found = {}
    for element in page.iter("meta"):
        if element.get("name"):
            found.setdefault(element.get("name").lower(), []).append(element.get("content"))
    return found


def is_noindex(page):
    return any("noindex" in content for content in meta_of(page).get("robots", ()))


def text_of(page):
    """The text of a page's ``main``, white space made plain."""
    main = next(page.iter("main"))
    return plain(main.text_content())


def plain(text):
    return " ".join(text.split())


def decoded(files):
    """Every byte a file holds, packed or not: name → bytes, archives opened, what splits words taken out."""
    for path, data in files.items():
        yield from _decoded(path, data)


def _decoded(path, data):
    yield path, data
    if data.startswith(b"\x1f\x8b"):
        yield from _decoded(f"{path}!gzip", gzip.decompress(data))
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from _decoded(f"{path}!{member}", archive.read(member))
    elif path.endswith(".br") and BROTLI:
        import brotli  # noqa: PLC0415  # there only where pages are packed

        yield from _decoded(f"{path}!brotli", brotli.decompress(data))
    if b"\xe2\x80\x8b" in data:
        yield f"{path}!joined", data.replace(b"\xe2\x80\x8b", b"")
    if path.endswith((".json", ".jsonl")) and b"\\u" in data:
        yield f"{path}!json", json.dumps([json.loads(line) for line in data.splitlines()], ensure_ascii=False).encode()
