"""How help and usage errors read: in Chinese with its double width counted, or in English when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
import os
import re
from typing import Final
import unicodedata

import click

ENGLISH: Final = os.environ.get("SITE_BUILDER_LANG", "").startswith("en")
"""Whether help is given in English; messages about data are always Chinese."""

_HEADINGS: Final = {"Options": "选项", "Commands": "命令"}
_PHRASES: Final = (
    ("Show this message and exit.", "显示帮助。"),
    ("Show the version and exit.", "显示版本。"),
    ("[required]", "［必填］"),
    ("[default: ", "［默认："),
)
_VALUES: Final = (
    {"日期": "DATE", "时刻": "TIME", "INTEGER RANGE": "NUMBER"}
    if ENGLISH
    else {"PATH": "路径", "TEXT": "文字", "INTEGER RANGE": "数", "[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 …"}
)
"""What stands for a value, in the reader's language."""

_DEFAULTS: Final = {
    "(处理器数)": "all processors",
    "(./site.yml，或 content/ 下唯一的一个)": "./site.yml, or the only one below content/",
}
"""Defaults that are said in words, as click writes them, and what they are in English."""

_PIECE: Final = re.compile(r"[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+|\s+")
_WIDE_BREAK: Final = re.compile(r"(?<=[\u3000-\uffef])\s*\n\s*(?=[\u3000-\uffef])")
"""A line's end between wide characters is no space."""

_NEVER_FIRST: Final = "，。；：、）」》！？"


class Formatter(click.HelpFormatter):
    """Help as a terminal shows it: wide characters count twice."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line of usage."""
        super().write_usage(prog, named(args), prefix or ("Usage: " if ENGLISH else "用法："))

    def write_heading(self, heading: str) -> None:
        """A heading."""
        if ENGLISH:
            super().write_heading(heading)
        else:
            self.write(f"{' ' * self.current_indent}{_HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        """Paragraphs, each wrapped."""
        indent = " " * self.current_indent
        for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
            if number:
                self.write_paragraph()
            joined = " ".join(_WIDE_BREAK.sub("", paragraph).split())
            for line in wrapped(joined, self.width - self.current_indent):
                self.write(f"{indent}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Names and what they mean in two columns."""
        rows, indent = [(named(name), meaning) for name, meaning in rows], " " * self.current_indent
        first = min(max((width(name) for name, _ in rows), default=0), col_max) + col_spacing
        for name, meaning in rows:
            lines = wrapped(_translated(meaning), self.width - self.current_indent - first)
            gap = first - width(name)
            if gap < col_spacing:
                self.write(f"{indent}{name}\n")
                lines = [" " * first + line for line in lines]
            else:
                lines = [" " * (first if number else gap) + line for number, line in enumerate(lines)] or [""]
                lines[0] = name + lines[0]
            self.write("".join(f"{indent}{line}".rstrip() + "\n" for line in lines))


def width(text: str) -> int:
    """Columns of a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrapped(text: str, most: int) -> list[str]:
    """Lines of at most ``most`` columns; a line begins with no closing mark."""
    lines: list[str] = []
    line = ""
    for piece in _PIECE.findall(text):
        full = width(line + piece) > most and piece not in _NEVER_FIRST
        if full and line.strip():
            lines.append(line.rstrip())
            line = ""
        line += piece if line or not piece.isspace() else ""
    return [*lines, line.rstrip()] if line.strip() else lines


def named(text: str) -> str:
    """An option or a line of usage with its values called in the reader's language."""
    for word, told in _VALUES.items():
        text = text.replace(word, told)
    return text


def _translated(text: str) -> str:
    text = re.sub(r"; [0-9]+<=x<=[0-9]+\]", "]", text)
    for chinese, english in _DEFAULTS.items():
        text = text.replace(chinese, english if ENGLISH else chinese[1:-1])
    if not ENGLISH:
        for phrase, told in _PHRASES:
            text = text.replace(phrase, told)
        text = re.sub(r"［默认：([^\]]*)\]", r"［默认：\1］", text)
    return text


def usage_error(error: click.ClickException) -> str:
    """A usage error in the reader's words."""
    if ENGLISH:
        return error.format_message()
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}{_near(error.possibilities)}"
        case click.exceptions.NoSuchCommand():
            return f"没有命令 {error.command_name}{_near(error.possibilities)}"
        case click.MissingParameter(param=click.Option() as option):
            return f"缺少选项 {option.opts[0]}（{option.help or ''}）"
        case click.MissingParameter(param=click.Parameter() as param):
            return f"缺少参数 {param.metavar or param.name}"
        case click.BadParameter(param=click.Parameter() as param):
            name = param.opts[0] if isinstance(param, click.Option) else (param.metavar or param.name or "")
            return f"{name} 的值不对：{_bad(param, error.message)}"
        case click.UsageError():
            return _chinese(error.message)
        case _:
            return error.format_message()


def in_both(labels: Mapping[str, str]) -> str:
    """What an option takes that is a ``Word``, for its help."""
    return f"{' · '.join(f'{word} {label}' for word, label in labels.items())}；写英文或中文都行。"


class Word(click.Choice[str]):
    """A machine word that may be written by its Chinese label as well, or by another ``also``; the machine word."""

    def __init__(self, labels: Mapping[str, str], also: Mapping[str, str] | None = None) -> None:
        super().__init__([str(word) for word in labels])
        self.labels = {str(word): label for word, label in labels.items()}
        self._words = {**(also or {}), **{label: word for word, label in self.labels.items()}}

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The machine word, or a usage error."""
        return super().convert(str(self._words.get(value.strip(), value)), param, ctx)

    @property
    def told(self) -> str:
        """Every word with its label."""
        return "、".join(f"{word}（{label}）" for word, label in self.labels.items())


def _near(possible: Sequence[str] | None) -> str:
    return f"，是不是 {'、'.join(possible)}" if possible else ""


def _bad(param: click.Parameter, message: str) -> str:
    if isinstance(param.type, Word):
        return f"应为 {param.type.told}之一，写哪一种都行"
    if isinstance(param.type, click.Choice):
        return f"应为 {'、'.join(map(str, param.type.choices))} 之一"
    if isinstance(param.type, click.IntRange):
        return f"应为 {param.type.min} 到 {param.type.max} 的整数"
    return message


def _chinese(message: str) -> str:
    if found := re.match(r"Got unexpected extra arguments? \((.*)\)", message):
        return f"多余的参数：{found[1]}"
    if found := re.match(r"Option '(.*)' requires an argument\.", message):
        return f"选项 {found[1]} 后面要写值"
    return message
