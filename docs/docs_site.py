"""For the site of the documentation: lines joined, each page's language, and the words its search looks through."""

from __future__ import annotations

from collections.abc import Iterator
import html
import json
from pathlib import Path
import re
from typing import Any, Final

SEARCHED: Final = "search-text.js"
"""What ``search.js`` reads: every section of every page."""

_BREAK: Final = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")
_PRE: Final = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_HEADING: Final = re.compile(r'<h[1-4] id="([^"]*)">(.*?)</h[1-4]>', re.DOTALL)
_TITLE: Final = re.compile(r"^# (.*)$", re.MULTILINE)
_INLINE: Final = re.compile(r"</?(?:a|code|em|strong)\b[^>]*>")
_TAG: Final = re.compile(r"<[^>]*>")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")

_sections: list[dict[str, str]] = []


def language_of(markdown: str) -> str:
    """``zh`` or ``en``: a page is in the language of its title."""
    title = _TITLE.search(markdown)
    return "zh" if title and _CHINESE.search(title[1]) else "en"


def on_pre_build(**_: object) -> None:
    """Begin with no section."""
    _sections.clear()


def on_page_content(content: str, page: Any, **_: object) -> str:  # noqa: ANN401  # mkdocs' page has no types
    """A page's HTML with lines joined where a line's end between Chinese characters is no space, never in ``<pre>``."""
    joined = "".join(part if part.startswith("<pre>") else _BREAK.sub("", part) for part in _PRE.split(content))
    _sections.extend(_sections_of(joined, page.url))
    return joined


def _sections_of(content: str, url: str) -> Iterator[dict[str, str]]:
    """Each heading of a page with what stands below it, as plain words."""
    _, *parts = _HEADING.split(content)
    named = [(anchor, _words(title), _words(text)) for anchor, title, text in zip(*[iter(parts)] * 3, strict=True)]
    for anchor, title, text in named:
        yield {"page": named[0][1], "title": title, "href": f"{url}#{anchor}", "text": text}


def _words(content: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", _INLINE.sub("", content))).split())


def on_post_page(output: str, page: Any, **_: object) -> str:  # noqa: ANN401  # as above
    """The page says which language it is in."""
    return re.sub(r'(<html [^>]*lang=")[^"]*', rf"\g<1>{language_of(page.markdown)}", output, count=1)


def on_post_build(config: dict[str, Any], **_: object) -> None:
    """Write what the search looks through: a script, so that it is read without a server as well."""
    told = json.dumps(_sections, ensure_ascii=False, indent=0)
    (Path(config["site_dir"]) / SEARCHED).write_text(f"window.searched = {told};\n", encoding="utf-8")
