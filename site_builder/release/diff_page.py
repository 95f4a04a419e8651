"""The private report of a comparison: one HTML file that needs nothing else and is never part of a web root."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any, Final

from site_builder.release.diff import Changed, Difference
from site_builder.vocabulary import LABELS, Kind

Labels = Mapping[Kind, Mapping[str, str]]
"""What each kind's columns are called."""

_STYLE: Final = """
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.25rem; margin-top: 2rem } h3 { font-size: 1rem; margin: 1.25rem 0 .25rem }
table { border-collapse: collapse; width: 100%; margin: .25rem 0 1rem } td, th { border: 1px solid #bbb; padding: .3rem
.6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere } td.b { background: #fdeaea } td.a { background:
#eaf6ea } .note { background: #fff6d6; padding: .5rem 1rem } ul.ids { columns: 16rem auto } td.n { text-align: right }
"""


def diff_page(title: str, notes: Iterable[str], differences: Iterable[Difference], labels: Labels) -> Iterator[str]:
    """The report in pieces, to be written as they come. ``notes`` stand at its head."""
    yield page_head(title)
    yield '<p class="note">内部材料，不得公开：这里写着将要撤下的内容。</p>\n'
    for note in notes:
        yield f"<p>{escape(note)}</p>\n"
    for one in differences:
        yield from _kind(one, labels[one.kind])
    yield "</html>\n"


def page_head(title: str) -> str:
    """How a page begins that needs nothing else and no robot is to keep."""
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<meta charset="utf-8">\n<meta name="robots" content="noindex">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n<h1>{escape(title)}</h1>\n"
    )


def _kind(one: Difference, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"<h2>{escape(LABELS[one.kind])}：{one.before} → {one.after}</h2>\n"
    if one.same:
        yield "<p>没有变化。</p>\n"
    if one.added:
        yield f"<h3>新增 {len(one.added)} 条</h3>\n<ul class='ids'>\n"
        yield from (f"<li>{escape(record_id)}</li>\n" for record_id in one.added)
        yield "</ul>\n"
    if one.removed:
        yield f"<h3>撤下 {len(one.removed)} 条</h3>\n<table><tr><th>编号</th><th>原因</th></tr>\n"
        yield from (f"<tr><td>{escape(gone.id)}</td><td>{escape(gone.why)}</td></tr>\n" for gone in one.removed)
        yield "</table>\n"
    if one.changed:
        yield f"<h3>改动 {len(one.changed)} 条</h3>\n"
        for changed in one.changed:
            yield from _changed(changed, labels)


def _changed(changed: Changed, labels: Mapping[str, str]) -> Iterator[str]:
    yield f"<h3>{escape(changed.id)}</h3>\n<table><tr><th>字段</th><th>线上</th><th>本次</th></tr>\n"
    for one in changed.changes:
        name = escape(labels.get(one.column, one.column))
        before, after = escape(words(one.before)), escape(words(one.after))
        yield f'<tr><td>{name}</td><td class="b">{before}</td><td class="a">{after}</td></tr>\n'
    yield "</table>\n"


def words(value: Any) -> str:  # noqa: ANN401  # what a row of JSON may hold
    """A value of a row as people read it."""
    if value is None:
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(map(str, value))
    return LABELS.get(str(value), str(value))
