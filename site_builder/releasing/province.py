"""A site put together of others: the same folder, lock, gate, switch and memory as any site, and no export.

Its web root depends on the site folder and the as-of day alone. What its members publish is read in the visitor's
browser: a member's release, or its taking a record down, needs no build here.
"""

from __future__ import annotations

from contextlib import ExitStack
import datetime as dt
from pathlib import Path
import tempfile

import msgspec

from site_builder.audit.file_list import list_digest
from site_builder.audit.gate import Seen, audit, refuse_findings
from site_builder.config.site import Site
from site_builder.decide.examine import Options
from site_builder.errors import Finding, SiteBuilderError
from site_builder.progress import Listener, Silent
from site_builder.release.guards import Fates, encode_memory
from site_builder.release.live import AHEAD, BEFORE_LIVE, Live, against_live, day_ahead
from site_builder.release.place import held
from site_builder.release.stopped import noted
from site_builder.releasing.adopted import remember_or_adopt, told_of
from site_builder.releasing.inputs import inputs_digest
from site_builder.releasing.pipeline import Report, Target, go_live, report_of
from site_builder.releasing.remembered import digests_of, remember_whole
from site_builder.releasing.signed import key_fact, release_key, sign_release
from site_builder.render.environment import Theme, load_theme
from site_builder.write.province import next_change, version_of, write_province


def build_province(site: Site, options: Options, target: Target, listener: Listener) -> Report:
    """Build a release and make it live. Raises ``SiteBuilderError``; then everything is as it was."""
    theme, key = load_theme(target.themes, site.site.theme), release_key(site)
    with held(target.output, site.id, site.export.name) as place, ExitStack() as around:
        known = remember_or_adopt(place.folder) if target.adopt_live else remember_whole(place.folder)
        live = known.live
        found = days_refused(live, options)
        if target.activate:
            found += day_ahead(options.as_of, options.today, leave=AHEAD in options.allow)
            around.enter_context(noted(place.state, options.as_of, rebuild=live is not None and not found))
        if any(not one.warning for one in found):
            raise SiteBuilderError(found)
        inputs = inputs_digest(site, theme.folders, key_fact(key))
        same = live is not None and (live.inputs, live.as_of) == (inputs, options.as_of) and not known.lost
        if live is not None and same and not target.full and place.holds(live.release):
            pruned = place.prune(site.publish.keep) if target.activate else ([], [])
            return report_of(place, live, pruned, unchanged=True)
        root = place.work / "root"
        _made(site, theme, options.as_of, root, listener)
        sign_release(root, key)
        listener.step("审核")
        _audited(root, site, theme, options)
        made = _live(place.name_for(version_of(options.as_of), options.as_of), options.as_of, inputs, tuple(found))
        nothing = Fates(version_key=made.version_key, export="", published={}, withheld={})
        memories = encode_memory(nothing, known.memory)
        made = msgspec.structs.replace(made, files=list_digest(root), beside=digests_of(memories))
        report = go_live(place, root, made, memories, site, None, target, listener)
        return msgspec.structs.replace(report, warnings=(*told_of(known), *report.warnings))


def check_province(site: Site, options: Options, themes: Path, listener: Listener) -> Seen:
    """Make the web root aside and audit it; what was read. Raises ``SiteBuilderError`` with every finding."""
    theme = load_theme(themes, site.site.theme)
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "root"
        _made(site, theme, options.as_of, root, listener)
        listener.step("审核")
        return _audited(root, site, theme, options)


def preview_province(site: Site, as_of: dt.date, themes: Path, root: Path) -> None:
    """Make the web root in a new folder, for the webmaster's own eyes: never audited, never switched in."""
    _made(site, load_theme(themes, site.site.theme), as_of, root, Silent())


def days_refused(live: Live | None, options: Options) -> list[Finding]:
    """What the live release's day forbids; from one of a day to come the way back to the machine's day is open."""
    if live is None:
        return []
    leave = BEFORE_LIVE in options.allow
    return against_live(live, live.version, live.version_key, "", options.as_of, options.today, leave=leave)


def _made(site: Site, theme: Theme, as_of: dt.date, root: Path, listener: Listener) -> None:
    listener.step("页面")
    root.mkdir(parents=True)
    write_province(site, theme, as_of, root)


def _audited(root: Path, site: Site, theme: Theme, options: Options) -> Seen:
    seen = audit(root, site, options.as_of, options.engine.run, themes=theme.folders)
    refuse_findings(seen)
    return seen


def _live(release: str, as_of: dt.date, inputs: str, warnings: tuple[Finding, ...]) -> Live:
    return Live(
        release=release,
        version=version_of(as_of),
        version_key=(as_of.year, as_of.month, as_of.day),
        export="",
        as_of=as_of,
        inputs=inputs,
        allowed=(),
        quarantine=False,
        counts={},
        next_change=next_change(as_of),
        warnings=warnings,
    )
