"""What is wrong, where, and what to do about it — in words for the person who has to mend it."""

from __future__ import annotations

import enum

import msgspec


class Place(msgspec.Struct, frozen=True, order=True):
    """Where a finding is: a file, and inside it a spreadsheet row (the header is 1) and a column.

    ``row`` 0 and an empty ``column`` mean the whole file; an empty ``file`` means the run itself.
    """

    file: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        """``file:row:column`` with what is unknown left out from the right."""
        parts = [self.file]
        if self.row:
            parts.append(str(self.row))
        if self.column:
            parts.append(self.column)
        return ":".join(parts)


class Finding(msgspec.Struct, frozen=True):
    """One thing found: a stable ``code`` (kebab-case), its place, what was found, and a hint.

    ``message`` never repeats a value of a row that is not public; ``warning`` marks what does not stop a build;
    ``articles`` are those it rests on, as ``DL 42``.
    """

    code: str
    place: Place
    message: str
    hint: str = ""
    warning: bool = False
    articles: tuple[str, ...] = ()

    def __str__(self) -> str:
        """``file:row:column CODE message``, the hint on a line of its own."""
        head = f"{self.place} {self.code} {self.message}".strip()
        return f"{head}\n    → {self.hint}" if self.hint else head


AFTER_SWITCH = "after-switch"
"""The code of the finding that heads those made after the switch."""


class Exit(enum.IntEnum):
    """The exit codes of every command (contract, section 5)."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    LOCKED = 3
    MACHINE = 4
    BUG = 70
    """An error nobody foresaw, in the program itself (``EX_SOFTWARE`` of sysexits)."""


class SiteBuilderError(Exception):
    """What stops a run: one or more findings, and the exit code they lead to."""

    def __init__(self, findings: list[Finding], exit_code: Exit = Exit.FINDINGS) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[type[SiteBuilderError], tuple[list[Finding], Exit]]:
        """Errors cross from worker processes whole."""
        return SiteBuilderError, (self.findings, self.exit_code)


def refuse(
    code: str, message: str, *, hint: str = "", place: Place | None = None, exit_code: Exit = Exit.FINDINGS
) -> SiteBuilderError:
    """An error of a single finding, ready to be raised."""
    return SiteBuilderError([Finding(code, place or Place(), message, hint)], exit_code)
