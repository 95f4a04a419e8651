"""For the site of the documentation: a line's end between two Chinese characters is no space."""

from __future__ import annotations

import re
from typing import Final

_BREAK: Final = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")
_PRE: Final = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)


def on_page_content(html: str, **_: object) -> str:
    """A page's HTML with such lines joined, what is typed as it is left alone."""
    return "".join(part if part.startswith("<pre>") else _BREAK.sub("", part) for part in _PRE.split(html))
