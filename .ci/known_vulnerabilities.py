"""Hold the locked packages against the database of known vulnerabilities; exit 1 where one is not explained.

Never red because the network is away: what cannot be asked is said and passes.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
import subprocess
import sys
import tomllib

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-clients.lock", "requirements-tools.lock")
EXCEPTIONS = ROOT / ".ci" / "vulnerabilities.toml"
LONGEST = 300
"""Seconds after which the database counts as out of reach."""


def ask() -> list[dict[str, object]] | None:
    """Every locked package with its vulnerabilities, or why it could not be asked; None where nothing could be."""
    locks = [option for lock in LOCKS for option in ("-r", str(ROOT / lock))]
    command = [sys.executable, "-m", "pip_audit", *locks, "--disable-pip", "--require-hashes"]
    command += ["--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
        packages: list[dict[str, object]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return None
    return packages


def judge(packages: list[dict[str, object]], accepted: list[dict[str, object]], today: dt.date) -> list[str]:
    """What stops: vulnerabilities without an exception, exceptions past their day, exceptions nothing was found for."""
    wrong: list[str] = []
    used: set[int] = set()
    for package in packages:
        for one in package.get("vulns", ()):  # type: ignore[attr-defined]
            names = {one["id"], *one.get("aliases", ())}
            excuse = next(
                (n for n, it in enumerate(accepted) if it["package"] == package["name"] and it["id"] in names), -1
            )
            used.add(excuse)
            if excuse < 0:
                fixed = "、".join(one.get("fix_versions", ())) or "none yet"
                wrong.append(f"{package['name']} {package['version']}: {one['id']}; fixed in: {fixed}")
    for number, excuse in enumerate(accepted):
        if not str(excuse.get("why", "")).strip():
            wrong.append(f"{excuse['id']}: the exception gives no reason")
        if excuse["until"] < today:  # type: ignore[operator]
            wrong.append(f"{excuse['id']}: the exception ended on {excuse['until']}")
        if number not in used and not any(one.get("skip_reason") for one in packages):
            wrong.append(f"{excuse['id']}: nothing is found for this exception any more; take it out")
    return wrong


def main() -> int:
    """Ask, judge, tell."""
    packages = ask()
    if packages is None or all(one.get("skip_reason") for one in packages):
        print("known vulnerabilities: the database could not be reached; not checked")
        return 0
    accepted = tomllib.loads(EXCEPTIONS.read_text("utf-8")).get("accepted", [])
    wrong = judge(packages, accepted, dt.datetime.now(dt.UTC).date())
    skipped = sum(bool(one.get("skip_reason")) for one in packages)
    asked = f"{len(packages) - skipped} packages checked, {skipped} could not be"
    print(f"known vulnerabilities: {asked}, {len(wrong)} faults")
    print("".join(f"  {line}\n" for line in wrong), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
