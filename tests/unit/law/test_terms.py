"""The mappings ``term`` of ``rules.yml``: what they say is reckoned by, and what is wrong in them is told."""

import pytest

from site_builder.config.fields import Fields
from site_builder.config.source import Faults, parse_yaml
from site_builder.law.terms import read_period, read_terms
from site_builder.rules.term import Period, Terms
from site_builder.vocabulary import Level, TermStart

DAYS = ("listed_on", "act_ended_on", "valid_through")


def fields(text):
    faults = Faults("rules.yml")
    return Fields(parse_yaml(text, faults), faults, path="term."), faults


def terms(text):
    read, faults = fields(text)
    found = read_terms(read)
    assert faults.found == []
    return found


def told(text, reader=read_terms):
    read, faults = fields(text)
    reader(read)
    return [(one.code, one.place.row, one.message, one.hint) for one in faults.found]


def period(text):
    read, faults = fields(text)
    found = read_period(read, DAYS)
    assert faults.found == []
    return found


def told_of_period(text):
    return told(text, lambda read: read_period(read, DAYS))


def test_term_is_read_as_it_is_written():
    text = "months: 60, start: decision, when_sentenced: sentence_end, at_end: extend"
    assert terms(f"{{{text}, special_wins: [law, national_rule]}}") == Terms(
        months=60,
        start=TermStart.DECISION,
        sentenced=TermStart.SENTENCE_END,
        extended=True,
        wins=frozenset({Level.LAW, Level.NATIONAL_RULE}),
        always=False,
    )


def test_term_of_those_who_were_sentenced_runs_like_the_others_where_nothing_is_said():
    for start in TermStart:
        assert terms(f"{{months: 1, start: {start}, at_end: stop}}") == Terms(
            months=1, start=start, sentenced=start, extended=False, wins=frozenset(), always=False
        )


def test_special_term_may_always_win():
    found = terms("{months: 960, start: act_end, at_end: stop, special_wins: [always]}")
    assert (found.always, found.wins, found.months) == (True, frozenset(), 960)


def test_term_lacks_nothing():
    assert told("{}") == [("missing-key", 1, f"缺少「term.{key}」", "补上它") for key in ("start", "months", "at_end")]
    read, _ = fields("{}")
    assert read_terms(read).start is TermStart.ACT_END


@pytest.mark.parametrize(
    ("right", "wrong", "code", "message", "hint"),
    [
        ("start: act_end", "start: act", "bad-value", "「term.start」写的是「act」", "act_end、sentence_end、listing"),
        ("months: 60", "months: 0", "bad-value", "「term.months」写的是「0」", "应当是1 到 960的整数"),
        ("months: 60", "months: 961", "bad-value", "「term.months」写的是「961」", "应当是1 到 960的整数"),
        ("at_end: stop", "at_end: end", "bad-value", "「term.at_end」写的是「end」", "应当是 extend、stop 之一"),
        (
            "at_end: stop",
            "at_end: stop, when_sentenced: served",
            "bad-value",
            "「term.when_sentenced」写的是「served」",
            "act_end、sentence_end、listing",
        ),
        (
            "at_end: stop",
            "at_end: stop, special_wins: [rule]",
            "bad-value",
            "「term.special_wins」写的是「rule」",
            "always、law、administrative_regulation",
        ),
        ("at_end: stop", "at_end: stop, last_day: x", "unknown-key", "不认识的键「term.last_day」", "可用的键：start"),
    ],
)
def test_what_is_wrong_in_a_term_is_told(right, wrong, code, message, hint):
    [(found, row, said, cure)] = told("{months: 60, start: act_end, at_end: stop}".replace(right, wrong))
    assert (found, row, said) == (code, 1, message)
    assert hint in cure


def test_term_of_another_kind_is_read_as_it_is_written():
    assert period("{last_day: valid_through, months: 960, start: [act_ended_on, listed_on]}") == Period(
        until="valid_through", months=960, starts=("act_ended_on", "listed_on")
    )
    assert period("{last_day: valid_through}") == Period(until="valid_through")
    assert period("{months: 1, start: [listed_on]}") == Period(months=1, starts=("listed_on",))


@pytest.mark.parametrize(
    ("text", "code", "message", "hint"),
    [
        (
            "{months: 24}",
            "missing-key",
            "term 有 months，没有 start",
            "写上从哪一列的日子起算，如 start: [listed_on]",
        ),
        ("{start: [listed_on]}", "missing-key", "缺少「term.months」", "补上它"),
        ("{last_day: cause}", "bad-value", "「term.last_day」写的是「cause」", f"应当是 {'、'.join(DAYS)} 之一"),
        (
            "{last_day: valid_through, start: [cause]}",
            "bad-value",
            "「term.start」写的是「cause」",
            f"可以写 {'、'.join(DAYS)}",
        ),
        (
            "{months: 961, start: [listed_on]}",
            "bad-value",
            "「term.months」写的是「961」",
            "应当是0 到 960的整数，前面不加 0",
        ),
        (
            "{last_day: valid_through, at_end: stop}",
            "unknown-key",
            "不认识的键「term.at_end」",
            "可用的键：start、last_day、months",
        ),
    ],
)
def test_what_is_wrong_in_the_term_of_another_kind_is_told(text, code, message, hint):
    assert told_of_period("\n" + text) == [(code, 2, message, hint)]
