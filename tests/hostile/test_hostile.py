"""Every kind of export the contract refuses (section 2) lies in a folder of its own and is refused as it expects."""

import datetime as dt
import json
from pathlib import Path

from hostile_exports import build
import pytest

from site_builder.config.load import load_site
from site_builder.decide.examine import Options
from site_builder.errors import Finding, SiteBuilderError
from site_builder.progress import Silent
from site_builder.release.guards import Fates, Memory, encode_memory
from site_builder.release.live import LIVE, Live, encode_live
from site_builder.releasing.pipeline import Target
from site_builder.releasing.pipeline import build as build_site
from site_builder.releasing.remembered import digests_of
from site_builder.vocabulary import Kind

HERE = Path(__file__).parent
THEMES = HERE.parents[1] / "site_builder" / "themes"

FOLDERS = sorted(path.parent.name for path in HERE.glob("*/expect.json"))


SITE = """
site: {{name: 信用演示, city: dalian, base_url: "https://demo.example", theme: credit, demo: true}}
unit: {{owner: 演示单位}}
export: {{name: demo-export, path: export, trusted_keys: {keys}, ignore_columns: {ignored}, max_unpacked: {most}}}
"""


def run(folder: Path, scratch: Path) -> list[Finding]:
    """Every finding of a build of the export in one folder; a stopped build leaves the output as it was."""
    expect = json.loads((folder / "expect.json").read_text())
    site = expect.get("site", {})
    (scratch / "content" / "demo").mkdir(parents=True)
    site_file = scratch / "content" / "demo" / "site.yml"
    keys, ignored = (json.dumps(list(site.get(name, ()))) for name in ("trusted_keys", "ignore_columns"))
    site_file.write_text(SITE.format(keys=keys, ignored=ignored, most=site.get("max_unpacked", 2 << 30)))
    output = scratch / "output"
    if live := expect.get("live"):
        remember(output / "demo" / "state", live)
    before = snapshot(output)
    options = Options(export=build(folder, scratch), as_of=dt.date.fromisoformat(site.get("as_of", "2026-11-22")))
    target = Target(output=output, themes=THEMES)
    with pytest.raises(SiteBuilderError) as stopped:
        build_site(load_site(site_file), options, target, Silent())
    assert snapshot(output) == before
    return stopped.value.findings


def remember(state: Path, live: dict) -> None:
    """What a release with such an export would have left in ``state/``."""
    state.mkdir(parents=True)
    (state / "lock").touch()
    version_key = tuple(map(int, live["version"].split(".")))
    fates = Fates(
        version_key=version_key,
        export=live["digest"],
        published={Kind.SEVERE: frozenset(live.get("ids", ()))},
        withheld={},
    )
    files = encode_memory(fates, Memory(None, None))
    files[LIVE] = encode_live(
        Live(
            release="live",
            version=live["version"],
            version_key=version_key,
            export=live["digest"],
            as_of=dt.date.fromisoformat(live["as_of"]),
            inputs="",
            allowed=(),
            quarantine=False,
            counts={},
            next_change=None,
            beside=digests_of(files),
        )
    )
    for name, data in files.items():
        (state / name).write_bytes(data)


def snapshot(output: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in output.rglob("*")}


@pytest.mark.parametrize("name", FOLDERS)
def test_broken_export_is_refused_as_expected(name, tmp_path):
    expect = json.loads((HERE / name / "expect.json").read_text())
    findings = run(HERE / name, tmp_path)
    found = sorted((finding.code, str(finding.place)) for finding in findings)
    assert found == sorted((one["code"], one["place"]) for one in expect["findings"])
    text = "\n".join(map(str, findings))
    for mention in expect.get("mentions", ()):
        assert mention in text
    for secret in ("不公开", *expect.get("not_mentions", ())):
        assert secret not in text
