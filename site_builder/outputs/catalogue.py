"""``data.json``: the downloads as a DCAT catalogue (W3C DCAT 2), in the names that open data portals harvest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from site_builder.outputs.datapackage import About, File

_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "title": "dcterms:title",
    "description": "dcterms:description",
    "identifier": "dcterms:identifier",
    "modified": {"@id": "dcterms:modified", "@type": "xsd:date"},
    "language": "dcterms:language",
    "publisher": "dcterms:publisher",
    "license": "dcterms:license",
    "rights": "dcterms:accessRights",
    "name": "foaf:name",
    "homepage": {"@id": "foaf:homepage", "@type": "@id"},
    "keyword": "dcat:keyword",
    "landingPage": {"@id": "dcat:landingPage", "@type": "@id"},
    "dataset": "dcat:dataset",
    "distribution": "dcat:distribution",
    "downloadURL": {"@id": "dcat:downloadURL", "@type": "@id"},
    "mediaType": "dcat:mediaType",
    "byteSize": {"@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger"},
    "checksum": "spdx:checksum",
    "algorithm": {"@id": "spdx:algorithm", "@type": "@id"},
    "checksumValue": {"@id": "spdx:checksumValue", "@type": "xsd:hexBinary"},
}


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
    publisher = {"@type": "foaf:Organization", "name": about.publisher, "homepage": home}
    terms = {"license": about.licence} if about.licence else {}
    told: dict[str, Any] = {
        "@context": _CONTEXT,
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
                "rights": about.terms,
                "landingPage": one.page,
                **terms,
                "distribution": [_distribution(file, home) for file in one.files],
            }
            for one in sets
        ],
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"


def _distribution(file: File, home: str) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "title": file.title,
        "downloadURL": f"{home}{file.address}",
        "mediaType": file.format.media,
        "byteSize": file.size,
        "checksum": {
            "@type": "spdx:Checksum",
            "algorithm": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
            "checksumValue": file.sha256,
        },
    }
