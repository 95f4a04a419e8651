"""A copy that follows a site behind real nginx: equal to it release after release, nothing left of what has ended.

Hostile sites are real too: the folder nginx serves is spoilt by hand, or a server of one's own answers.
"""

import contextlib
import datetime as dt
import hashlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import json
from pathlib import Path
import shutil
import subprocess
import threading

from hypothesis import given
from hypothesis import strategies as st
import pytest
from real_nginx import nginx, open_folder
from sizes import FOLLOWED
import small_sites

from site_builder.cli.main import commands
from site_builder.errors import Exit, SiteBuilderError
from site_builder.mirror import copy, follow
from site_builder.mirror.remote import Remote
from site_builder.mirror.told import is_inside, read_files
from site_builder.progress import Silent
from site_builder.signing import make_key, read_key, sign

DAY = dt.timedelta(days=1)
MOST = 1 << 28


class Ground:
    """A signed site behind nginx, its register, and a folder for copies."""

    def __init__(self, folder):
        self.folder = folder
        self.key = make_key(folder / "site.key")
        self.site = small_sites.write_site(
            folder / "content", site__base_path="/sub/", publish__sign_key=str(folder / "site.key")
        )
        self.output = folder / "out"
        self.made, self.as_of = 0, small_sites.AS_OF
        self.build([small_sites.entry("S-1"), small_sites.entry("S-2")])

    def build(self, severe, **lists):
        """The next release, on the same day."""
        self.made += 1
        export = small_sites.write_export(
            self.folder / f"export{self.made}",
            severe=severe,
            version=f"2026.11.18.{self.made}",
            created="2026-11-18T10:00:00+08:00",
            **lists,
        )
        small_sites.build_site(
            self.site, export, self.output, as_of=self.as_of, allow=["vanished", "shrink", "resurrected"]
        )

    @property
    def root(self):
        return small_sites.live_root(self.output)

    @contextlib.contextmanager
    def served(self, root):
        """Another folder in the place of what is live."""
        live = self.output / "dalian" / "current"
        before = live.readlink()
        other = self.output / "dalian" / "releases" / f"other{next(NUMBERS)}"
        shutil.copytree(root, other)
        point(live, f"releases/{other.name}")
        try:
            yield other
        finally:
            point(live, before)
            shutil.rmtree(other)

    def mirror(self, to, *, key=None, listener=None):
        with Remote(self.url, MOST) as remote, copy.held(to, remote.url) as held:
            return follow.follow(remote, held, self.key if key is None else key, listener or Silent())


NUMBERS = iter(range(1_000_000))


def point(link, to):
    new = link.with_name(".new")
    new.symlink_to(to)
    new.replace(link)


@pytest.fixture(scope="module")
def ground():
    with open_folder() as folder:
        there = Ground(folder)
        with nginx(folder, there.site, there.output) as server:
            there.url, there.server = server.url("/sub/"), server
            yield there


@pytest.fixture
def to(tmp_path):
    return tmp_path / "copy"


def held_of(to):
    """What a reader of the copy sees."""
    return small_sites.files_of((to / "current").resolve())


def refusal(call, *arguments, **options):
    with pytest.raises(SiteBuilderError) as caught:
        call(*arguments, **options)
    return caught.value.findings[0]


def relist(root, key=None):
    """Write the lists of a spoilt folder anew, and sign them where a key is given."""
    files = small_sites.files_of(root)
    told = json.loads(files["release.json"])
    lines = [f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())]
    own = ("release.json", "release.json.sig", "release-files.txt")
    listed = "".join(line for line in lines if not line.endswith(tuple(f"  {one}\n" for one in own)))
    tell(root, listed, told, key)


def tell(root, listed, told, key=None):
    (root / "release-files.txt").write_text(listed)
    release = json.dumps(told | {"files": hashlib.sha256(listed.encode()).hexdigest()}).encode()
    (root / "release.json").write_bytes(release)
    if key is not None:
        (root / "release.json.sig").write_bytes(sign(read_key(key), release))


def drawn(*seed):
    """A number that looks random and is the same every time."""
    return int.from_bytes(hashlib.sha256(repr(seed).encode()).digest()[:6])


# Following


@pytest.mark.needs_nginx
def test_copy_equals_the_site_release_after_release_and_holds_nothing_of_what_has_ended(ground, tmp_path):
    """Entries come, change, are removed and come back, pictures and later days too; from time to time one is missed."""
    copied = tmp_path / "copy"
    register, last = {}, set()
    for release in range(FOLLOWED):
        for _ in range(1 + drawn(release, "new") % 3):
            name = f"H-{len(register):04}"
            make = small_sites.person if drawn(name) % 3 == 0 else small_sites.entry
            register[name] = make(name, cause=f"演示事由{name[2:]}号")
        for name, row in register.items():
            if drawn(release, name) % 4 == 0:
                field = ("removed_on", "revoked_on", "updated_on")[drawn(release, name, "field") % 3]
                row[field] = None if row.get(field) else ground.as_of
        if drawn(release, "day") % 5 == 0:
            ground.as_of += DAY
        ground.build([*register.values()], measures=[small_sites.measure()] if drawn(release, "measure") % 2 else None)
        if drawn(release, "missed") % 5 == 0:
            continue
        before = held_of(copied) if copied.exists() else {}
        done = ground.mirror(copied)
        site = small_sites.files_of(ground.root)
        assert held_of(copied) == site
        listed = site.keys() - {"release.json", "release.json.sig", "release-files.txt"}
        assert done.fetched <= len(listed)
        known = set(before.values())
        assert done.fetched == sum(site[path] not in known for path in listed)
        assert done.deleted == len(before.keys() - site.keys())
        public = set(small_sites.ids_of(ground.root, "severe-list"))
        ended = last - public
        whole = b"\0".join(one.read_bytes() for one in copied.rglob("*") if one.is_file() and not one.is_symlink())
        for one in ended:
            assert one.encode() not in whole
            assert f"演示事由{one[2:]}号".encode() not in whole
        assert {one.name for one in (copied / "releases").iterdir()} == {Path(done.root).name}
        last |= public
    assert last - public


@pytest.mark.needs_nginx
def test_what_has_not_changed_is_not_fetched_again_and_what_is_damaged_is(ground, to):
    ground.mirror(to)
    done = ground.mirror(to)
    assert (done.unchanged, done.fetched, done.deleted) == (True, 0, 0)
    page = to / "current" / "severe" / "index.html"
    page.write_bytes(b"x" * page.stat().st_size)
    (to / "current" / "more.html").write_text("演示")
    done = ground.mirror(to)
    assert (done.unchanged, done.fetched) == (False, 1)
    assert held_of(to) == small_sites.files_of(ground.root)


@pytest.mark.needs_nginx
def test_what_a_run_that_was_killed_left_behind_is_cleared_away(ground, to):
    ground.mirror(to)
    (to / "releases" / ".work-left").mkdir()
    (to / "releases" / ".work-left" / "half").write_text("演示")
    (to / "releases" / "2020.01.01_2020-01-01").mkdir()
    (to / ".current.new").symlink_to("nowhere")
    ground.mirror(to)
    assert len(list((to / "releases").iterdir())) == 1
    assert held_of(to) == small_sites.files_of(ground.root)


class Meanwhile(Silent):
    """Does something as a step begins, so many times."""

    def __init__(self, does, step="取变了的文件", times=1):
        self.does, self.wanted, self.left = does, step, times

    def step(self, name, total=None):
        del total
        if name == self.wanted and self.left:
            self.left -= 1
            self.does()


@pytest.mark.needs_nginx
@pytest.mark.parametrize("step", ["取变了的文件", "核对已有的文件"])
def test_site_that_is_switched_meanwhile_is_begun_again_and_a_reader_sees_the_old_copy_whole(ground, to, step):
    ground.mirror(to)
    before = held_of(to)
    ground.build([small_sites.entry("S-1", cause="演示第一次改动"), small_sites.entry("S-3")])
    seen = []

    def switch():
        seen.append(held_of(to))
        ground.build([small_sites.entry("S-1", cause="演示第二次改动"), small_sites.entry("S-4")])

    ground.mirror(to, listener=Meanwhile(switch, step))
    assert seen == [before]
    assert held_of(to) == small_sites.files_of(ground.root)
    assert "severe/S-4.html" in held_of(to)
    assert "severe/S-3.html" not in held_of(to)


@pytest.mark.needs_nginx
def test_site_that_is_switched_again_and_again_is_given_up_and_the_copy_stays(ground, to):
    ground.mirror(to)
    before = held_of(to)
    ground.build([small_sites.entry("S-0", cause="演示开头")])
    turns = iter(range(100))

    def switch():
        ground.build([small_sites.entry("S-1", cause=f"演示第{next(turns)}次改动")])

    found = refusal(ground.mirror, to, listener=Meanwhile(switch, times=follow.TRIES))
    assert found.code == "mirror-changing"
    assert held_of(to) == before


# What is refused


@pytest.mark.needs_nginx
def test_earlier_release_is_never_taken(ground, to):
    earlier = ground.folder / "earlier"
    shutil.rmtree(earlier, ignore_errors=True)
    shutil.copytree(ground.root, earlier)
    ground.build([small_sites.entry("S-1"), small_sites.entry("S-9")])
    ground.mirror(to)
    before = held_of(to)
    with ground.served(earlier):
        found = refusal(ground.mirror, to)
    assert found.code == "mirror-older"
    told = json.loads((ground.root / "release.json").read_bytes())
    with ground.served(ground.root) as spoilt:
        day = dt.date.fromisoformat(told["as_of"]) - DAY
        tell(spoilt, (spoilt / "release-files.txt").read_text(), told | {"as_of": str(day)}, ground.folder / "site.key")
        assert refusal(ground.mirror, to).code == "mirror-older"
        later = told | {"as_of": str(day), "version": "2031.01.01"}
        tell(spoilt, (spoilt / "release-files.txt").read_text(), later, ground.folder / "site.key")
        assert refusal(ground.mirror, to).code == "mirror-older", "a later version of an earlier day"
    assert held_of(to) == before


@pytest.mark.needs_nginx
def test_what_was_withheld_at_noon_does_not_come_back_with_the_mornings_release(ground, to, tmp_path):
    """All of a day are of one version and one as-of day, and each is signed."""
    ground.build([small_sites.entry(f"S-{number}") for number in (1, 2, 3)])
    ground.mirror(to)
    mornings = [shutil.copytree(ground.root, tmp_path / "morning")]
    for number, record in enumerate(("S-2", "S-3")):
        small_sites.withhold(ground.site, record, ground.output, today=ground.as_of)
        done = ground.mirror(to)
        assert not done.unchanged
        before = held_of(to)
        assert f"severe/{record}.html" not in before
        for morning in mornings:
            with ground.served(morning):
                assert refusal(ground.mirror, to).code == "mirror-older"
            assert held_of(to) == before
        mornings.append(shutil.copytree(ground.root, tmp_path / f"noon-{number}"))
    assert ground.mirror(to).unchanged
    (ground.site.parent / "overlay.yml").unlink()
    ground.as_of += DAY
    ground.build([small_sites.entry("S-1")])
    ground.mirror(to)
    assert held_of(to) == small_sites.files_of(ground.root)
    with ground.served(mornings[0]):
        assert refusal(ground.mirror, to).code == "mirror-older"


@pytest.mark.needs_nginx
def test_signature_is_the_sites_own_or_nothing_is_taken(ground, to, tmp_path):
    other = make_key(tmp_path / "other.key")
    assert refusal(ground.mirror, to, key=other).code == "mirror-signature"
    with ground.served(ground.root) as spoilt:
        (spoilt / "severe" / "index.html").write_text("演示篡改")
        relist(spoilt)
        assert refusal(ground.mirror, to).code == "mirror-signature"
        relist(spoilt, tmp_path / "other.key")
        assert refusal(ground.mirror, to).code == "mirror-signature"
        (spoilt / "release.json.sig").unlink()
        assert refusal(ground.mirror, to).code == "mirror-signature"
        assert not (to / "current").exists()
        assert ground.mirror(to, key="").signed is False


@pytest.mark.needs_nginx
@pytest.mark.parametrize("fault", ["other bytes", "missing", "list of other bytes"])
def test_file_that_is_not_as_the_signed_list_says_is_told_with_its_address(ground, to, fault):
    ground.mirror(to)
    before = held_of(to)
    ground.build([small_sites.entry("S-1", cause=f"演示{fault}")])
    path = {"list of other bytes": "release-files.txt"}.get(fault, "severe/S-1.html")
    with ground.served(ground.root) as spoilt:
        if fault == "missing":
            (spoilt / path).unlink()
        else:
            (spoilt / path).write_bytes((spoilt / path).read_bytes() + b"x")
        found = refusal(ground.mirror, to)
    assert (found.code, found.place.file) == ("mirror-differs", ground.url + path)
    assert held_of(to) == before


OUTSIDE = ["../x", "a/../../x", "/etc/x", "a//b", ".ssh/x", "a/.x", "a\\..\\x", "a/", "", "a/\x7f", "..", "x" * 300]


@pytest.mark.needs_nginx
@pytest.mark.parametrize("path", OUTSIDE)
def test_path_that_leaves_the_folder_is_refused_though_it_is_signed(ground, to, path):
    with ground.served(ground.root) as spoilt:
        told = json.loads((spoilt / "release.json").read_bytes())
        listed = (spoilt / "release-files.txt").read_text() + f"{'0' * 64}  {path}\n"
        tell(spoilt, listed, told, ground.folder / "site.key")
        found = refusal(ground.mirror, to)
    assert (found.code, found.place.row) == ("mirror-list", len(listed.splitlines()))
    assert not (to / "current").exists()


@given(st.text(max_size=12) | st.lists(st.sampled_from(["a", "..", ".", "", "b c", "\\", "\0"])).map("/".join))
def test_path_that_is_taken_lies_below_the_folder_under_its_own_name(path):
    if is_inside(path):
        assert Path("/root", path).resolve() == Path("/root") / path
        assert Path("/root", path) != Path("/root")
        assert str(Path(path)) == path


@pytest.mark.parametrize(
    "lines",
    [
        ["a", "a"],
        ["a", "a/b"],
        ["a/b/c", "a/b"],
        ["release.json"],
        ["release-files.txt"],
        ["release.json.sig"],
    ],
)
def test_list_that_cannot_be_a_sites_is_refused(lines):
    data = "".join(f"{'0' * 64}  {one}\n" for one in lines).encode()
    assert refusal(read_files, data, "list").code == "mirror-list"


def test_list_in_other_words_is_refused():
    for data in (b"\xff", b"0  a\n", b"\n", f"{'0' * 64} a\n".encode(), f"{'0' * 64}  a\n\n".encode()):
        assert refusal(read_files, data, "list").code == "mirror-list"
    assert read_files(b"", "list") == {}


@pytest.mark.needs_nginx
def test_folder_of_something_else_or_of_another_site_is_left_alone(ground, to, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("演示")
    assert refusal(ground.mirror, tmp_path / "mine").code == "mirror-folder"
    assert [one.name for one in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    ground.mirror(to)
    before = small_sites.all_of(to)
    with pytest.raises(SiteBuilderError) as caught, copy.held(to, "http://other.example/"):
        pass
    assert (caught.value.findings[0].code, caught.value.exit_code) == ("mirror-other-site", Exit.USAGE)
    assert small_sites.all_of(to) == before


@pytest.mark.needs_nginx
def test_copy_that_no_longer_says_which_release_it_is_is_not_written_over(ground, to):
    ground.mirror(to)
    (to / "current" / "release.json").write_text("{}")
    assert refusal(ground.mirror, to).code == "mirror-damaged"


@pytest.mark.needs_nginx
def test_one_at_a_time(ground, to):
    with copy.held(to, ground.url):
        found = refusal(ground.mirror, to)
    assert found.code == "locked"


# Servers of one's own


@contextlib.contextmanager
def answering(answer):
    """A server on 127.0.0.1 whose answers ``answer(handler)`` writes; its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            answer(self)

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def say(handler, status, body=b"", **headers):
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    with contextlib.suppress(ConnectionError):
        handler.wfile.write(body)


def fetched(url, to, most=MOST):
    with Remote(url, most) as remote, copy.held(to, remote.url) as held:
        return follow.follow(remote, held, "", Silent())


def test_redirect_is_told_and_never_followed(to):
    asked = []

    def elsewhere(handler):
        asked.append(handler.path)
        say(handler, 302, Location="http://127.0.0.1:1/release.json")

    with answering(elsewhere) as url:
        found = refusal(fetched, url, to)
        assert (found.code, found.place.file) == ("mirror-redirect", f"{url}release.json")
        assert "http://127.0.0.1:1/release.json" in found.message
    assert asked == ["/release.json"]


@pytest.mark.parametrize("status", [500, 503, 401, 206, 304])
def test_http_error_is_told_with_its_address(to, status):
    with answering(lambda handler: say(handler, status)) as url:
        found = refusal(fetched, url, to)
    assert (found.code, found.place.file) == ("mirror-http", f"{url}release.json")
    assert str(status) in found.message


def test_address_without_a_site_and_one_that_is_none_are_told(to):
    with answering(lambda handler: say(handler, 404)) as url:
        assert refusal(fetched, url, to).code == "mirror-release"
    with answering(lambda handler: say(handler, 200, b"<html>")) as url:
        assert refusal(fetched, url, to).code == "mirror-release"
    for wrong in ("credit.example", "ftp://credit.example/", "https://me@credit.example/", "https://a/?b", "https:///"):
        assert refusal(Remote, wrong, MOST).code == "mirror-url"
    for wrong in (
        "https://[x/",
        "https://a:b/",
        f"https://{'a' * 64}.example/",
        "https://a..example/",
        "https://\u2100/",
    ):
        with pytest.raises(SiteBuilderError) as caught:
            Remote(wrong, MOST)
        assert ([one.code for one in caught.value.findings], caught.value.exit_code) == (["mirror-url"], Exit.USAGE)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("信用/", "/%E4%BF%A1%E7%94%A8/"),
        ("%E4%BF%A1%E7%94%A8", "/%E4%BF%A1%E7%94%A8/"),
        ("a b/(c)!", "/a%20b/(c)!/"),
    ],
)
def test_folder_of_an_address_may_be_written_in_any_characters(to, path, asked):
    files = {f"{asked}{name}": data for name, data in small_release({"index.html": b"a"}).items()}
    with answering(lambda one: say(one, 200 if one.path in files else 404, files.get(one.path, b""))) as url:
        assert fetched(url + path, to).files == 1
        assert fetched(url + asked[1:], to).unchanged


def test_server_that_is_not_there_is_the_machines_fault_and_told_with_its_address(to):
    with answering(lambda handler: say(handler, 404)) as url:
        pass
    with pytest.raises(SiteBuilderError) as caught:
        fetched(url, to)
    assert caught.value.exit_code == Exit.MACHINE
    assert (caught.value.findings[0].code, caught.value.findings[0].place.file) == (
        "mirror-unreachable",
        f"{url}release.json",
    )


def small_release(files):
    """What a site of these files says of itself: path → bytes."""
    listed = "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())).encode()
    told = {"version": "2026.11.18", "as_of": "2026-11-20", "valid_through": None, "published": {}}
    release = json.dumps(told | {"files": hashlib.sha256(listed).hexdigest()}).encode()
    return {**files, "release.json": release, "release-files.txt": listed}


def test_no_more_is_taken_than_is_allowed_however_long_an_answer_is(to):
    files = small_release({"index.html": b"a" * 100, "large.bin": b"b"})
    sent = []

    def endless(handler):
        path = handler.path[1:]
        if path != "large.bin":
            say(handler, 200 if path in files else 404, files.get(path, b""))
            return
        handler.send_response(200)
        handler.end_headers()
        with contextlib.suppress(ConnectionError):
            while True:
                handler.wfile.write(b"x" * 65536)
                sent.append(65536)
        handler.close_connection = True

    with answering(endless) as url:
        found = refusal(fetched, url, to, most=1 << 20)
    assert (found.code, found.place.file) == ("mirror-size", f"{url}large.bin")
    assert sum(sent) < 1 << 25
    assert not (to / "current").exists()


def test_answer_that_ends_early_is_no_file_and_a_connection_that_was_closed_is_opened_again(to):
    files = small_release({"a.html": b"a" * 100, "b.html": b"b" * 100})
    cut = True

    def answer(handler):
        path = handler.path[1:]
        if path == "b.html" and cut:
            handler.send_response(200)
            handler.send_header("Content-Length", "100")
            handler.end_headers()
            handler.wfile.write(b"b" * 40)
        else:
            say(handler, 200 if path in files else 404, files.get(path, b""))
        handler.close_connection = True  # without a word of it: kept connections are met closed

    with answering(answer) as url:
        found = refusal(fetched, url, to)
        assert found.place.file == f"{url}b.html"
        cut = False
        assert fetched(url, to).files == 2
    assert held_of(to) == files


def test_compressed_forms_are_left_out_for_they_have_no_address(to):
    files = small_release({"a.html": b"a", "a.html.gz": b"z", "a.html.br": b"y", "only.gz": b"x"})
    with answering(lambda one: say(one, 200 if one.path[1:] in files else 404, files.get(one.path[1:], b""))) as url:
        done = fetched(url, to)
    assert (done.files, done.left_out) == (2, 2)
    assert held_of(to).keys() == {"a.html", "only.gz", "release.json", "release-files.txt"}


# The command


def command(ground, to, *options, today=small_sites.AS_OF):
    words = small_sites.command("mirror", ground.url, to, *options, today=today)
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.mark.needs_nginx
def test_command_tells_what_it_did_and_what_it_did_not_check(ground, to):
    done = command(ground, to, "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert told["mirrored"]["signed"] is False
    assert [one["code"] for one in told["findings"]] == ["mirror-unsigned"]
    (ground.folder / "site.pub").write_text(ground.key)
    again = command(ground, to, "--key", ground.folder / "site.pub")
    assert (again.returncode, again.stderr.count("mirror-unsigned")) == (0, 0)
    assert "没有变化" in again.stdout
    assert held_of(to) == small_sites.files_of(ground.root)


@pytest.mark.needs_nginx
def test_command_exits_1_past_the_day_the_site_is_valid_through_and_says_so_though_it_is_unreachable(ground, to):
    special = {"term_months": 36, "term_start": "listing", "term_basis": "《演示法》第九条", "term_level": "law"}
    ground.build([small_sites.entry("S-1", **special)])
    last = dt.date.fromisoformat(json.loads((ground.root / "release.json").read_bytes())["valid_through"])
    assert command(ground, to, "--key", ground.key, today=last).returncode == Exit.DONE
    late = command(ground, to, "--key", ground.key, today=last + DAY)
    assert late.returncode == Exit.FINDINGS
    assert "mirror-expired" in late.stderr
    shutil.copytree(to, to.with_name("other"), symlinks=True)
    with answering(lambda handler: say(handler, 404)) as url:
        pass
    (to.with_name("other") / "mirror.json").write_text(json.dumps({"url": url, "schema": 1}))
    words = small_sites.command("mirror", url, to.with_name("other"), "--json", today=last + DAY)
    gone = subprocess.run(words, capture_output=True, text=True, check=False)
    assert gone.returncode == Exit.MACHINE
    assert [one["code"] for one in json.loads(gone.stdout)["findings"]] == ["mirror-unreachable", "mirror-expired"]


@pytest.mark.needs_nginx
def test_match_takes_the_data_files_of_a_site_and_sends_no_name(ground, tmp_path, monkeypatch):
    monkeypatch.setattr("site_builder.cli.match.machine_day", lambda: ground.as_of)
    ground.build([small_sites.entry("S-1", subject_name="演示棒棰岛商行")])
    (tmp_path / "list.csv").write_text("名称,代码\n演示棒棰岛商行,\n演示无此行,91210202MADEMO0000\n")
    before = len(ground.server.told().splitlines())
    words = ["match", tmp_path / "list.csv", "--data", ground.url, "--key", ground.key, "--json"]
    commands.main([str(one) for one in words], standalone_mode=False)
    asked = [
        line.split('"')[1].split()[1] for line in ground.server.told().splitlines()[before:] if '"GET /sub/' in line
    ]
    kinds = json.loads((ground.root / "release.json").read_bytes())["published"]
    files = {"release.json", "release.json.sig", "release-files.txt", *(f"data/{kind}.jsonl" for kind in kinds)}
    assert {one.removeprefix("/sub/") for one in asked} == files
    assert (tmp_path / "list.csv.核对.xlsx").is_file()
