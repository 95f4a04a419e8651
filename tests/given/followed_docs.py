"""Pages of the documentation followed as a reader would: their commands run as written, and what they say checked."""

import os
from pathlib import Path
import re
import signal
import subprocess

import openpyxl
from real_nginx import Server

DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"(?:^<!-- (?P<mark>[^\n]*) -->\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page, part=""):
    """(mark, kind, text) of each fenced block of a page, or of the part that the heading ``part`` begins.

    ``mark`` is the comment right above a block.
    """
    text = (DOCS / page).read_text()
    if part:
        text = text.split(f"\n## {part}\n")[1].split("\n## ")[0]
    for one in _BLOCK.finditer(text):
        yield one["mark"] or "", one["kind"], one["text"]


def follow(page, desk, ports, part=""):
    """Run a page's ``sh`` blocks one after another; each ``text`` block must be part of what was said before it.

    ``ports`` are other numbers (or folders) for those the page names, so that two may follow it at once.
    """
    said = ""
    for mark, kind, text in blocks(page, part):
        written = text
        for there, here in ports.items():
            written = written.replace(there, str(here))
        if mark == "Excel":
            _fill_in(desk, written)
        elif kind == "sh" and mark == "Ctrl-C":
            said = _interrupt(desk, written, ports)
        elif kind == "sh":
            code = re.fullmatch(r"退出码 ([0-9]+)", mark)
            said = desk.run(written, int(code[1]) if code else 0)
        elif kind == "text":
            for line in written.splitlines():
                assert _said(line, said), f"{line}\n--- is not in ---\n{said}"


def _fill_in(desk, script):
    """Change the only workbook of the desk as a page says: sheet, what stands in the row, a cell's new text."""
    [file] = desk.folder.glob("*.xlsx")
    book = openpyxl.load_workbook(file)
    for line in script.splitlines():
        where, text = line.split(" → ")
        name, *known, head = where.split("　")
        sheet = book[name]
        column = {cell.value: cell.column for cell in sheet[1]}
        wanted = dict(one.split("=") for one in known)
        found = next(
            row
            for row in range(2, sheet.max_row + 1)
            if all(sheet.cell(row, column[one]).value == told for one, told in wanted.items())
        )
        sheet.cell(found, column[head]).value = text
    book.save(file)


def _said(line, said):
    """Whether somewhere a line of ``said`` has the pieces of ``line`` in order; ``…`` stands for anything."""
    pattern = ".*".join(map(re.escape, line.split("…")))
    return re.search(pattern, said) is not None


def _interrupt(desk, script, ports):
    """A command that goes on until Ctrl-C: its address answers, and it ends well."""
    port = ports.get("8000", 8000)
    with subprocess.Popen(
        ["bash", "--norc", "-c", f"exec {script.strip()} --port {port}"],
        cwd=desk.folder,
        env=desk.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as started:
        said = ""
        for line in started.stdout:
            said += line
            if found := re.search(r"http://127\.0\.0\.1:([0-9]+)/", line):
                assert Server(int(found[1])).ask("/")[0] == 200
                break
        os.killpg(started.pid, signal.SIGINT)
        said += started.stdout.read()
    assert started.returncode == 0, said
    return said
