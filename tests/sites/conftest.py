"""Sites that are built once and read by many tests."""

import datetime as dt
import json
import os
from pathlib import Path

import full_exports
import pytest
import read_pages
import small_sites

CITIES = ("dalian", "lingyuan")


class Built:
    """A built site: where it lies, its files, its pages, and what went in."""

    def __init__(self, root, city, base_path="/"):
        self.root = root
        self.city = city
        self.base_path = base_path
        self.files = small_sites.files_of(root)
        self.pages = read_pages.pages_of(self.files)

    def rows(self, kind):
        return small_sites.rows_of(self.root, kind)


@pytest.fixture(scope="session", params=[(city, path) for city in CITIES for path in ("/", "/sub/dir/")], ids=str)
def shown(request, tmp_path_factory):
    """A small site of each city that shows everything, at the root of its host and below a path."""
    city, base_path = request.param
    folder = tmp_path_factory.mktemp("showcase")
    site = small_sites.write_site(
        folder / "content",
        city,
        site__base_path=base_path,
        marks__icp="演示备案号",
        publish__licence="演示许可",
        publish__responsible_persons="show",
    )
    export = small_sites.write_export(folder / "export", pictures=full_exports.pictures(), **full_exports.lists())
    small_sites.build_site(site, export, folder / "out")
    return Built(small_sites.live_root(folder / "out", city), city, base_path)


@pytest.fixture(scope="session", params=CITIES)
def case(request, tmp_path_factory):
    """A shared case, built."""
    folder = Path(os.environ["SITE_BUILDER_CASES"]) / request.param
    expected = json.loads((folder / "expected.json").read_text())
    scratch = tmp_path_factory.mktemp("case")
    descriptor = json.loads((folder / "export" / "datapackage.json").read_text())
    site = small_sites.write_site(scratch / "content", expected["city"], export__name=descriptor["name"])
    report = small_sites.build_site(
        site, folder / "export", scratch / "out", as_of=dt.date.fromisoformat(expected["as_of"])
    )
    built = Built(small_sites.live_root(scratch / "out", expected["city"]), expected["city"])
    built.site, built.export, built.expected, built.report = site, folder / "export", expected, report
    return built
