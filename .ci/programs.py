"""Install Debian's packages that the tests run on and this machine lacks, where it may.

It may as root, or where ``sudo`` asks for nothing. Whatever happens, this exits 0: the tests tell at their end what did
not run for want of what.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from site_builder.machine import NEEDS, install_line, lacking


def main() -> int:
    """Look, install, and tell what could not be."""
    packages = lacking(NEEDS)
    if not packages:
        return 0
    become = leave()
    if become is not None:
        print(f"装上测试要用的程序：{' '.join(packages)}", flush=True)
        install(become, packages)
        packages = lacking(NEEDS)
    if packages:
        print(f"没有装上，用到它们的检查不会运行：{install_line(packages)}", flush=True)
    return 0


def leave() -> list[str] | None:
    """What goes before a command that changes the system; None where we may not, or where there is no apt."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None or subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode != 0:
        return None
    return [sudo, "-n"]


def install(become: list[str], packages: tuple[str, ...]) -> None:
    """All at once; where that fails, each on its own: one that is not to be had keeps none of the others off."""
    if not apt(become, "update") or apt(become, "install", *packages):
        return
    for package in packages:
        apt(become, "install", package)


def apt(become: list[str], verb: str, *packages: str) -> bool:
    """Run apt-get without questions; what it says of a failure is told."""
    command = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", verb]
    command += ["--yes", "--no-install-recommends", *packages] if packages else []
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"{' '.join(command)}：{done.stderr.strip()}", file=sys.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
