"""``site-builder serve``: the site on the own machine, made anew and reloaded as its files change."""

from __future__ import annotations

from contextlib import suppress
import datetime as dt
from pathlib import Path
import tempfile
import threading
from typing import Final

import click

from site_builder.cli.options import (
    Params,
    day_option,
    export_option,
    json_option,
    no_release,
    options_of,
    output_of,
    output_option,
    quarantine_option,
    site_option,
    themes_of,
)
from site_builder.cli.saying import say_findings, say_json
from site_builder.config.load import load_site
from site_builder.config.site import Site
from site_builder.errors import SiteBuilderError
from site_builder.hosting.headers import policies_of
from site_builder.releasing.preview import Preview, watched_files
from site_builder.serve.live import LiveServer, Stage
from site_builder.serve.preview import preview

LOOK: Final = 0.2
"""Seconds between two looks at the files."""


@click.command("serve", short_help="在本机预览网站，改了就刷新。")
@site_option
@export_option
@day_option
@quarantine_option
@output_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口；0 为任选。")
@click.option("--release", is_flag=True, help="预览线上版本本身，不重新生成。")
@json_option
def serve_command(
    site_file: Path,
    export: Path | None,
    as_of: dt.date | None,
    output: Path,
    port: int,
    *,
    quarantine: bool,
    release: bool,
    as_json: bool,
) -> None:
    """在 127.0.0.1 上预览网站，Ctrl-C 结束。响应头、子目录和 404 页面与正式运行时相同。

    页面、主题、法规、配置或导出一改，就重新生成并刷新浏览器；发现的问题和提醒显示在页面右下角。
    预览写在临时文件夹里，不影响线上版本，也不经过上线前的审核。--release 则原样预览线上版本。
    """
    site = load_site(site_file, members=True)
    params = Params(export=export, as_of=as_of, jobs=1, quarantine=quarantine, allow=())
    with suppress(KeyboardInterrupt):  # how a preview ends
        if release:
            _serve_release(site, output, port, as_json=as_json)
        else:
            options_of(site, params)
            _serve_live(site, site_file, params, port, as_json=as_json)


def _serve_live(site: Site, site_file: Path, params: Params, port: int, *, as_json: bool) -> None:
    stage = Stage()
    with (
        tempfile.TemporaryDirectory(prefix="site-preview-") as scratch,
        LiveServer(stage, site.site.base_path, port) as server,
    ):
        maker = _Maker(site_file, params, Preview(Path(scratch)), stage)
        maker.look()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            _say(server.server_address[1], site.site.base_path, as_json=as_json)
            while True:
                threading.Event().wait(LOOK)
                maker.look()
        finally:
            stage.close()
            server.shutdown()


class _Maker:
    """Makes the site anew when a file it depends on is another."""

    def __init__(self, site_file: Path, params: Params, made: Preview, stage: Stage) -> None:
        self._site_file = site_file
        self._params = params
        self._preview = made
        self._stage = stage
        self._site = load_site(site_file, members=True)
        self._seen: dict[str, tuple[int, int]] | None = None
        self._failed = False

    def look(self) -> None:
        """Look at the files once, and make the site where something changed."""
        themes = themes_of(self._site)
        folders = sorted(one for one in themes.iterdir() if one.is_dir())
        export = self._params["export"] or self._site.export.path
        seen = watched_files(self._site, export, folders)
        if seen == self._seen:
            return
        before, self._seen = self._seen, seen
        changed = {path for path, _ in seen.items() ^ before.items()} if before is not None else None
        try:
            self._site = load_site(self._site_file, members=True)
            options = options_of(self._site, self._params)
            made = self._preview.make(self._site, options, themes_of(self._site), None if self._failed else changed)
        except SiteBuilderError as error:
            say_findings(error.findings)
            self._stage.show(None, error.findings, stopped=True)
            self._failed = True
        else:
            self._failed = False
            policies = policies_of(self._site)
            self._stage.show(made.root, list(made.warnings), stopped=False, policies=policies)


def _serve_release(site: Site, output: Path, port: int, *, as_json: bool) -> None:
    output = output_of(site, output)
    root = output / site.id / "current"
    if not root.is_dir():
        raise no_release(output / site.id)
    with preview(root, site.site.base_path, port, policies_of(site)) as server:
        _say(server.server_address[1], site.site.base_path, as_json=as_json)
        server.serve_forever()


def _say(port: int, base_path: str, *, as_json: bool) -> None:
    address = f"http://127.0.0.1:{port}{base_path}"
    if as_json:
        say_json({"url": address})
    else:
        click.echo(f"预览：{address}（Ctrl-C 结束）")
