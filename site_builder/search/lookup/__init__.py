"""The exact lookup: every name, code and decision number by any part of it, from static files.

``build`` writes the index; ``decode`` and ``strings`` read it back for the audit. The browser's side is
``themes/credit/assets/search/lookup/engine.js``.
"""

from site_builder.search.lookup.build import build
from site_builder.search.lookup.decode import decode, strings
from site_builder.search.lookup.near import write_near
from site_builder.search.lookup.rows import LookupRow

__all__ = ["LookupRow", "build", "decode", "strings", "write_near"]
