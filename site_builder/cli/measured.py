"""The metrics file a build leaves behind, however it ends: ``build --metrics``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
import time

from site_builder.cli.private import outside_releases, write_private
from site_builder.cli.saying import say_findings
from site_builder.errors import Finding, Place, SiteBuilderError
from site_builder.release.live import live_told
from site_builder.reports.metrics import metrics


def measuring(path: Path, site_file: Path, output: Path) -> Callable[[int], None]:
    """What writes the metrics of a build that begins now, once its exit code is known.

    Raises (exit 2) for a path inside a release. What cannot be written is only warned of: the site comes first.
    """
    outside_releases(path, output)
    start = time.monotonic()
    site_id = site_file.absolute().parent.name

    def write(code: int) -> None:
        told = metrics(site_id, live_told(output / site_id / "state"), code, time.monotonic() - start)
        try:
            write_private(path, told, output, mode=0o644)
        except (OSError, SiteBuilderError) as error:
            hint = "它所在的文件夹要在，并且运行构建的用户可以写"
            why = error.findings[0].message if isinstance(error, SiteBuilderError) else error.strerror or error
            message = f"指标没有写成：{why}"
            say_findings([Finding("metrics-not-written", Place(str(path)), message, hint, warning=True)])

    return write
