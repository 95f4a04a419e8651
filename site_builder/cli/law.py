"""``site-builder law …``: what is asked of a city's law, whose folder holds it as data."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click
import msgspec

from site_builder.cli.lazy import LazyGroup
from site_builder.config.site import SHIPPED
from site_builder.errors import Exit, Place, refuse

COMMANDS: Final = {
    "copy": ("拷一份程序带的法规，改成自己的。", "Copy a law that comes with the program, to make it one's own.", ""),
    "import": ("把改好的工作簿写回法规文件夹。", "Put a workbook of law sheet back into a law's folder.", ""),
    "sheet": ("把一部法规写成 Excel 工作簿。", "Write a law as a workbook.", ""),
    "show": ("每条规则一句话，连同条文；写成 Word 供审查。", "Every rule as a sentence, with its articles.", "dalian"),
    "test": ("用手工推算的案例检验规则。", "Run the cases worked by hand.", "dalian"),
}
"""Every command under ``law``: ``cli/law_<name>.py`` holds ``law_<name>_command``."""


@click.group("law", cls=LazyGroup, commands_of=COMMANDS, under="law")
def law_command() -> None:
    """法规的数据：一座城市一个文件夹，里面写明怎样裁决（rules.yml）和手工推算的案例（examples.yml）。"""


class LawFolder(msgspec.Struct, frozen=True):
    """A law that was asked for: as it was named, and its folder."""

    name: str
    folder: Path


def law_folders(names: tuple[str, ...]) -> list[LawFolder]:
    """The folders of shipped cities by their names, and other folders by their paths; every shipped one where none is.

    Raises ``missing-folder``, exit code 2.
    """
    found = []
    for name in names or tuple(SHIPPED):
        folder = SHIPPED.get(name, Path(name))
        if not folder.is_dir():
            hint = f"写随程序带的城市（{'、'.join(SHIPPED)}），或者放着 city.yml、rules.yml 的文件夹"
            raise refuse("missing-folder", "没有这个文件夹", hint=hint, place=Place(name), exit_code=Exit.USAGE)
        found.append(LawFolder(name, folder))
    return found


def write_new(path: Path, data: bytes, hint: str) -> None:
    """Write a file that is not there yet. Raises ``missing-folder`` or ``already-there``, exit code 2."""
    if not path.parent.is_dir():
        place = Place(str(path.parent))
        raise refuse("missing-folder", "没有这个文件夹", hint="先建好文件夹", place=place, exit_code=Exit.USAGE)
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        place = Place(str(path))
        raise refuse("already-there", "已经有这个文件", hint=hint, place=place, exit_code=Exit.USAGE) from None
