"""A build that says each step it comes to and goes on when it is answered.

``told_build.py SITE EXPORT OUTPUT SCHEDULER``
"""

from pathlib import Path
import sys

import small_sites

from site_builder.cluster.engine import Cluster
from site_builder.errors import SiteBuilderError
from site_builder.findings import GUARDS
from site_builder.progress import Silent


class Told(Silent):
    def step(self, name, total=None):  # noqa: ARG002  # as a listener is told
        print(name, flush=True)  # noqa: T201  # to who started it
        sys.stdin.readline()


def main():
    site, export, output = map(Path, sys.argv[1:4])
    try:
        with Cluster(sys.argv[4]) as engine:
            small_sites.build_site(site, export, output, engine=engine, allow=GUARDS, listener=Told())
    except SiteBuilderError as error:
        print(error, flush=True)  # noqa: T201  # as above


if __name__ == "__main__":
    main()
