"""A site for the webmaster's own eyes, made anew as its files change: never audited, never switched in.

What has not changed is taken over from the root before: a page is rendered again only where its own contents, the
templates or what surrounds every page did. Nothing is written outside the scratch folder.
"""

from __future__ import annotations

from collections.abc import Iterable
import hashlib
from pathlib import Path
import shutil

import msgspec

from site_builder.config.site import Site
from site_builder.content.announcements import FOLDER, announced
from site_builder.content.library import read_laws
from site_builder.content.markdown import render_page
from site_builder.content.pages import guides_of
from site_builder.decide.examine import Examined, Options, Verified, examine, open_export, refuse_if
from site_builder.errors import Finding
from site_builder.pages import plain, urls
from site_builder.pages.day import put_day
from site_builder.progress import Silent
from site_builder.release import overlay_guards
from site_builder.release.guards import Memory
from site_builder.release.shared import Shared, pages_of, shared_at
from site_builder.releasing.province import preview_province
from site_builder.render.assets import collect
from site_builder.render.environment import Theme, load_theme
from site_builder.render.pages import Renderer
from site_builder.rules.ruleset import RuleSet
from site_builder.write.web_root import surroundings, write_root

SURROUNDING = ("site.yml", "lists.yml", "authorities.yml")
DECIDING = ("overlay.yml", "lists.yml", "classes.yml", "waivers.yml", "waivers.yml.sig", "holidays.yml")
"""Files of the site folder that every page may depend on."""


class Previewed(msgspec.Struct, frozen=True):
    """A web root made for a preview, and what was warned of on the way."""

    root: Path
    warnings: tuple[Finding, ...]


class Preview:
    """Makes one web root after another below ``scratch``; only the last two are kept."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._number = 0
        self._read: tuple[str, Verified, Examined, Path] | None = None
        self._shared: Shared | None = None
        self._base = ""

    def make(self, site: Site, options: Options, themes: Path, changed: Iterable[str] | None = None) -> Previewed:
        """The site as its files are now. Raises ``SiteBuilderError`` as a build would; the root before stays.

        ``changed`` are the files that are others than at the last call, where that is known: where they are nothing
        but the text of guide pages and what a theme publishes as it is, those alone are put into the root there is,
        however many records it holds.
        """
        if site.is_province:
            return self._of_members(site, options, themes)
        theme = load_theme(themes, site.site.theme)
        shared, read = self._shared, self._read
        light = changed is not None and all(_is_light(Path(one), site, theme) for one in changed)
        if light and shared is not None and read is not None and surroundings_digest(site, theme) == self._base:
            self._put_guides(site, theme, read[1], read[2].rules, options, shared)
            for path, data in collect(theme).items():
                _put(shared, urls.asset(path), data)
            return Previewed(shared.root, read[2].warnings)
        self._number += 1
        folder = self._scratch / str(self._number)
        folder.mkdir(mode=0o700)
        try:
            verified, examined, stage = self._examined(site, options, folder)
            work = folder / "work" / "stage"
            work.parent.mkdir()
            shutil.copytree(stage, work, copy_function=_linked)
            root = folder / "root"
            root.mkdir()
            base = surroundings_digest(site, theme)
            written = write_root(site, options, verified, examined, theme, work, root, Silent(), base, self._shared)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        shutil.rmtree(folder / "work")
        self._shared, self._base = shared_at(root, urls.RELEASE_FILES, pages_of(one.pages for one in written)), base
        shutil.rmtree(self._scratch / str(self._number - 2), ignore_errors=True)
        return Previewed(root, examined.warnings)

    def _of_members(self, site: Site, options: Options, themes: Path) -> Previewed:
        """A site put together of others: few pages, made anew each time."""
        self._number += 1
        root = self._scratch / str(self._number)
        try:
            preview_province(site, options.as_of, themes, root)
        except BaseException:
            shutil.rmtree(root, ignore_errors=True)
            raise
        shutil.rmtree(self._scratch / str(self._number - 2), ignore_errors=True)
        return Previewed(root, ())

    def _put_guides(
        self, site: Site, theme: Theme, verified: Verified, rules: RuleSet, options: Options, shared: Shared
    ) -> None:
        """Render the guide pages alone and put those that differ in the place of what stands there."""
        contents = guides_of(site, rules.words)
        shelf = read_laws(site.folder, site.laws, options.as_of)
        news = announced(site.folder, options.as_of, site.site.address)
        around = surroundings(site, verified, options, shelf, contents, news, rules)
        renderer = Renderer(theme)
        for source in contents:
            body = render_page(source.text, urls.root_of(urls.guide(source.stem)))
            page, meta = plain.content_page(source, body, around)
            path = urls.file_of(meta.path)
            data = renderer.page("content.html", page, meta, around.layout("guide"), urls.root_of(meta.path))
            _put(shared, path, put_day(data, around.as_of)[0])

    def _examined(self, site: Site, options: Options, folder: Path) -> tuple[Verified, Examined, Path]:
        """The export decided, anew where it, the site file, the overlay or the day changed."""
        files = [site.file, *(site.folder / name for name in DECIDING)]
        files += [*_files(site.law_folder), *_files(options.export), *_files(site.folder / FOLDER)]
        whole = hashlib.sha256(f"{options.as_of} {options.quarantine}".encode())
        for path in files:
            whole.update(f"{path} {_stamp(path)}\n".encode())
        digest = whole.hexdigest()
        if self._read is not None and self._read[0] == digest:
            return self._read[1:]
        stage = self._scratch / f"stage-{folder.name}"
        stage.mkdir(mode=0o700)
        try:
            verified = open_export(site, options, None, self._scratch / f"export-{folder.name}", Silent())
            # What was live is not known here, and so not which ids of the overlay have only left the export.
            verified = msgspec.structs.replace(verified, allowed=verified.allowed | overlay_guards.CODES)
            examined = examine(site, options, verified, Memory(None, None), stage, Silent())
            refuse_if(examined)
        except BaseException:
            shutil.rmtree(stage, ignore_errors=True)
            shutil.rmtree(self._scratch / f"export-{folder.name}", ignore_errors=True)
            raise
        if self._read is not None:
            old = self._read[3].name.removeprefix("stage-")
            shutil.rmtree(self._read[3])
            shutil.rmtree(self._scratch / f"export-{old}", ignore_errors=True)
        self._read = (digest, verified, examined, stage)
        return verified, examined, stage


def surroundings_digest(site: Site, theme: Theme) -> str:
    """What every page depends on beside its own contents: templates, the site's settings, the heads of the guides."""
    whole = hashlib.sha256()
    templates = [path for folder in theme.folders for path in sorted(folder.rglob("*.html*")) if path.is_file()]
    for path in (*(site.folder / name for name in SURROUNDING), *_files(site.law_folder), *templates):
        data = path.read_bytes() if path.is_file() else b""
        whole.update(f"{path} {len(data)}\n".encode() + data)
    for guide in sorted((site.folder / "pages").glob("*.md")):
        whole.update(f"{guide.name} ".encode() + guide.read_bytes().partition(b"\n---")[0])
    return whole.hexdigest()


def watched_files(site: Site, export: Path, themes: Iterable[Path]) -> dict[str, tuple[int, int]]:
    """Everything a preview depends on, with its time and size: compare two of these to know that something changed."""
    paths = [path for folder in (site.folder, export, *themes) for path in _files(folder)]
    paths += [law.file for law in site.laws]
    return {str(path): stamp for path in paths if (stamp := _stamp(path)) is not None}


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return [one for one in sorted(path.rglob("*")) if not one.name.startswith(".") and not one.is_dir()]


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


def _is_light(path: Path, site: Site, theme: Theme) -> bool:
    """Whether a file is a guide page, or one of the theme that no other page is made from."""
    in_theme = any(path.is_relative_to(folder) for folder in theme.folders)
    return path.parent == site.folder / "pages" or (in_theme and path.suffix not in {".html", ".yml"})


def _put(shared: Shared, path: str, data: bytes) -> None:
    """Put other bytes in a file's place: a new file, for the old one may be shared with a root before."""
    digest = hashlib.sha256(data).hexdigest()
    if shared.digests.get(path) == digest:
        return
    target = shared.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f"{target.name}.new")
    fresh.write_bytes(data)
    fresh.replace(target)
    shared.digests[path] = digest
    shared.pages.pop(path, None)


def _linked(source: str, target: str) -> None:
    Path(target).hardlink_to(source)
