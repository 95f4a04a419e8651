"""Whether a record's page says everything that is shown of the record, and tells crawlers what it must."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import datetime as dt
import enum
import html
import re
from typing import Final

import msgspec

from site_builder.audit.downloads import OTHER_REGION
from site_builder.audit.expiry import last_day
from site_builder.audit.rows import day_text
from site_builder.pages import urls
from site_builder.public.view import View
from site_builder.vocabulary import LABELS, Kind

_DAY: Final = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MARKED: Final = rb"<time>\g<0></time>"
_LABELS: Final = "：%b<".encode()
_DAY_TAG: Final = re.compile(r"</?time>")
TAG: Final = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_SPACE: Final = re.compile(r"\s+")
_NOINDEX: Final = re.compile(rb"<meta name=\"robots\" content=\"noindex\b")
_MARKDOWN: Final = re.compile(r"[^\w，。、；：？！“”（）《》]+")
_PLAIN_LINE: Final = re.compile(r"[^\\&<>`\[\]|:/~]*")
_LONG_ENOUGH: Final = 4

_DEEDS: Final = "deeds"
_NOT_AS_TEXT: Final = frozenset({"region", "measure_ids", "clause", "photo", _DEEDS})
_NOT_SHOWN: Final = frozenset({"act_ongoing", "in_force", "special_term", "consented", "measures_suspended"})
_NEVER_AS_TEXT: Final = _NOT_AS_TEXT | _NOT_SHOWN


def page_faults(
    view: View, kind: Kind, page: bytes, regions: Mapping[str, str], said: frozenset[bytes] = frozenset()
) -> Iterator[tuple[str, str]]:
    """(field, what is wrong) of a record's page; ``said``: what elements of its ``main`` are known to say."""
    start, end = page.find(b"<main"), page.rfind(b"</main>")
    if start < 0 or end < start:
        yield "", "页面没有正文"
        return
    main = page[start:end]
    if not _tells_at_once(view, main, regions, said):
        markup = main.decode("utf-8", "replace")
        text = plain(markup)
        for name, column in zip(view.__struct_fields__, view.__struct_encode_fields__, strict=True):
            if not _tells(view, name, text, markup, regions):
                yield column, f"页面上没有导出里的「{column}」"
    if view.is_person and _NOINDEX.search(page) is None:
        yield "", "自然人的页面没有 noindex"
    if view.is_person and b"application/ld+json" in page:
        yield "", "自然人的页面带有结构化数据"
    if last_day(page) != view.public_until:
        yield "public_until", "页面的公示末日与导出不一致"
    if urls.record(kind, view.id).encode() not in page:
        yield "url", "页面没有自己的固定地址"


def _tells_at_once(view: View, main: bytes, regions: Mapping[str, str], said: frozenset[bytes]) -> bool:
    """Whether every field is the whole text of an element, or what is behind its label, and every link is there.

    Most pages of entries are so.
    """
    if getattr(view, _DEEDS, "") or getattr(view, "photo", ""):
        return False
    lines = {*"\n".join(_texts(view, regions)).encode("utf-8", "surrogatepass").split(b"\n")}
    for line in lines - said:
        element = b">%b<" % line
        if element not in main and _LABELS % line not in main and _DAY.sub(_MARKED, element) not in main:
            return False
    return all(f'/{urls.record(Kind.MEASURE, one)}"'.encode() in main for one in getattr(view, "measure_ids", ()))


def _texts(view: View, regions: Mapping[str, str]) -> Iterator[str]:
    """What stands on a record's page as it is: all fields that are texts, days or have a name."""
    region: str = getattr(view, "region", "")
    if region:
        yield regions.get(region, OTHER_REGION)
    for name, value in zip(view.__struct_fields__, msgspec.structs.astuple(view), strict=True):
        if value and name not in _NEVER_AS_TEXT:
            if value.__class__ is str:
                yield value
            elif value.__class__ is tuple:
                yield from value
            elif value.__class__ is dt.date:
                yield day_text(value)
            else:
                yield LABELS[value] if isinstance(value, enum.StrEnum) else str(value)


def plain(markup: str) -> str:
    """The text of a piece of HTML, runs of white space as one space; a day marked within a text does not divide it."""
    return _SPACE.sub(" ", html.unescape(TAG.sub("\n", _DAY_TAG.sub("", markup))))


def _tells(view: View, name: str, text: str, markup: str, regions: Mapping[str, str]) -> bool:
    value = getattr(view, name)
    if value in (None, "", ()) or name in _NOT_SHOWN:
        return True
    if isinstance(value, enum.StrEnum):
        return LABELS[value] in text
    if name in _NOT_AS_TEXT:
        return _tells_otherwise(view, name, text, markup, regions)
    if isinstance(value, dt.date):
        return value.isoformat() in text
    items = value if isinstance(value, tuple) else (value,)
    return all(line in text for item in items for line in _text_lines(str(item)))


def _tells_otherwise(view: View, name: str, text: str, markup: str, regions: Mapping[str, str]) -> bool:
    """What stands on a page in other words: a division's name, links to measures, a picture, rendered Markdown."""
    value = getattr(view, name)
    if name == "region":
        return regions.get(value, OTHER_REGION) in text
    if name == "measure_ids":
        return all(f'/{urls.record(Kind.MEASURE, one)}"' in markup for one in value)
    if name == "photo":
        return f'{urls.photo(value)}"' in markup
    return name != _DEEDS or all(word in text for word in deeds_words(value))


def deeds_words(deeds: str) -> Iterator[str]:
    """Stretches of a Markdown text that no rendering changes."""
    for line in deeds.splitlines():
        if _PLAIN_LINE.fullmatch(line):
            yield from (piece for piece in _MARKDOWN.split(line) if len(piece) >= _LONG_ENOUGH and "_" not in piece)


def _text_lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        tidy = _SPACE.sub(" ", line).strip()
        if tidy:
            yield tidy
