"""From an export to a release: the list of steps, and nothing else."""

from __future__ import annotations

from contextlib import ExitStack
import datetime as dt
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
import msgspec

from site_builder.audit.file_list import list_digest
from site_builder.config.site import Site
from site_builder.decide.examine import Examined, Options, Verified, examine, open_export, refuse_if
from site_builder.errors import Finding
from site_builder.pages import urls
from site_builder.processes import deaf
from site_builder.progress import Listener
from site_builder.release import journal, kept, spare
from site_builder.release.guards import Memory, encode_memory, exports_of
from site_builder.release.live import AHEAD, LIVE, Count, Live, day_ahead, encode_live
from site_builder.release.orders import encode_orders, kept_orders, read_orders
from site_builder.release.place import Pruned, SitePlace, Turn, held
from site_builder.release.shared import PAGES, Shared, encode_pages
from site_builder.release.stopped import noted
from site_builder.releasing.adopted import remember_or_adopt, told_of
from site_builder.releasing.audited import Standing, audited, encode_audited, standing
from site_builder.releasing.inputs import inputs_digest
from site_builder.releasing.remembered import digests_of, remember, remember_whole
from site_builder.releasing.roll import can_roll, changing, roll
from site_builder.releasing.signed import key_fact, release_key, sign_release
from site_builder.render.environment import load_theme
from site_builder.vocabulary import Kind


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What a build is asked for beside the options of reading. ``output`` is the folder all sites share.

    ``adopt_live``: what is lost of ``state/`` is rebuilt from the live web root instead of stopping the build.
    """

    output: Path
    themes: Path
    full: bool = False
    activate: bool = True
    adopt_live: bool = False


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did. ``unchanged``: the live release is already this one, and nothing was written."""

    release: str
    unchanged: bool
    active: bool
    counts: dict[Kind, Count]
    pages: int
    files: int
    next_change: dt.date | None
    warnings: tuple[Finding, ...]
    pruned: tuple[str, ...]


def build(site: Site, options: Options, target: Target, listener: Listener) -> Report:
    """Build a release and make it live. Raises ``SiteBuilderError``; then everything is as it was."""
    theme = load_theme(target.themes, site.site.theme)
    key = release_key(site)
    with held(target.output, site.id, site.export.name) as place, ExitStack() as around:
        live, memory, adopted = _known(place, target)
        verified = open_export(site, options, live, place.work / "export", listener)
        if target.activate:
            ahead = day_ahead(options.as_of, options.today, leave=AHEAD in options.allow)
            verified = msgspec.structs.replace(verified, found=(*verified.found, *ahead))
            around.enter_context(noted(place.state, options.as_of, rebuild=verified.again and not (ahead or adopted)))
        inputs = inputs_digest(site, theme.folders, key_fact(key))
        last = None
        if live is not None and not target.full and place.holds(live.release):
            same = not adopted and live.inputs == inputs and _same(live, verified)
            if same and live.as_of == options.as_of:
                _keep(place, live, verified)
                pruned = place.prune(site.publish.keep) if target.activate else ([], [])
                return report_of(place, live, pruned, unchanged=True)
            last = standing(place.state, place.releases / live.release)
            if last is not None and same and can_roll(live, options.as_of):
                return _roll(place, live, last, site, options, verified, target, listener, key)
        # What follows takes long to load, and most nights change nothing.
        from site_builder.releasing.auditing import audit_root, taken_over  # noqa: PLC0415
        from site_builder.write.web_root import write_root  # noqa: PLC0415

        stage = _folder(place.work / "stage")
        examined = examine(site, options, verified, memory, stage, listener)
        refuse_if(examined)
        memories = encode_memory(examined.fates, memory)
        beside = digests_of(memories)
        orders = kept_orders(read_orders(place.state), site.overlay, options.as_of, examined.fates, memory)
        memories |= encode_orders(orders)
        examined, memory = examined.decided(), Memory(None, None)
        root = _folder(place.work / "root")
        shared = last.files if last is not None else None
        written = write_root(site, options, verified, examined, theme, stage, root, listener, inputs, shared)
        sign_release(root, key)
        files = list_digest(root)
        memories |= encode_pages(files, written)
        listener.step("审核")
        taken = taken_over(last, inputs, root) if last is not None else None
        last, shared, written = None, None, []  # each holds all paths, and the audit needs the room
        seen = audit_root(root, site, verified, examined, stage, theme.folders, options.engine, taken)
        made = _live(place.name_for(verified.descriptor.version, options.as_of), options, verified, examined, inputs)
        made = msgspec.structs.replace(made, files=files, beside=beside)
        memories |= encode_audited(audited(root, inputs, seen.searched, made.release, memories[PAGES]))
        report = go_live(place, root, made, memories, site, verified, target, listener)
        return msgspec.structs.replace(report, warnings=(*adopted, *report.warnings))


def _known(place: SitePlace, target: Target) -> tuple[Live | None, Memory, list[Finding]]:
    """What is remembered of the live release, with a warning for each part that had to be rebuilt from it.

    Raises ``SiteBuilderError`` where something is lost and is not to be rebuilt, or cannot be.
    """
    known = remember_or_adopt(place.folder) if target.adopt_live else remember_whole(place.folder)
    return known.live, known.memory, told_of(known)


def _same(live: Live, verified: Verified) -> bool:
    """Whether this is the live release's export again, built in the same way."""
    return (
        verified.clean
        and live.export == verified.descriptor.digest
        and live.allowed == tuple(sorted(verified.allowed))
        and live.quarantine == verified.quarantine
    )


def _roll(
    place: SitePlace,
    live: Live,
    last: Standing,
    site: Site,
    options: Options,
    verified: Verified,
    target: Target,
    listener: Listener,
    key: Ed25519PrivateKey | None,
) -> Report:
    """The live release on a later day on which nothing else changes; what was warned of is warned of again."""
    listener.step("换上新的核验日")
    root, squeeze = place.work / "root", site.publish.precompress
    is_spare = spare.take(place.state, last.files.root, live.files, root)
    if not is_spare:
        root.mkdir()
    written = roll(last.files, root, options.as_of, options.engine, squeeze=squeeze, spare=is_spare)
    sign_release(root, key)
    found = [msgspec.structs.replace(one, warning=True) for one in verified.found]
    codes = {one.code for one in found}
    made = msgspec.structs.replace(
        live,
        release=place.name_for(live.version, options.as_of),
        as_of=options.as_of,
        warnings=(*found, *(one for one in live.warnings if one.code not in codes)),
        files=list_digest(root),
    )
    memories = encode_pages(made.files, written)
    memories |= encode_audited(audited(root, live.inputs, last.audit.searched, made.release, memories[PAGES]))
    return go_live(place, root, made, memories, site, verified, target, listener, turn=last.files)


def go_live(
    place: SitePlace,
    root: Path,
    made: Live,
    memories: dict[str, bytes],
    site: Site,
    verified: Verified | None,
    target: Target,
    listener: Listener,
    *,
    turn: Shared | None = None,
) -> Report:
    """Put a finished web root among the releases and, where asked for, make it live; ``verified`` what it is made of.

    None for a site that has no export. ``turn``: the release before, where the new one differs in the day alone.
    """
    listener.step("切换")
    pruned: Pruned = [], []
    if target.activate:
        try:
            if verified is not None:
                _keep(place, made, verified)
            journal.prepare(place.state, {LIVE: encode_live(made)} | memories)
            _switch(place, place.resolve(root, made.release), listener)
        finally:
            place.recover()
            if turn is None and not (known := remember(place.folder)).lost:
                kept.forget_others(place.state, exports_of(known.memory))
        changed = None if turn is None else Turn(turn.root, turn.digests, list(changing(turn)))
        pruned = place.prune(site.publish.keep, changed)
    else:
        place.resolve(root, made.release)
    return report_of(place, made, pruned, unchanged=False)


def _switch(place: SitePlace, release: Path, listener: Listener) -> None:
    """Switch, and tell of it whatever comes after: nobody is to say that nothing changed."""
    with deaf():
        try:
            place.switch(release)
        finally:
            if place.holds(release.name):
                listener.switched(release.name)


def _live(release: str, options: Options, verified: Verified, examined: Examined, inputs: str) -> Live:
    descriptor = verified.descriptor
    return Live(
        release=release,
        version=descriptor.version,
        version_key=descriptor.version_key,
        export=descriptor.digest,
        as_of=options.as_of,
        inputs=inputs,
        allowed=tuple(sorted(verified.allowed)),
        quarantine=verified.quarantine,
        counts=examined.resolved.counts,
        next_change=examined.resolved.next_change,
        warnings=examined.warnings,
        applied=examined.rules.words.applied,
        attached=examined.attached,
    )


def report_of(place: SitePlace, live: Live, pruned: Pruned, *, unchanged: bool) -> Report:
    """What a build did that ended with this release."""
    root = place.releases / live.release
    listed = (root / urls.RELEASE_FILES).read_text("utf-8").splitlines()
    return Report(
        release=str(root),
        unchanged=unchanged,
        active=place.live_root() == root,
        counts=live.counts,
        pages=sum(line.endswith(".html") for line in listed),
        files=len(listed) + 2 + (root / urls.RELEASE_SIGNATURE).is_file(),
        next_change=live.next_change,
        warnings=(*live.warnings, *pruned[1]),
        pruned=tuple(pruned[0]),
    )


def _keep(place: SitePlace, live: Live, verified: Verified) -> None:
    """Keep the copy that was verified and read, so that it can be built again wherever it came from."""
    kept.keep(place.state, live.export, verified.files.root, verified.files.sizes)


def _folder(path: Path) -> Path:
    path.mkdir(parents=True)
    return path
