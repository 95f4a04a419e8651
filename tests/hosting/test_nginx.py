"""What real nginx answers under the generated configuration: headers, refusals, types, the switch."""

import datetime as dt
import email.utils
import gzip
import http.client
import re
import subprocess
import sys

from announced import announce, jpeg, pdf
import pytest
from real_nginx import nginx, open_folder
import small_sites

from site_builder.hosting.headers import HEADERS, PAGE_POLICY, SEARCH_POLICY, TYPES, headers_of

pytestmark = pytest.mark.needs_nginx

DAY = dt.timedelta(days=1)
CORS = "access-control-allow-origin"
SECURITY = {name.lower(): value for name, value in HEADERS.items()}


class Ground:
    """A built site behind nginx; ``base`` is its base path."""

    def __init__(self, folder, base):
        self.folder, self.base = folder, base
        self.site = small_sites.write_site(folder / "content", site__base_path=base)
        announce(self.site, files={"a.pdf": pdf("演示"), "b.jpg": jpeg((900, 600))}, seen=("b.jpg",))
        self.output = folder / "out"
        self.made = 0
        self.build(small_sites.entry("S-1"), small_sites.entry("S-2"), models=[small_sites.person_model("R-1")])

    def build(self, *severe, **lists):
        """Build a release of these entries."""
        self.made += 1
        version = f"2026.11.18.{self.made}"
        export = small_sites.write_export(self.folder / f"export{self.made}", severe=severe, version=version, **lists)
        return small_sites.build_site(self.site, export, self.output, allow=["vanished", "shrink"])

    @property
    def root(self):
        return small_sites.live_root(self.output)


@pytest.fixture(scope="module", params=["/", "/sub/dir/"])
def ground(request):
    with open_folder() as folder:
        there = Ground(folder, request.param)
        there.challenges = folder / "challenges"
        with nginx(folder, there.site, there.output, "--challenges", there.challenges) as server:
            there.server = server
            there.ask = lambda path, *args, **headers: server.ask(there.base + path, *args, **headers)
            yield there


def security(headers):
    return {name: headers.get(name) for name in SECURITY}


def test_site_is_served_below_its_base_path(ground):
    for address in ("", "severe/", "severe/S-1.html", "search/", "data/severe-list.csv", "release.json"):
        status, _, body = ground.ask(address)
        file = ground.root / (f"{address}index.html" if address.endswith("/") or not address else address)
        assert (status, body) == (200, file.read_bytes())


def test_every_file_on_disk_is_served_whole_with_its_headers(ground):
    for path, data in small_sites.files_of(ground.root).items():
        status, headers, body = ground.ask(path)
        assert (path, status, body) == (path, 200, data)
        told = {name.lower(): value for name, value in headers_of(path).items()}
        assert {name: headers.get(name) for name in told} == told


def test_file_of_an_announcement_is_kept_and_never_shown_as_a_page(ground):
    status, headers, _ = ground.ask("news/notice/a.pdf")
    assert (status, headers["content-type"]) == (200, "application/pdf")
    assert headers["content-disposition"] == "attachment"
    assert "sandbox" in headers["content-security-policy"]
    assert headers["x-robots-tag"] == "noindex"
    assert ground.ask("news/notice/b.jpg.jpg")[1]["x-robots-tag"] == "noindex"
    for gone in ("news/notice/b.pdf", "news/notice.html", "news/"):
        assert "content-disposition" not in ground.ask(gone)[1]


def test_webassembly_is_allowed_on_the_search_page_and_its_worker_alone(ground):
    allowed = set()
    for path in small_sites.files_of(ground.root):
        policy = ground.ask(path)[1]["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in policy
        assert "'unsafe-eval'" not in policy
        if "wasm-unsafe-eval" in policy:
            allowed.add(re.sub(r"/[0-9]+/", "/N/", path))
    assert allowed == {"search/index.html", "search/fulltext/pagefind/N/pagefind-worker.js"}


def test_headers_are_the_same_on_200_304_403_and_404(ground):
    status, headers, _ = ground.ask("severe/S-1.html")
    assert status == 200
    answers = [
        (304, ground.ask("severe/S-1.html", if_none_match=headers["etag"])),
        (403, ground.ask("severe/.S-1.html")),
        (403, ground.ask("assets/")),
        (404, ground.ask("severe/S-9.html")),
        (404, ground.ask("none/")),
        (405, ground.ask("severe/S-1.html", "POST")),
        (301, ground.ask("severe")),
    ]
    for expected, (status, headers, _) in answers:
        assert status == expected
        assert security(headers) == SECURITY
        assert headers["content-security-policy"] == PAGE_POLICY
    status, headers, _ = ground.ask("search/", if_none_match=ground.ask("search/")[1]["etag"])
    assert (status, headers["content-security-policy"]) == (304, SEARCH_POLICY)


def test_no_header_tells_the_servers_version_or_the_files_time(ground):
    for path in ("severe/S-1.html", "severe/S-9.html", ".git/config"):
        _, headers, body = ground.ask(path)
        assert headers["server"] == "nginx"
        assert "last-modified" not in headers
        assert b"nginx/" not in body


def test_what_is_not_there_or_refused_shows_the_sites_own_page(ground):
    page = (ground.root / "404.html").read_bytes()
    for path in (
        "severe/S-9.html",
        "severe/2024/page-1.html",
        "none/",
        "assets/",
        ".git/config",
        "severe/S-1.html.bak",
    ):
        assert ground.ask(path)[2] == page


def test_host_outside_the_base_path_holds_nothing(ground):
    if ground.base == "/":
        pytest.skip("the whole host is the site")
    for path in ("/", "/index.html", "/sub/", "/severe/S-1.html", "/sub/dirx/"):
        status, headers, body = ground.server.ask(path)
        assert (status, security(headers)) == (404, SECURITY)
        assert body == (ground.root / "404.html").read_bytes()
    assert ground.server.ask("/sub/dir")[:2][1]["location"] == "/sub/dir/"


PLANTED = [".htpasswd", ".git/config", "severe/.hidden.html", ".well/index.html", "index.html~", "index.html.bak"]
PLANTED += ["index.html.orig", "severe/S-1.html.swp", "#index.html#", "data.sql", "index.php", "data/x.tar", "core.123"]


@pytest.mark.parametrize("path", PLANTED)
def test_dot_files_backups_and_unknown_files_are_refused_though_they_are_there(ground, path):
    file = ground.root / path
    file.parent.mkdir(exist_ok=True)
    file.write_text("演示机密")
    status, headers, body = ground.ask(path.replace("#", "%23"))
    assert (status, security(headers)) == (403, SECURITY)
    assert "演示机密".encode() not in body
    file.unlink()


def test_links_are_refused_wherever_they_lead(ground):
    outside = ground.folder / "outside.html"
    outside.write_text("演示机密")
    links = {
        "out.html": outside,
        "up.html": "../../state/live.json",
        "in.html": "index.html",
        "folder": ground.folder,
        "data/passwd.txt": "/etc/passwd",
    }
    for path, target in links.items():
        (ground.root / path).symlink_to(target)
    for path in [*links, "folder/outside.html", "folder/"]:
        status, headers, body = ground.ask(path)
        assert status in {403, 404}
        assert security(headers) == SECURITY
        assert body == (ground.root / "404.html").read_bytes()
    for path in links:
        (ground.root / path).unlink()


@pytest.mark.parametrize(
    "path",
    [
        "../state/live.json",
        "..%2f..%2fstate/live.json",
        "%2e%2e/%2e%2e/state/live.json",
        "severe/../../../state/live.json",
        "severe//..//../../state/lock",
        "severe/S-1.html%00.txt",
        "severe/%00",
        "..\\state\\live.json",
        "current/index.html",
        "releases/",
    ],
)
def test_no_path_leads_out_of_the_web_root(ground, path):
    status, _, body = ground.ask(path)
    assert status in {400, 403, 404}
    assert b"2026.11.18" not in body


def test_folders_are_never_listed(ground):
    for folder in ("assets/", "assets/search/", "search/lookup/", "search/fulltext/pagefind/", "severe/by/"):
        status, _, body = ground.ask(folder)
        if not (ground.root / folder / "index.html").exists():
            assert (status, body) == (403, (ground.root / "404.html").read_bytes())
        assert b"Index of" not in body


NAMED = {
    "feed.xml": "application/atom+xml",
    "opensearch.xml": "application/opensearchdescription+xml",
    "data/SHA256SUMS": "text/plain",
}
BINARY = ("image/jpeg", "application/pdf", "application/vnd", "application/octet-stream")


def test_types_are_right_and_text_is_utf_8(ground):
    found = {}
    for path in small_sites.files_of(ground.root):
        extension = path.rpartition(".")[2]
        kind = NAMED.get(path) or ("application/atom+xml" if path.startswith("feeds/") and extension == "xml" else "")
        kind = kind or TYPES[extension]
        found.setdefault((path.partition("/")[0], kind), path)
    for (_, kind), path in found.items():
        expected = kind if kind.startswith(BINARY) else f"{kind}; charset=utf-8"
        assert (path, ground.ask(path)[1]["content-type"]) == (path, expected)
    kinds = {kind for _, kind in found}
    assert {TYPES[one] for one in ("html", "css", "js", "csv", "jsonl", "xlsx", "parquet", "sqlite", "bin")} <= kinds
    assert set(NAMED.values()) <= kinds


def test_downloads_that_may_name_people_are_not_indexed(ground):
    named = (
        "data/severe-list.csv",
        "data/role-models.jsonl",
        "data/credit.sqlite",
        "feed.xml",
        "feeds/severe-list.xml",
        "search/lookup/index.json",
    )
    for path in named:
        assert ground.ask(path)[1]["x-robots-tag"] == "noindex"
    for path in ("data/", "index.html", "sitemap.xml", "severe/S-1.html"):
        assert "x-robots-tag" not in ground.ask(path)[1]


def test_open_data_and_the_lookup_may_be_read_by_the_pages_of_other_sites_and_nothing_else(ground):
    for path in small_sites.files_of(ground.root):
        shared = path.startswith(("data/", "search/lookup/")) or re.fullmatch(r"(?!assets/)[^/]+/[^/]+\.json", path)
        shared = shared or path in {"data.json", "release.json", "404.html"}
        assert (path, ground.ask(path)[1].get("access-control-allow-origin")) == (path, "*" if shared else None)
    assert ground.ask("data/")[1]["access-control-allow-origin"] == "*"
    gone = ground.ask("search/lookup/row/0123456789abcdef-0.bin")
    assert (gone[0], gone[1]["access-control-allow-origin"]) == (404, "*")


def test_security_txt_is_where_it_is_looked_for_whatever_the_base_path(ground):
    status, headers, body = ground.server.ask("/.well-known/security.txt")
    assert (status, body) == (200, (ground.root / ".well-known" / "security.txt").read_bytes())
    assert headers["content-type"] == "text/plain; charset=utf-8"
    assert security(headers) == SECURITY
    assert b"Canonical: https://small.example/.well-known/security.txt\n" in body
    for path in ("", "other.txt", "acme-challenge/", "acme-challenge/../security.txt.bak"):
        assert ground.server.ask(f"/.well-known/{path}")[0] in {403, 404}


def test_what_an_acme_client_puts_down_is_served_and_nothing_beside_it(ground):
    place = ground.challenges / ".well-known" / "acme-challenge"
    place.mkdir(parents=True)
    (place / "Ab_-1").write_text("Ab_-1.key")
    (place / "link").symlink_to(ground.root / "index.html")
    (ground.challenges / "index.html").write_text("演示机密")
    status, headers, body = ground.server.ask("/.well-known/acme-challenge/Ab_-1")
    assert (status, body, headers["content-type"]) == (200, b"Ab_-1.key", "text/plain; charset=utf-8")
    for path in ("link", "none", "", "../../index.html", "%2e%2e/%2e%2e/index.html"):
        status, _, body = ground.server.ask(f"/.well-known/acme-challenge/{path}")
        assert status in {403, 404} or body == (ground.root / "index.html").read_bytes()
        assert "演示机密".encode() not in body


def test_time_of_a_file_is_neither_told_nor_believed(ground):
    """It is made of the contents: who says when the file was last seen gets it, who knows its tag a 304."""
    file = ground.root / "severe" / "S-1.html"
    made_of_contents = email.utils.formatdate(file.stat().st_mtime, usegmt=True)
    later = email.utils.formatdate(file.stat().st_mtime + 86400, usegmt=True)
    for day in (made_of_contents, later):
        status, headers, body = ground.ask("severe/S-1.html", if_modified_since=day)
        assert (status, body) == (200, file.read_bytes())
        assert "last-modified" not in headers
    tag = ground.ask("severe/S-1.html")[1]["etag"]
    assert ground.ask("severe/S-1.html", if_none_match=tag)[0] == 304


def test_switch_is_seen_with_the_next_request_on_an_open_connection(ground):
    connection = http.client.HTTPConnection("127.0.0.1", ground.server.port, timeout=30)

    def get(path, **headers):
        connection.request("GET", ground.base + path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("ETag"), answer.read()

    ground.build(small_sites.entry("S-1", cause="演示甲"), small_sites.entry("S-2"))
    assert "演示甲".encode() in get("severe/S-1.html")[2]
    tag = get("severe/S-1.html")[1]
    ground.build(small_sites.entry("S-1", cause="演示乙"), small_sites.entry("S-3"))
    status, other, body = get("severe/S-1.html", **{"If-None-Match": tag})
    assert (status, other != tag) == (200, True)
    assert "演示乙".encode() in body
    assert get("severe/S-2.html")[0] == 404
    assert get("severe/S-3.html")[0] == 200
    connection.close()


def test_tag_tells_contents_apart_whatever_the_clock_says(ground):
    """The same size in the same second, by a clock that stands still: still another tag; the same bytes: the same."""
    tags = []
    for text in ("演示甲", "演示乙", "演示甲"):
        report = ground.build(small_sites.entry("S-1", cause=text), small_sites.entry("S-2"))
        assert report.active
        file = ground.root / "severe" / "S-1.html"
        tags.append((ground.ask("severe/S-1.html")[1]["etag"], file.stat().st_size, file.read_bytes()))
    assert tags[0] == tags[2]
    assert tags[0][0] != tags[1][0]
    assert tags[0][1] == tags[1][1]


def test_compressed_file_is_sent_where_its_original_is_and_never_alone(ground):
    page = ground.root / "guide" / "objection.html"
    packed = page.with_name("objection.html.gz")
    packed.write_bytes(gzip.compress(page.read_bytes(), 9, mtime=0))
    status, headers, body = ground.ask("guide/objection.html", accept_encoding="gzip")
    assert (status, headers["content-encoding"], body) == (200, "gzip", packed.read_bytes())
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["vary"] == "Accept-Encoding"
    assert security(headers) == SECURITY
    assert ground.ask("guide/objection.html")[2] == page.read_bytes()
    assert ground.ask("guide/objection.html.gz")[0] == 403
    orphan = ground.root / "severe" / "S-8.html.gz"
    orphan.write_bytes(gzip.compress("演示机密".encode()))
    status, headers, body = ground.ask("severe/S-8.html", accept_encoding="gzip")
    assert status == 404
    assert orphan.read_bytes() != body
    packed.unlink()
    orphan.unlink()


def test_state_is_closed_to_the_servers_user(ground):
    assert (ground.output / "dalian" / "state").stat().st_mode & 0o077 == 0
    assert ground.ask("severe/S-1.html")[0] == 200


def test_site_without_a_release_answers_404_with_the_headers():
    with open_folder() as folder:
        site = small_sites.write_site(folder / "content")
        (folder / "out").mkdir()
        with nginx(folder, site, folder / "out") as server:
            status, headers, _ = server.ask("/")
            assert (status, security(headers)) == (404, SECURITY)


def test_preview_answers_as_nginx_does(ground):
    """The same headers, types and refusals, from ``site-builder serve``."""
    command = [
        sys.executable,
        "-m",
        "site_builder",
        "serve",
        "--release",
        "--site",
        ground.site,
        "--output",
        ground.output,
    ]
    with subprocess.Popen(
        [*map(str, command), "--port", "0", "--json"], cwd=small_sites.PROGRAM, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            said = "".join(process.stdout.readline() for _ in range(3))
            preview = type(ground.server)(int(re.search(r":(\d+)/", said)[1]))
            for path in [*small_sites.files_of(ground.root), "", "severe/", "search/?q=1", "none.html", "none/"]:
                status, headers, body = ground.ask(path)
                shown, told, bytes_ = preview.ask(ground.base + path)
                assert (path, shown, bytes_) == (path, status, body)
                for name in (*SECURITY, "content-security-policy", "content-type", "x-robots-tag", CORS):
                    assert (path, name, told.get(name)) == (path, name, headers.get(name))
            for path in (".git/config", "index.html~", "assets/"):
                assert preview.ask(ground.base + path)[0] == 404
        finally:
            process.terminate()
