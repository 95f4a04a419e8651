"""Builds killed at any moment while a reader crawls through real nginx: never a mixed page, and the next build works.

How many, ``sizes.KILLS`` says.
"""

from concurrent.futures import ThreadPoolExecutor
import hashlib
import http.client
import json
import os
import threading

from killed_builds import Ground, Warm
import pytest
from real_nginx import nginx, open_folder
from sizes import KILLS

pytestmark = pytest.mark.needs_nginx

MANY = 300
LANES = 2
NEAR_THE_SWITCH = 60
PAGES = 5
PAUSE = 0.05
"""Seconds between two views: the builds are to have the processor."""
DEAD = {-9, -14}


def chance(*what):
    """A number from 0 to 1, always the same for the same words."""
    return int(hashlib.sha256(repr(what).encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


class Reader:
    """Crawls the served site until told to stop; a view is a few pages between two looks at ``release.json``."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.stop = threading.Event()
        self.views = self.switched = 0
        self.versions = set()

    def get(self, path):
        self.connection.request("GET", f"/{path}")
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def crawl(self):
        os.nice(10)
        self.view()
        while not self.stop.wait(PAUSE):
            self.view()
        self.connection.close()

    def release(self):
        """(release.json, path → digest), both of one release."""
        while True:
            before, listed, after = (self.get(path) for path in ("release.json", "release-files.txt", "release.json"))
            assert {before[0], listed[0], after[0]} == {200}
            if before == after:
                told = json.loads(before[1])
                assert hashlib.sha256(listed[1]).hexdigest() == told["files"]
                return told, dict(reversed(line.split("  ", 1)) for line in listed[1].decode().splitlines())

    def view(self):
        told, listed = self.release()
        paths = sorted(listed)
        seen = []
        for number in range(PAGES):
            path = paths[int(chance(self.views, number) * (len(paths) - 1))]
            status, body = self.get(path)
            seen.append((path, hashlib.sha256(body).hexdigest() if status == 200 else None))
        now, others = self.release()
        if now == told:
            assert all(listed[path] == digest for path, digest in seen)
        else:
            self.switched += 1
            if not others.keys() - listed.keys():
                turned = False
                for path, digest in seen:
                    assert digest in {listed[path], others.get(path)}
                    turned = turned or digest != listed[path]
                    assert digest == others.get(path) or not turned
        self.versions |= {told["version"]}
        self.views += 1


def lane(number, kills):
    """Kill so many builds of one site; what the reader saw."""
    with open_folder() as folder:
        warm = Warm()
        ground = Ground(folder, warm)
        life = max(ground.build(jobs=jobs)["seconds"] for jobs in (1, 2))
        with nginx(folder, ground.site, ground.output) as server, ThreadPoolExecutor(1) as pool:
            reader = Reader(server.port)
            crawling = pool.submit(reader.crawl)
            try:
                killed = attempts = 0
                while killed < kills and not crawling.done():
                    attempts += 1
                    killed += attempt(ground, number, attempts, life)
                assert ground.build()["code"] == 0
                ground.assert_clean()
            finally:
                reader.stop.set()
                crawling.result()
                warm.close()
        return killed, reader


def attempt(ground, number, attempts, life):
    """One build, most of them killed; whether it was."""
    before, jobs = ground.version(), 1 + (attempts % 4 == 0)
    if attempts % 5 == 0:
        assert ground.build(jobs=jobs)["code"] == 0
        assert ground.version() == ground.latest()
        ground.assert_clean()
        return False
    near = chance(number, attempts, "where") < 1 / 3
    when = chance(number, attempts, "when")
    answer = ground.build(
        ["switch", int(when * NEAR_THE_SWITCH)] if near else ["timer", 0.001 + when * life], jobs=jobs
    )
    now = ground.version()
    assert now in {before, ground.latest()}
    if answer["code"] in DEAD:
        return True
    assert (answer["code"], now) == (0, ground.latest()), answer["said"]
    return False


def test_killed_builds_never_show_a_mixed_page_and_the_next_one_works():
    with ThreadPoolExecutor(LANES) as pool:
        done = list(pool.map(lane, range(LANES), [KILLS // LANES] * LANES))
    assert sum(killed for killed, _ in done) == KILLS // LANES * LANES
    for _, reader in done:
        assert reader.views > KILLS // 30
        assert len(reader.versions) > (2 if KILLS >= MANY else 1)
        assert reader.switched or KILLS < MANY  # few builds may all have switched between two views
