"""``data.json``: the downloads as a DCAT 3 catalogue (DCAT-AP 3.0.0), in the names that open data portals harvest.

Values stay the short texts portals read (``text/csv``, ``zh-CN``); the context makes of them the addresses DCAT-AP asks
for, and ``@included`` says what those are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from site_builder.outputs.datapackage import About, File

_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "title": "dcterms:title",
    "description": "dcterms:description",
    "identifier": "dcterms:identifier",
    "modified": {"@id": "dcterms:modified", "@type": "xsd:date"},
    "language": {"@id": "dcterms:language", "@type": "@vocab"},
    "zh-CN": "http://publications.europa.eu/resource/authority/language/ZHO",
    "publisher": "dcterms:publisher",
    "license": {"@id": "dcterms:license", "@type": "@id"},
    "rights": "dcterms:accessRights",
    "label": "rdfs:label",
    "name": "foaf:name",
    "homepage": {"@id": "foaf:homepage", "@type": "@id"},
    "keyword": "dcat:keyword",
    "landingPage": {"@id": "dcat:landingPage", "@type": "@id"},
    "dataset": "dcat:dataset",
    "distribution": "dcat:distribution",
    "accessURL": {"@id": "dcat:accessURL", "@type": "@id"},
    "downloadURL": {"@id": "dcat:downloadURL", "@type": "@id"},
    "mediaType": {"@id": "dcat:mediaType", "@type": "@vocab"},
    "byteSize": {"@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger"},
    "checksum": "spdx:checksum",
    "algorithm": {"@id": "spdx:algorithm", "@type": "@id"},
    "checksumValue": {"@id": "spdx:checksumValue", "@type": "xsd:hexBinary"},
}

_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"


class Set(msgspec.Struct, frozen=True, kw_only=True):
    """One data set: its name in addresses, its title, a sentence on it, where it is described, its files."""

    name: str
    title: str
    description: str
    page: str
    keywords: tuple[str, ...]
    files: tuple[File, ...]


def catalogue(about: About, sets: Sequence[Set], address: str, home: str) -> bytes:
    """The catalogue; ``address`` is its own, ``home`` the web root's, both absolute."""
    publisher = {"@type": ["foaf:Agent", "foaf:Organization"], "name": about.publisher, "homepage": home}
    terms = {"license": about.licence_url} if about.licence else {}
    media = sorted({file.format.media for one in sets for file in one.files})
    told: dict[str, Any] = {
        "@context": _CONTEXT | {one: f"{_MEDIA_TYPES}{one}" for one in media},
        "@id": address,
        "@type": "dcat:Catalog",
        "title": about.title,
        "description": about.terms,
        "homepage": about.homepage,
        "language": "zh-CN",
        "publisher": publisher,
        **terms,
        "dataset": [
            {
                "@id": one.page,
                "@type": "dcat:Dataset",
                "identifier": one.name,
                "title": one.title,
                "description": one.description,
                "keyword": list(one.keywords),
                "modified": about.created[:10],
                "language": "zh-CN",
                "publisher": publisher,
                "rights": {"@type": "dcterms:RightsStatement", "label": about.terms},
                "landingPage": one.page,
                **terms,
                "distribution": [_distribution(file, one.page, home) for file in one.files],
            }
            for one in sets
        ],
        "@included": [
            {"@id": _CONTEXT["zh-CN"], "@type": "dcterms:LinguisticSystem"},
            *({"@id": f"{_MEDIA_TYPES}{one}", "@type": "dcterms:MediaType"} for one in media),
            *({"@id": one, "@type": "foaf:Document"} for one in (home, about.homepage, *(one.page for one in sets))),
            *_licence(about),
        ],
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"


def _licence(about: About) -> list[dict[str, Any]]:
    """What the address of the licence is, where there is one: a document of this text."""
    if not about.licence:
        return []
    return [{"@id": about.licence_url, "@type": "dcterms:LicenseDocument", "label": about.licence}]


def _distribution(file: File, page: str, home: str) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "title": file.title,
        "accessURL": page,
        "downloadURL": f"{home}{file.address}",
        "mediaType": file.format.media,
        "byteSize": file.size,
        "checksum": {
            "@type": "spdx:Checksum",
            "algorithm": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
            "checksumValue": file.sha256,
        },
    }
