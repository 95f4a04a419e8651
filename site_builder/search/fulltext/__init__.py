"""Full text: every run of two or more characters of a page, by Pagefind, over text written as ASCII words.

``build`` writes the index; ``decode``, ``strings`` and ``bigrams`` read it back for the audit. The browser's side is
``themes/credit/assets/search/fulltext.js``.
"""

from site_builder.search.fulltext.build import build
from site_builder.search.fulltext.decode import bigrams, decode, strings
from site_builder.search.fulltext.documents import FullTextDoc

__all__ = ["FullTextDoc", "bigrams", "build", "decode", "strings"]
