"""The metrics file of a build, as node_exporter's textfile collector reads it: what is live, how the build ended."""

import datetime as dt
import re
import stat

from copied_sites import copied
import pytest
import small_sites
from webmasters_desk import Desk, clean

from site_builder.release.live import Count, Live
from site_builder.reports.metrics import metrics
from site_builder.vocabulary import Kind

LINE = re.compile(r'(site_builder_[a-z_]+)\{((?:[a-z]+="(?:[^"\\\n]|\\[\\"n])*",?)+)\} (-?[0-9.]+)')


def read(text):
    """``{(metric, labels): value}``: every line a sample of the format, its metric explained before it, once."""
    explained, samples = set(), {}
    for line in text.splitlines():
        if line.startswith("#"):
            _, word, name, *rest = line.split(" ")
            assert (word, name) not in explained
            assert word == "HELP" or (word, rest) == ("TYPE", ["gauge"])
            explained.add((word, name))
            continue
        name, labels, value = LINE.fullmatch(line).groups()
        assert {("HELP", name), ("TYPE", name)} <= explained
        assert (name, labels) not in samples
        samples[name.removeprefix("site_builder_"), labels] = float(value)
    assert text.endswith("\n")
    return samples


def moment(day):
    return dt.datetime.fromisoformat(f"{day}T00:00:00+08:00").timestamp()


@copied
def desk(folder):
    made = Desk(folder)
    made.export(
        severe=[small_sites.entry("S-1", removed_on="2026-12-01"), small_sites.entry("S-2")],
        models=[small_sites.model()],
    )
    return made


def test_build_tells_what_is_live_and_that_it_was_done(desk, tmp_path):
    file = tmp_path / "credit.prom"
    done = clean(desk.run("build", "--metrics", str(file)))
    assert done.returncode == 0
    found = read(file.read_text())
    seconds = found.pop(("duration_seconds", 'site="dalian"'))
    assert seconds > 0
    assert found == {
        ("result", 'site="dalian"'): 0,
        ("as_of_timestamp_seconds", 'site="dalian"'): moment("2026-11-20"),
        ("next_change_timestamp_seconds", 'site="dalian"'): moment("2026-12-01"),
        ("published_records", 'site="dalian",kind="severe-list"'): 2,
        ("published_records", 'site="dalian",kind="measures"'): 0,
        ("published_records", 'site="dalian",kind="role-models"'): 1,
    }
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert [one.name for one in tmp_path.glob("*.prom*")] == ["credit.prom"]


def test_build_that_is_stopped_tells_its_exit_code_beside_what_is_still_live(desk, tmp_path):
    file = tmp_path / "credit.prom"
    assert desk.run("build").returncode == 0
    for day, options, code in (("2026-11-20", ("--export", tmp_path / "none"), 2), ("2026-11-10", (), 1)):
        done = clean(desk.run("build", "--metrics", str(file), *map(str, options), day=day))
        assert done.returncode == code
        found = read(file.read_text())
        assert found["result", 'site="dalian"'] == code
        assert found["as_of_timestamp_seconds", 'site="dalian"'] == moment("2026-11-20")


def test_site_file_that_cannot_be_read_is_told_too(desk, tmp_path):
    file = tmp_path / "credit.prom"
    desk.site.write_text("site: [")
    assert clean(desk.run("build", "--metrics", str(file))).returncode == 2
    found = read(file.read_text())
    assert found.pop(("result", 'site="dalian"')) == 2
    assert {name for name, _ in found} == {"duration_seconds"}


def test_metrics_are_not_written_among_what_is_published(desk):
    assert desk.run("build").returncode == 0
    root = small_sites.live_root(desk.output)
    done = clean(desk.run("build", "--metrics", str(root / "credit.prom"), today="2026-11-21", day="2026-11-21"))
    assert done.returncode == 2
    assert "inside-release" in done.stderr
    assert small_sites.live_root(desk.output) == root
    assert not (root / "credit.prom").exists()


def test_metrics_that_cannot_be_written_stop_no_build(desk, tmp_path):
    done = clean(desk.run("build", "--metrics", str(tmp_path / "none" / "credit.prom")))
    assert done.returncode == 0
    assert "metrics-not-written" in done.stderr
    assert small_sites.live_root(desk.output).is_dir()


@pytest.mark.parametrize("name", ["大连", 'a"b', "a\\b", "a\nb", "a\\nb"])
def test_every_name_of_a_site_is_a_label(name):
    live = Live(
        release="r", version="2026.11.18", version_key=(2026, 11, 18), export="", as_of=dt.date(2026, 11, 20),
        inputs="", allowed=(), quarantine=False, counts={Kind.SEVERE: Count(1, 1, {}, 0)}, next_change=None,
    )  # fmt: skip
    found = read("".join(metrics(name, live, 70, 1.25)))
    (label,) = {labels for metric, labels in found if metric == "result"}
    plain = re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "n" else sign[1], label)
    assert plain == f'site="{name}"'
    assert found["result", label] == 70
    assert not [metric for metric, _ in found if metric.startswith("next_change")]
