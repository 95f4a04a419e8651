"""Whether a record's JSON file says its record and nothing else, written a second time apart from the program's writer.

All of it is known but which articles it leads to: they are places of the site's laws.
"""

from __future__ import annotations

from collections.abc import Container
import re
from typing import Final

import msgspec

from site_builder.audit.links import Base, resolve
from site_builder.pages import urls
from site_builder.public.view import View
from site_builder.vocabulary import Kind

DIFFERS: Final = "缺少、多出或者不同于应当公开的记录"

_ADDRESS: Final = r'"https?://[A-Za-z0-9._:/#%-]+"'
_LIST: Final = rf"\[(?:{_ADDRESS}(?:,{_ADDRESS})*)?\]"
_LINKS: Final = re.compile(rf'"links":\{{"measures":({_LIST}),"articles":({_LIST})\}}\}}\n')


def faults(data: bytes, view: View, fields: bytes, base: Base, files: Container[str]) -> str:
    """What is wrong with a record's file, or nothing; ``fields`` are those of its JSON line."""
    start = _says(view, base) + fields + b","
    try:
        links = _LINKS.fullmatch(data[len(start) :].decode("ascii")) if data.startswith(start) else None
    except UnicodeDecodeError:
        links = None
    if links is None:
        return DIFFERS
    measures, articles = (msgspec.json.decode(told, type=list[str]) for told in links.groups())
    home = base.url + base.path
    if measures != [home + urls.record(Kind.MEASURE, one) for one in getattr(view, "measure_ids", ())]:
        return DIFFERS
    if not all(one.startswith(home + urls.LAWS) and "#" in one for one in articles):
        return DIFFERS
    addresses = [*measures, *articles]
    targets = [resolve(urls.HOME, one, base).file for one in addresses]
    return "" if all(one and one in files for one in targets) else "指向的文件不存在"


def _says(view: View, base: Base) -> bytes:
    """How the file begins; a natural person's says nothing of itself."""
    if view.is_person:
        return b"{"
    home = base.url + base.path
    context, schema = home + urls.CONTEXT, home + urls.schema(view.kind)
    return f'{{"@context":"{context}","@id":"{home}{urls.record(view.kind, view.id)}","$schema":"{schema}",'.encode()
