"""The sample sites, each built once for all processes of a run of the tests: to be read, and copied to be changed."""

import fcntl
import os
from pathlib import Path
import shutil

import small_sites

PROGRAM = small_sites.PROGRAM
SHARED = "SITE_BUILDER_TESTS"
"""Names the folder that all processes of a run have in common; it goes when the run ends."""


def sample_site(city, base="/"):
    """(site file, web root) of a city's sample site that is served at ``base``, in its folder of all processes."""
    folder = Path(os.environ[SHARED]) / f"{city}{base.replace('/', '-')}"
    root = folder / "out" / city / "current"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            build_sample(city, folder, base)
    return folder / "content" / city / "site.yml", root


def sample_root(city):
    """The web root of a city's sample site."""
    return sample_site(city)[1]


def build_sample(city, folder, base="/"):
    """Copy the site into ``folder`` and build it there, as of ``small_sites.AS_OF``; its web root."""
    home = folder / "content" / city
    shutil.copytree(PROGRAM / "content" / city, home, dirs_exist_ok=True)
    site_file = home / "site.yml"
    site_file.write_text(site_file.read_text().replace("base_path: /\n", f"base_path: {base}\n"))
    small_sites.build_site(site_file, PROGRAM / "data" / city / "export", folder / "out", jobs=2)
    return folder / "out" / city / "current"
