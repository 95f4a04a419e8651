"""What search engines read of a page: JSON-LD in schema.org's words, of data sets, regulations and who runs the site.

Nothing here is about a subject: an entry's page carries no structured data at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup
import msgspec

from site_builder.pages import urls
from site_builder.pages.contexts import Dataset
from site_builder.pages.surroundings import Surroundings

_CONTEXT = {"@context": "https://schema.org"}


def organization(around: Surroundings) -> Markup:
    """Who runs the site, for the home page."""
    return block(_CONTEXT | _publisher(around))


def data_catalog(datasets: Sequence[Dataset], terms: str, media: Mapping[str, str], around: Surroundings) -> Markup:
    """The data sets and their files, for the data page; ``media`` gives the media type of an extension."""
    licence = around.site.publish.licence
    rights = {"license": licence} if licence else {}
    home = around.canonical(urls.DATA)
    return block(
        _CONTEXT
        | {
            "@type": "DataCatalog",
            "@id": home,
            "name": around.site.site.name,
            "url": home,
            "description": terms,
            "inLanguage": "zh-CN",
            "publisher": _publisher(around),
            **rights,
            "dataset": [
                {
                    "@type": "Dataset",
                    "@id": f"{home}#{one.name}",
                    "name": one.title,
                    "description": f"{one.note}{terms}",
                    "url": f"{home}#{one.name}",
                    "identifier": one.name,
                    "version": around.version,
                    "dateModified": around.data_on.isoformat(),
                    "isAccessibleForFree": True,
                    "creator": _publisher(around),
                    "usageInfo": terms,
                    **rights,
                    "isBasedOn": [around.canonical(urls.law(law.name)) for law in around.laws],
                    "variableMeasured": [field.label for field in one.fields],
                    "distribution": [
                        {
                            "@type": "DataDownload",
                            "name": file.text,
                            "contentUrl": around.canonical(file.href),
                            "encodingFormat": media[file.href.rpartition(".")[2]],
                            "contentSize": f"{file.size} B",
                            "sha256": file.sha256,
                        }
                        for file in one.files
                    ],
                }
                for one in datasets
            ],
        }
    )


def legislation(name: str, title: str, around: Surroundings) -> Markup:
    """A regulation, for its page."""
    return block(
        _CONTEXT
        | {
            "@type": "Legislation",
            "@id": around.canonical(urls.law(name)),
            "url": around.canonical(urls.law(name)),
            "name": title,
            "inLanguage": "zh-CN",
            "legislationJurisdiction": "CN",
        }
    )


def _publisher(around: Surroundings) -> dict[str, Any]:
    unit, home = around.site.unit, around.canonical(urls.HOME)
    told = {"telephone": unit.phone, "address": unit.address, "email": unit.email}
    return {
        "@type": "GovernmentOrganization",
        "@id": f"{home}#publisher",
        "name": unit.owner,
        "url": home,
        **{name: value for name, value in told.items() if value},
    }


def block(told: dict[str, Any]) -> Markup:
    """JSON as it may stand inside a ``script`` element, which is data and is not run: no ``<`` in it."""
    text = msgspec.json.encode(told).decode()
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704
