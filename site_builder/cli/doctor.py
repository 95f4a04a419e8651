"""``site-builder doctor``: what this machine has and lacks for building, serving and testing."""

from __future__ import annotations

from pathlib import Path
import platform
from typing import Final

import click
import msgspec

import site_builder
from site_builder import machine
from site_builder.cli.saying import json_option, say_json
from site_builder.errors import Exit
from site_builder.machine import NEEDS, Need, Task

LABELS: Final = {Task.BUILD: "构建", Task.SERVE: "供应", Task.TEST: "测试"}


class State(msgspec.Struct, frozen=True):
    """One need: whether it is there, and Debian's packages that bring it where it is not; ``helps`` as in ``Need``."""

    name: str
    what: str
    tasks: tuple[Task, ...]
    helps: tuple[Task, ...]
    there: bool
    packages: tuple[str, ...]


class DoctorAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What ``doctor --json`` prints. ``obstacles``: what keeps a site from being built; ``install``: one shell line."""

    version: str
    python: str
    system: str
    program: str
    ready: dict[Task, bool]
    obstacles: dict[str, str]
    needs: tuple[State, ...]
    install: str


@click.command("doctor", short_help="这台机器能不能构建、供应、测试，缺什么。")
@json_option
def doctor_command(*, as_json: bool) -> None:
    """说出这台机器有什么、缺什么：构建、供应网站、运行测试各要哪些程序，装上它们的一行命令。

    能构建时退出码为 0，不能则为 1；供应和测试缺的只是说明。不改动系统。
    """
    examined = examine()
    if as_json:
        say_json(examined)
    else:
        _say(examined)
    click.get_current_context().exit(Exit.DONE if examined.ready[Task.BUILD] else Exit.FINDINGS)


def examine() -> DoctorAnswer:
    """Look at the machine."""
    obstacles = machine.for_building()
    needs = tuple(_state(need) for need in NEEDS)
    ready = {task: not obstacles and all(one.there for one in needs if task in one.tasks) for task in Task}
    return DoctorAnswer(
        version=site_builder.__version__,
        python=platform.python_version(),
        system=platform.platform(),
        program=str(Path(site_builder.__file__).parent),
        ready=ready,
        obstacles=obstacles,
        needs=needs,
        install=machine.install_line(machine.lacking(NEEDS), machine.missing_libraries()),
    )


def _state(need: Need) -> State:
    packages = need.lacking()
    return State(need.name, need.what, need.tasks, need.helps, not packages, packages)


def _say(examined: DoctorAnswer) -> None:
    click.echo(f"site-builder {examined.version}，Python {examined.python}，{examined.system}")
    click.echo(f"程序和主题：{examined.program}")
    for task, label in LABELS.items():
        click.echo(f"{label}：{'可以' if examined.ready[task] else '缺东西'}")
        if task is Task.BUILD:
            for told in examined.obstacles.values():
                click.echo(f"    缺  {told}")
        for one in examined.needs:
            if task in (*one.tasks, *one.helps):
                mark = "有" if one.there else "缺" if task in one.tasks else "无"
                click.echo(f"    {mark}  {one.name}：{one.what}")
    if examined.install:
        click.echo(f"装上缺的（Debian）：{examined.install}")
