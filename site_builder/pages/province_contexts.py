"""What the templates of a site put together of others get; as in ``contexts``, one frozen structure a template."""

from __future__ import annotations

import msgspec

from site_builder.pages.contexts import Link


class MemberSite(msgspec.Struct, frozen=True, gc=False):
    """One of the sites it is put together of; ``address`` and ``search`` are absolute, what is empty is not shown.

    ``publishes``: what it publishes, in a line; ``division``: its division code; ``key``: the public key its releases
    are signed by.
    """

    id: str
    name: str
    address: str
    search: str
    publishes: str = ""
    division: str = ""
    key: str = ""


class ProvinceHome(msgspec.Struct, frozen=True, gc=False):
    """``province-home.html``: search box, and the members; ``what`` may be typed into the box."""

    heading: str
    lead: str
    what: str
    members: tuple[MemberSite, ...]
    guides: tuple[Link, ...] = ()


class ProvinceSearch(msgspec.Struct, frozen=True, gc=False):
    """``province-search.html``: the box, and the members, whose own search pages are the way without JavaScript.

    ``facets``: what hits are filtered by (``search.facets``), as JSON: a member's own words for it are not trusted.
    """

    what: str
    members: tuple[MemberSite, ...]
    facets: str
    crumbs: tuple[Link, ...]
