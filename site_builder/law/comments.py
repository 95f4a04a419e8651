"""The comments of a law's files: those at the head are kept in the workbook, the others are counted."""

from __future__ import annotations

import itertools

from site_builder.config.source import tokens


def head_comment(text: str) -> str:
    """The comment a file begins with, without its signs."""
    lines = itertools.takewhile(lambda line: line.startswith("#"), text.split("\n"))
    return "\n".join(line.removeprefix("#").strip() for line in lines)


def comment_rows(text: str) -> int:
    """How many rows of YAML have a comment, but for the head; the text has been read before."""
    found: set[int] = set()
    end = row = 0
    for token in tokens(text):
        between = text[end : token.start_mark.index]
        found |= {row + number for number, line in enumerate(between.split("\n")) if "#" in line}
        if token.end_mark.index > end:
            end, row = token.end_mark.index, token.end_mark.line
    head = len(list(itertools.takewhile(lambda line: line.startswith("#"), text.split("\n"))))
    return sum(row >= head for row in found)
