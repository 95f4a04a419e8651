"""The rules a lawyer has reviewed, and that a check says when others are in use."""

import json
from pathlib import Path
import shutil

import pytest
from webmasters_desk import Desk
import yaml

from site_builder.config.load import load_site
from site_builder.config.site import SHIPPED
from site_builder.errors import SiteBuilderError
from site_builder.law.review import digest_of

CODES = {"law-unreviewed", "law-changed-since-review"}


@pytest.fixture
def desk(tmp_path):
    found = Desk(tmp_path)
    found.export()
    return found


def write(desk, reviewed="", *, demo=True, own=False):
    described = yaml.safe_load(desk.site.read_text())
    described.pop("law", None)
    described["site"] |= {"demo": demo} | ({"city": "./law"} if own else {})
    desk.site.write_text(yaml.safe_dump(described, allow_unicode=True) + reviewed)


def reviewed(digest, by="演示律师", on="2026-11-01"):
    return f"law: {{reviewed: {{digest: {digest}, by: {by}, on: {on}}}}}\n"


def told(desk):
    done = desk.run("check", "--export", desk.folder / "export", "--json")
    return [one for one in json.loads(done.stdout or done.stderr)["findings"] if one["code"] in CODES]


def test_sample_that_nobody_reviewed_is_not_warned_of(desk):
    write(desk)
    assert told(desk) == []


def test_real_site_whose_rules_nobody_reviewed_is_warned_with_what_to_write(desk):
    write(desk, demo=False)
    [found] = told(desk)
    assert (found["code"], found["warning"]) == ("law-unreviewed", True)
    assert digest_of(SHIPPED["dalian"]) in found["hint"]
    shown = json.loads(desk.on("2026-11-20", "law", "show", "dalian", "--json").stdout)["laws"][0]["digest"]
    assert shown in found["hint"]
    write(desk, reviewed(shown))
    assert told(desk) == []


def test_rules_that_changed_since_the_review_are_told(desk):
    folder = Path(desk.site).parent / "law"
    shutil.copytree(SHIPPED["dalian"], folder)
    write(desk, reviewed(digest_of(folder)), own=True)
    assert told(desk) == []
    rules = folder / "rules.yml"
    rules.write_text(rules.read_text().replace("months: 60", "months: 48", 1))
    [found] = told(desk)
    assert (found["code"], found["warning"]) == ("law-changed-since-review", True)
    assert "演示律师" in found["message"]
    assert "2026-11-01" in found["message"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (reviewed("abc"), "bad-value"),
        (reviewed("0" * 64, on="去年"), "bad-value"),
        (f"law: {{reviewed: {{digest: {'0' * 64}, on: 2026-11-01}}}}\n", "missing-key"),
        ("law: {read: true}\n", "unknown-key"),
    ],
)
def test_what_is_wrong_in_the_record_is_told(desk, wrong, code):
    write(desk, wrong)
    with pytest.raises(SiteBuilderError) as stopped:
        load_site(desk.site)
    assert code in {one.code for one in stopped.value.findings}
