"""The engine a command is asked for: the processors of this machine, or a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypedDict, TypeVar

import click

from site_builder.cluster.engine import Cluster
from site_builder.errors import Exit, refuse
from site_builder.workers import Engine, Local

F = TypeVar("F", bound=Callable[..., Any])

ENGINES: Final = ("local", "dask")

_OPTIONS: Final = (
    click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default="local",
        show_default=True,
        help="谁来做：本机的进程（local），或者 Dask 集群（dask；不写 --scheduler 就在本机起一个）。",
    ),
    click.option("--scheduler", default="", help="集群调度器的地址，形如 tls://10.0.0.5:8786。"),
    click.option("--no-tls", is_flag=True, help="别的机器上的调度器可以不加密；只在封闭的网络里用。"),
)


class EngineParams(TypedDict):
    """What ``engine_options`` hands a command."""

    engine: str
    scheduler: str
    no_tls: bool


def engine_options(command: F) -> F:
    """The options that tell which engine does the work."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@contextmanager
def engine_of(params: EngineParams, jobs: int) -> Iterator[Engine]:
    """The engine asked for, of ``jobs`` processes where it is of this machine; it ends with the command."""
    if params["engine"] == "local":
        if params["scheduler"] or params["no_tls"]:
            message, hint = "--scheduler 和 --no-tls 是集群的选项", "加上 --engine dask"
            raise refuse("usage", message, hint=hint, exit_code=Exit.USAGE)
        yield Local(jobs)
        return
    with Cluster(params["scheduler"], jobs, plain=params["no_tls"]) as cluster:
        yield cluster
