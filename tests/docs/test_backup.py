"""The page about backups, followed: kept every day, another machine, a backup older than the site, other programs."""

import json
import shutil

from followed_docs import follow
import pytest
import small_sites

pytestmark = [pytest.mark.needs_rsync, pytest.mark.needs_curl]

DAILY = "每天一次，发布和撤下之后再一次"
MACHINE = "换一台构建机"
OLDER = "恢复的备份比线上旧"
UPGRADE = "换程序的新版本"
DOWNGRADE = "退回旧的程序"


class Office:
    """A machine's folders as the page has them, in a folder of the test; a site that is live; a timer that is told."""

    def __init__(self, desk):
        self.desk = desk
        self.srv, self.backup, self.web = (desk.home / name for name in ("srv", "backup", "web"))
        desk.folder = desk.home
        desk.program("systemctl", f'echo "$1" >> {desk.home}/timer')
        self.paths = {
            "/srv/credit": self.srv,
            "/backup": self.backup,
            "https://credit.example.cn": f"file://{self.web}",
        }
        self.site = small_sites.write_site(
            self.srv / "content", search__fulltext_limit=0, export__path="../../exports/1"
        )
        self.publish("1", [small_sites.entry(f"S-{number}") for number in range(30)])

    def publish(self, name, rows):
        folder = self.srv / "exports" / name
        created = "2025-01-01T10:00:00+08:00"
        small_sites.write_export(folder, severe=rows, version=f"2025.01.01.{name}", created=created)
        text = self.site.read_text()
        self.site.write_text(text.replace("exports/1", f"exports/{name}"))
        self.build()

    def build(self):
        return self.desk.run(f"site-builder build --site {self.site} --output {self.srv}/output")

    def follow(self, part):
        follow("backup.md", self.desk, self.paths, part)

    @property
    def place(self):
        return self.srv / "output" / "dalian"

    @property
    def release(self):
        return json.loads((self.place / "current" / "release.json").read_text())

    @property
    def ids(self):
        return set(small_sites.ids_of(small_sites.live_root(self.srv / "output"), "severe-list"))

    def timer(self):
        told = self.desk.home / "timer"
        return told.read_text().split() if told.exists() else []


@pytest.fixture
def office(desk):
    there = Office(desk)
    yield there
    desk.folder = desk.home
    for folder in (there.srv, there.backup, there.web):
        shutil.rmtree(folder, ignore_errors=True)
    (desk.home / "timer").unlink(missing_ok=True)


def test_backup_is_whole_private_and_of_one_moment(office):
    office.follow(DAILY)
    latest = (office.backup / "credit" / "latest").resolve()
    assert small_sites.all_of(latest / "output") == small_sites.all_of(office.srv / "output")
    assert small_sites.files_of(latest / "content") == small_sites.files_of(office.srv / "content")
    assert (office.backup / "credit").stat().st_mode & 0o777 == 0o700
    assert (latest / "output" / "dalian" / "state").stat().st_mode & 0o777 == 0o700
    assert (latest / "output" / "dalian" / "current").is_symlink()
    office.follow(DAILY)
    page = "output/dalian/current/severe/S-7.html"
    assert (latest / page).stat().st_nlink >= 1
    yesterday = latest.rename(latest.with_name("2026-01-01"))
    (office.backup / "credit" / "latest").unlink()
    (office.backup / "credit" / "latest").symlink_to(yesterday.name)
    office.follow(DAILY)
    today = (office.backup / "credit" / "latest").resolve()
    assert today != yesterday
    assert (today / page).stat().st_ino == (yesterday / page).stat().st_ino, "what did not change takes no room"


def test_backup_waits_for_a_build_and_a_build_for_a_backup(office):
    """Both take the site's lock: a copy is never of two moments."""
    lock = office.place / "state" / "lock"
    done = office.desk.run(
        f"flock {lock} site-builder build --site {office.site} --output {office.srv}/output --full", expected=3
    )
    assert "locked" in done


def test_another_machine_goes_on_where_the_old_one_stopped(office):
    office.follow(DAILY)
    before = small_sites.files_of(office.place / "current")
    memory = (office.place / "state" / "live-fates.msgpack").read_bytes()
    shutil.rmtree(office.srv)
    office.follow(MACHINE)
    assert office.timer() == ["disable"]
    assert small_sites.files_of(office.place / "current") == before
    assert (office.place / "state" / "live-fates.msgpack").read_bytes() == memory
    told = office.desk.run(
        f"site-builder withhold S-3 --site {office.site} --output {office.srv}/output --by 演示 --why 演示"
    )
    assert "没有它的内容" in told
    assert "S-3" not in office.ids
    office.desk.run("true")
    rows = [small_sites.entry(f"S-{number}") for number in range(1, 30)]
    with pytest.raises(AssertionError, match="vanished"):
        office.publish("2", rows)


def test_backup_older_than_the_site_is_made_good_before_it_is_sent(office):
    office.follow(DAILY)
    office.desk.run(f"site-builder withhold S-7 --site {office.site} --output {office.srv}/output --by 演示 --why 演示")
    shutil.copytree(office.place / "current", office.web)
    served = small_sites.files_of(office.web)
    shutil.rmtree(office.srv)
    office.follow(MACHINE)
    assert "S-7" in office.ids, "the backup knows nothing of the order"
    office.follow(OLDER)
    assert "S-7" not in office.ids
    assert small_sites.files_of(office.place / "current") == served


@pytest.fixture
def programs(desk, tmp_path):
    """What installs a version of the program: a copy of it whose pages, and so what they are made with, differ."""

    def install(name, words):
        there = tmp_path / name
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(small_sites.PROGRAM / "site_builder", there / "site_builder", ignore=ignore)
        page = there / "site_builder" / "themes" / "credit" / "templates" / "layout.html"
        assert "</body>" in page.read_text()
        page.write_text(page.read_text().replace("</body>", f"<!-- {words} --></body>"))
        desk.program("site-builder", f'PYTHONPATH={there} exec {desk.home}/bin/python -m site_builder "$@"')

    yield install
    desk.program("site-builder", f'exec {desk.home}/bin/python -m site_builder "$@"')


def test_newer_version_of_the_program_takes_over_and_may_be_left_again(office, programs):
    programs("old", "演示旧程序")
    office.build()
    rows = small_sites.rows_of(small_sites.live_root(office.srv / "output"), "severe-list")
    assert "演示旧程序" in (office.place / "current" / "index.html").read_text()
    office.follow(DAILY)
    programs("new", "演示新程序")
    office.follow(UPGRADE)
    assert office.timer() == ["stop", "start"]
    assert "演示新程序" in (office.place / "current" / "index.html").read_text()
    assert small_sites.rows_of(small_sites.live_root(office.srv / "output"), "severe-list") == rows
    assert len(list((office.place / "releases").iterdir())) == 1
    office.desk.run(f"site-builder withhold S-9 --site {office.site} --output {office.srv}/output --by 演示 --why 演示")
    programs("old-again", "演示旧程序")
    office.follow(DOWNGRADE)
    assert "演示旧程序" in (office.place / "current" / "index.html").read_text()
    assert office.ids == {row["id"] for row in rows} - {"S-9"}
