"""Where a name begins that many others of the site begin alike: behind its own province, city and district."""

from __future__ import annotations

from functools import lru_cache
import re
from typing import Final

from site_builder.public.places import Places

_WORDS: Final = ("市政", "市场", "市容", "市郊", "市内")
"""Words that begin with 市: in 大连市政… the city is 大连."""

_NAMELESS: Final = re.compile(r"(?!)")


@lru_cache(maxsize=8)
def _pattern(places: Places) -> re.Pattern[str]:
    """The own province and city, and a district in full directly behind either."""
    if not places.city:
        return _NAMELESS
    word, city = re.escape, places.city
    long = f"{word(city[:-1])}(?!{'|'.join(_WORDS)}){word(city[-1])}" if city.endswith("市") else word(city)
    own = f"(?:{word(places.prefecture)})?(?:{long}|{word(places.city_alone)})"
    districts = f"(?:{'|'.join(map(word, places.districts))})?" if places.districts else ""
    province = f"(?:{word(places.province)})" if places.province else "(?!)"
    return re.compile(f"(?:{province}(?:{own})?|{own}){districts}")


def start_of(name: str, places: Places) -> int:
    """Where in a name without brackets and marks begins what its subject calls itself; 0 where nothing else is left."""
    match = _pattern(places).match(name)
    return match.end() if match is not None and match.end() < len(name) else 0
