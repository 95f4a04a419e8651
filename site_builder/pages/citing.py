"""How a page is cited (GB/T 7714).

The words hold no release: version, as-of day and digest of the file list are put in by the browser from
``release.json``, so that record pages do not change with them; the browser makes CSL-JSON of the same.
"""

from __future__ import annotations

import datetime as dt

from site_builder.pages.contexts import Citation
from site_builder.pages.surroundings import Surroundings


def citation(title: str, author: str, issued: dt.date, address: str, around: Surroundings) -> Citation:
    """The citation of a page, or of its part behind a ``#``; ``author`` answers for it: an institution, no person."""
    text = f"{author}．{title}[DS/OL]．{around.site.site.name}，{issued}．{around.canonical(address)}"
    return Citation(text, author, title, issued, address.partition("#")[2])
