"""The comments of a law's files: those at the head are kept in the workbook, the others are counted."""

from __future__ import annotations

import itertools

import yaml


def head_comment(text: str) -> str:
    """The comment a file begins with, without its signs."""
    lines = itertools.takewhile(lambda line: line.startswith("#"), text.split("\n"))
    return "\n".join(line.removeprefix("#").strip() for line in lines)


def comment_rows(text: str) -> int:
    """How many rows of YAML have a comment, but for the head; the text has been read before."""
    found: set[int] = set()
    end = 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        between = text[end : token.start_mark.index]
        row = text.count("\n", 0, end)
        found |= {row + number for number, line in enumerate(between.split("\n")) if "#" in line}
        end = max(end, token.end_mark.index)
    head = len(list(itertools.takewhile(lambda line: line.startswith("#"), text.split("\n"))))
    return sum(row >= head for row in found)
