"""``site-builder serve``: a preview of what is live, on the own machine alone."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cli.options import json_option, output_option, site_option
from site_builder.cli.terminal import say_json
from site_builder.config.load import load_site
from site_builder.errors import Exit, refuse
from site_builder.serve.preview import preview


@click.command("serve", short_help="在本机预览线上版本。")
@site_option
@output_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口；0 为任选。")
@json_option
def serve_command(site_file: Path, output: Path, port: int, *, as_json: bool) -> None:
    """在 127.0.0.1 上预览，Ctrl-C 结束。"""
    site = load_site(site_file)
    root = output / site.id / "current"
    if not root.is_dir():
        raise refuse("no-release", "还没有上线的版本", hint="先运行 build", exit_code=Exit.USAGE)
    with preview(root, site.site.base_path, port) as server:
        host, actual = server.server_address[:2]
        address = f"http://{host!s}:{actual}{site.site.base_path}"
        if as_json:
            say_json({"url": address})
        else:
            click.echo(f"预览：{address}（Ctrl-C 结束）")
        server.serve_forever()
