"""The live release's own export, whole, wherever it still is: what ``withhold`` builds from."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from site_builder.config.site import Site
from site_builder.errors import Exit, Place, SiteBuilderError, refuse
from site_builder.export.descriptor import load_descriptor
from site_builder.export.package import DESCRIPTOR, SIGNATURE, PackageFiles, open_in_place, open_package
from site_builder.export.verify import verify_files
from site_builder.release import kept
from site_builder.release.live import Live
from site_builder.release.place import SitePlace


def own_export(site: Site, place: SitePlace, live: Live, given: Path | None) -> Path | None:
    """The folder in ``state/`` that keeps the live release's export whole.

    Where it is not kept whole, it is kept anew: from ``given``, else from the site's own ``export.path`` if that is
    still the same export; None where neither is. Raises ``SiteBuilderError`` where ``given`` is another or not whole.
    """
    most = site.export.max_unpacked
    there = kept.kept(place.state, live.export)
    if given is not None:
        return _keep(place, live, _whole(site, live, open_package(given, place.work / "given", most)))
    if there is not None:
        with suppress(SiteBuilderError):
            return _whole(site, live, open_in_place(there, most)).root
    with suppress(SiteBuilderError):
        return _keep(place, live, _whole(site, live, open_package(site.export.path, place.work / "sites", most)))
    return None


def _whole(site: Site, live: Live, files: PackageFiles) -> PackageFiles:
    """Files that are the live release's export, each as its descriptor says. Raises where they are not."""
    descriptor = load_descriptor(files)[0]
    if descriptor.digest != live.export:
        message = f"这个导出（{descriptor.version}）不是线上版本（{live.version}）的导出"
        hint = f"要线上版本自己的那一份，它的 datapackage.json 的 SHA-256 是 {live.export}"
        raise refuse("not-live-export", message, hint=hint, place=Place(DESCRIPTOR))
    faults = verify_files(files, descriptor)
    if faults:
        raise SiteBuilderError(faults)
    if site.export.trusted_keys and SIGNATURE not in files.sizes:
        raise refuse("no-signature", "本站要求签名，而导出没有", hint="要签过名的那一份", exit_code=Exit.FINDINGS)
    return files


def _keep(place: SitePlace, live: Live, files: PackageFiles) -> Path:
    kept.keep(place.state, live.export, files.root, files.sizes)
    return place.state / kept.EXPORTS / live.export
