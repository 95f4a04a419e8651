"""Everything of a build that writes no page: open, verify, read, decide, ask the guards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
import datetime as dt
from pathlib import Path

import msgspec

from site_builder.config.classes import publication_after, published
from site_builder.config.site import Site
from site_builder.content.announcements import change_after
from site_builder.decide.above import not_taken_back, taken_back, undecided
from site_builder.decide.announced_files import attachments_of
from site_builder.decide.cross_record_warnings import cross_record_warnings
from site_builder.decide.duties import Duties, duties
from site_builder.decide.names_withheld import names_withheld, search_of
from site_builder.decide.page_numbers import page_numbers
from site_builder.decide.resolve import (
    Resolved,
    dated,
    duplicates,
    fates,
    ids_of,
    measures_of_other_lists,
    repairs_revoked,
    resolve,
    unpublished_measures,
)
from site_builder.decide.site_facts import facts_of, shown_kinds, waivers_void
from site_builder.decide.stood import absent, stood_on
from site_builder.decide.stopping import LEFT_OUT, stopping_and_warning
from site_builder.decide.survey import Survey, Surveyed, SurveyJob, informed, survey_shard
from site_builder.errors import Exit, Finding, Place, SiteBuilderError
from site_builder.export.descriptor import Descriptor, load_descriptor
from site_builder.export.package import DESCRIPTOR, PackageFiles, open_in_place, open_package
from site_builder.export.readers import read
from site_builder.export.schema import headers
from site_builder.export.verify import verify
from site_builder.findings import GUARDS
from site_builder.law.cities import law_of
from site_builder.progress import Listener
from site_builder.release import guards, overlay_guards
from site_builder.release.guards import Fates, Memory
from site_builder.release.live import BEFORE_LIVE, ONCE, Live, against_live, same_export
from site_builder.release.resurrected import carried, resurrected, resurrected_unseen
from site_builder.rules.ruleset import Law, RuleSet
from site_builder.vocabulary import ALWAYS, LABELS, OPTIONAL, Kind
from site_builder.workers import Engine, Local

FIRST = (Kind.CATALOGUE, Kind.ROLE_MODEL)
"""What is read before the others, one after another: what they say is asked of the others."""

STAGES = (Kind.MEASURE, Kind.ROLE_MODEL, Kind.SEVERE, *OPTIONAL)
"""The order in which resources are read."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is asked to do. ``as_of`` is a day in Asia/Shanghai; ``wanted`` an id to keep the record of.

    ``kept``: the export is one of those in ``state/``, which nobody else changes, and is read where it lies.
    ``today`` is the machine's day there; None where no clock is asked. ``engine`` does the work.
    """

    export: Path
    as_of: dt.date
    kept: bool = False
    engine: Engine = Local()
    quarantine: bool = False
    allow: frozenset[str] = frozenset()
    wanted: str = ""
    today: dt.date | None = None


class Examined(msgspec.Struct, frozen=True, kw_only=True):
    """An export read and decided. ``stopping`` findings refuse it; ``warnings`` do not.

    ``absent``: where the memory of the live release was lost, the ids that would return without anyone's knowing why
    they are not on it.
    """

    law: Law
    surveys: tuple[Surveyed, ...]
    resolved: Resolved
    fates: Fates
    duties: Duties
    stopping: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    absent: dict[Kind, frozenset[str]] = msgspec.field(default_factory=dict)
    attached: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def rules(self) -> RuleSet:
        """The law of the day it is decided for."""
        return self.law.on(self.resolved.facts.as_of)

    def decided(self) -> Examined:
        """The same without what only reports and the next export ask for: it is held to the end of a build."""
        nothing = Fates(version_key=self.fates.version_key, export=self.fates.export, published={}, withheld={})
        surveys = tuple(one.counted() for one in self.surveys)
        return msgspec.structs.replace(
            self, surveys=surveys, fates=nothing, duties=Duties(unpublished=(), standing=(), clocks=())
        )


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """An export opened, its files checked against its descriptor, its version against the live release.

    ``files`` are a copy of the export, or the kept one: all that is read of it, and what is kept.
    ``again``: it is the live release's own export, on a day it may be built for; then that build's ``allowed`` guards
    and ``quarantine`` are repeated. ``kinds`` are those the site shows. ``found`` are the findings so far.
    ``before``: the as-of day of the live release; ``applied``: the rules above the city's law it was decided by;
    ``kept``: those of them that go on deciding its own export whatever is answered; ``attached``: the files of
    announcements it asked.
    """

    files: PackageFiles
    descriptor: Descriptor
    again: bool
    allowed: frozenset[str]
    quarantine: bool
    kinds: tuple[Kind, ...]
    found: tuple[Finding, ...]
    before: dt.date | None = None
    applied: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    attached: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Whether nothing was found that a rebuild of the live export does not pass over."""
        return all(one.warning or (self.again and one.code == "approval-expired") for one in self.found)


def open_export(site: Site, options: Options, live: Live | None, scratch: Path, listener: Listener) -> Verified:
    """Open and verify the export. Raises with every fault of the package or the descriptor."""
    listener.step("核验文件")
    most = site.export.max_unpacked
    files = open_in_place(options.export, most) if options.kept else open_package(options.export, scratch, most)
    descriptor, raw = load_descriptor(files)
    found = verify(
        files,
        descriptor,
        raw,
        site_export_name=site.export.name,
        trusted_keys=site.export.trusted_keys,
        as_of=options.as_of,
    )
    found += against_live(
        live,
        descriptor.version,
        descriptor.version_key,
        descriptor.digest,
        options.as_of,
        options.today,
        leave=BEFORE_LIVE in options.allow,
    )
    shown = shown_kinds(site, law_of(site).on(options.as_of))
    found += _not_shown(descriptor, shown)
    applied = live.applied if live is not None else frozenset[str]()
    again = same_export(live, descriptor.digest, options.as_of, options.today)
    return Verified(
        files=files,
        descriptor=descriptor,
        again=again,
        allowed=(options.allow - ONCE) | frozenset(live.allowed if live is not None and again else ()),
        quarantine=options.quarantine or (live is not None and again and live.quarantine),
        kinds=(*ALWAYS, *(kind for kind in OPTIONAL if kind in shown and descriptor.resource(kind) is not None)),
        found=tuple(found),
        before=live.as_of if live is not None else None,
        applied=applied,
        kept=not_taken_back(site, applied) if again else frozenset(),
        attached=live.attached if live is not None else {},
    )


def examine(
    site: Site,
    options: Options,
    verified: Verified,
    memory: Memory,
    stage: Path | None,
    listener: Listener,
) -> Examined:
    """Read and decide a verified export; records that may be published are staged in ``stage``, where given."""
    law = law_of(site, verified.kept)
    rules = law.on(options.as_of)
    rules.private.get_ready()
    files, descriptor, found = verified.files, verified.descriptor, list(verified.found)
    facts = facts_of(site, rules, options.as_of)
    survey = Survey(
        law=law,
        facts=facts,
        photos=descriptor.pictures,
        created=descriptor.created_on,
        stage=stage,
        kinds=verified.kinds,
        wanted=options.wanted.lower(),
        stood=stood_on(memory, facts),
        before=verified.before,
        standards=published(site.classes, options.as_of),
    )
    listener.step("读取并裁决", sum(resource.rows or 0 for resource in descriptor.resources))
    surveys: list[Surveyed] = []
    # First the catalogue, which decides how open its items' records may be (LY 13); then stories of role models.
    for kinds in (*((kind,) for kind in FIRST), tuple(kind for kind in verified.kinds if kind not in FIRST)):
        jobs = _jobs(site, files, descriptor, tuple(kind for kind in kinds if kind in verified.kinds), found)
        for surveyed in options.engine.run(survey_shard, survey, jobs):
            surveys.append(surveyed)
            listener.advance(surveyed.rows)
        survey = informed(survey, surveys)
    surveys.sort(key=lambda one: (STAGES.index(one.kind), one.shard))
    refused = [
        msgspec.structs.replace(fault, warning=verified.quarantine or (verified.again and fault.code in LEFT_OUT))
        for one in surveys
        for fault in one.faults
    ]
    found += duplicates(surveys)
    resolved = resolve(surveys, survey).sooner(change_after(site.folder, options.as_of))
    resolved = resolved.sooner(publication_after(site.classes, options.as_of))
    now = carried(fates(surveys, resolved, descriptor.version_key, descriptor.digest), memory)
    known = ids_of(surveys) if site.overlay or site.waivers.written else frozenset()
    now = msgspec.structs.replace(now, ordered=overlay_guards.ordered(site.overlay, known, memory))
    found += unpublished_measures(resolved, rules) + measures_of_other_lists(resolved)
    found += guards.asked(site, memory, now, dated(resolved), resolved.lists, profiles_stop=rules.list_profile_stops)
    unseen = _absent(surveys, resolved, survey)
    found += resurrected(memory, now, repairs_revoked(surveys), options.as_of, again=verified.again)
    found += resurrected_unseen(unseen)
    found += [*overlay_guards.asked(site, known, memory, options.as_of), *waivers_void(site, known)]
    found += [*taken_back(site, rules, verified.applied, options.as_of), *page_numbers(site, options.as_of)]
    found += (one for one in undecided(site, rules, options.as_of) if not one.warning)
    search, unread = search_of(survey, surveys, resolved.reasons), _jobs(site, files, descriptor, verified.kinds, [])
    attached = attachments_of(site, options.as_of)
    of_files = [*attached.found, *names_withheld(site, search, unread, options.engine, attached.texts)]
    asked = GUARDS - options.allow if verified.again else frozenset[str]()
    fresh = [one for one in of_files if one.code in asked and attached.new(one, verified.attached)]
    found += (one for one in of_files if one not in fresh)
    stopping, warnings = stopping_and_warning(found, options.allow, verified.allowed, again=verified.again)
    stopping += [*fresh, *(fault for fault in refused if not fault.warning)]
    warnings += [*(fault for fault in refused if fault.warning), *(told for one in surveys for told in one.warnings)]
    warnings += cross_record_warnings(surveys, rules, memory.live, resolved)
    return Examined(
        law=law,
        surveys=tuple(surveys),
        resolved=resolved,
        fates=now,
        duties=duties(surveys, resolved, rules, memory.live),
        stopping=tuple(sorted(stopping, key=_place)),
        warnings=tuple(sorted(warnings, key=_place)),
        absent=unseen,
        attached=attached.digests,
    )


def stopped_by(examined: Examined, more: Iterable[Finding]) -> Examined:
    """The same with more that stops it."""
    return msgspec.structs.replace(examined, stopping=(*more, *examined.stopping))


def refuse_if(examined: Examined) -> None:
    """Raise when anything stops the export."""
    if examined.stopping:
        raise SiteBuilderError([*examined.stopping, *examined.warnings], Exit.FINDINGS)


def _absent(surveys: list[Surveyed], resolved: Resolved, survey: Survey) -> dict[Kind, frozenset[str]]:
    """The ids, by kind, of records that are public now and should have stood on the live release: see ``Stood``."""
    found: dict[Kind, frozenset[str]] = {}
    for one in surveys if survey.stood is not None else ():
        open_ones = (each.record for each in one.open if each.record.id not in resolved.reasons[one.kind])
        ids = one.absent.union(each.id for each in open_ones if absent(each, survey.law, survey.stood))
        found[one.kind] = found.get(one.kind, frozenset()) | ids
    return {kind: ids for kind, ids in found.items() if ids}


def _not_shown(descriptor: Descriptor, shown: frozenset[Kind]) -> Iterator[Finding]:
    """Lists of the export that the site does not show: approved for the public, they may not be left out in silence."""
    for kind in OPTIONAL:
        if kind not in shown and descriptor.resource(kind) is not None:
            message = f"本站没有开放「{LABELS[kind]}」（{kind}）"
            hint = f"要公示的，在 site.yml 的 publish.kinds 里与别的各类一起写上 {kind}；不公示的，从导出中去掉"
            yield Finding("unknown-resource", Place(DESCRIPTOR), message, hint)


def _jobs(
    site: Site, files: PackageFiles, descriptor: Descriptor, kinds: tuple[Kind, ...], faults: list[Finding]
) -> Iterator[SurveyJob]:
    ignore = frozenset(site.export.ignore_columns)
    for kind in STAGES:
        resource = descriptor.resource(kind)
        if kind not in kinds or resource is None or resource.path not in files.sizes:
            continue
        batches = read(files.path(resource.path), resource, headers(kind), ignore, faults)
        for shard, batch in enumerate(batches):
            yield SurveyJob(kind, shard, batch)


def _place(finding: Finding) -> tuple[Place, str]:
    return finding.place, finding.code
