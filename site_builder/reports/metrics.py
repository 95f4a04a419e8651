"""What a monitor reads after each build: Prometheus' text format, for node_exporter's textfile collector."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import datetime as dt

from site_builder.release.live import Live

_CHINA = dt.timezone(dt.timedelta(hours=8))


def metrics(site_id: str, live: Live | None, result: int, seconds: float) -> Iterator[str]:
    """The figures of a site, numbers only: the last build's exit code and duration, and what is live after it.

    ``live`` is None before the first release, and where its memory cannot be read. Days are told as their first moment
    in Asia/Shanghai, in seconds since 1970.
    """
    site = f'site="{_escaped(site_id)}"'
    yield from _gauge("result", "Exit code of the last build; 0 where it was done.", {site: result})
    yield from _gauge("duration_seconds", "How long the last build took.", {site: round(seconds, 3)})
    if live is None:
        return
    yield from _gauge("as_of_timestamp_seconds", "The live release's as-of day.", {site: _moment(live.as_of)})
    if live.next_change is not None:
        change = {site: _moment(live.next_change)}
        yield from _gauge(
            "next_change_timestamp_seconds", "The day the live release must have been built again.", change
        )
    published = {f'{site},kind="{kind}"': count.published for kind, count in live.counts.items()}
    yield from _gauge("published_records", "Records in the live release.", published)


def _gauge(name: str, about: str, values: Mapping[str, float]) -> Iterator[str]:
    yield f"# HELP site_builder_{name} {about}\n# TYPE site_builder_{name} gauge\n"
    yield from (f"site_builder_{name}{{{labels}}} {value}\n" for labels, value in values.items())


def _moment(day: dt.date) -> int:
    return int(dt.datetime.combine(day, dt.time(), _CHINA).timestamp())


def _escaped(label: str) -> str:
    return label.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
