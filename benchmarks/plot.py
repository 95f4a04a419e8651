"""The plot beside the table: bars of seconds, drawn as SVG without any library."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, LABEL, ROW, HEAD = 720, 190, 26, 34
Groups = Sequence[tuple[str, Sequence[tuple[str, float]]]]


def plot(groups: Groups) -> str:
    """Bars of each group (title, then name and seconds of each bar), each group to its own scale."""
    parts: list[str] = []
    y = 8
    for title, bars in groups:
        parts.append(f'<text x="8" y="{y + 18}" font-weight="bold">{escape(title)}（秒）</text>')
        y += HEAD
        longest = max(seconds for _, seconds in bars) or 1
        for name, seconds in bars:
            width = max(1, round((WIDTH - LABEL - 70) * seconds / longest))
            colour = "#8a9299" if "Hugo" in name or "只写" in name else "#1f5f9c"
            parts.append(f'<text x="{LABEL - 8}" y="{y + 15}" text-anchor="end">{escape(name)}</text>')
            parts.append(f'<rect x="{LABEL}" y="{y + 2}" width="{width}" height="18" fill="{colour}"/>')
            parts.append(f'<text x="{LABEL + width + 6}" y="{y + 15}">{seconds:.2f}</text>')
            y += ROW
        y += 12
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" font-family="sans-serif" font-size="13">'
    body = "\n".join(parts)
    return f'{head}\n<rect width="{WIDTH}" height="{y}" fill="#fff"/>\n{body}\n</svg>\n'
