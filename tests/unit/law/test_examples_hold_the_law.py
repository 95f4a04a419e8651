"""The cases of the shipped cities hold their law: change any rule, number or condition, and some case fails."""

import copy
import shutil

import pytest
from sizes import thinned
import yaml

from site_builder.config.site import SHIPPED
from site_builder.law.cities import all_shipped
from site_builder.law.examples import read_examples
from site_builder.law.folder import read_law
from site_builder.law.worked import Verdict, try_law
from site_builder.rules.watch import Clock
from site_builder.vocabulary import Kind, Level, TermStart

OTHER = {
    "natural_person": "organisation",
    "organisation": "natural_person",
    "unknown": "over",
    "over": "unknown",
    "broken": "open",
    "red_list": "model",
    "public": "query",
    "court": "objection",
    "penalty": "incentive",
    "normative_document": "law",
    "decided_on": "listed_on",
    "listed_on": "published_on",
    "published_on": "updated_on",
    "summary": "ordinary",
    "minor": "general",
    "revoked": "court",
    "invalid": "valid",
    "extend": "stop",
    "stop": "extend",
}
"""A word of a condition and another that may stand there."""

NO_CASES = {("cross_watch",), ("clauses",)}
"""They speak of releases, and of rows that make no record."""

ALONE = {"holds"}
"""Relations that know one word."""


TERM_ALONE = {(str(kind), "over") for kind in Kind if kind is not Kind.SEVERE}
"""Of other kinds' terms nothing else can be asked."""


def rules_of(city):
    """The data of a city; ``on`` is a key, not YAML's true."""
    return yaml.safe_load((SHIPPED[city] / "rules.yml").read_text("utf-8").replace(" on:", ' "on":'))


def places(node, path=()):
    """Every place of the data: its path and what stands there."""
    yield path, node
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inner:
        yield from places(value, (*path, key))


def at(law, path):
    for key in path:
        law = law[key]
    return law


def changed(law, path, value):
    other = copy.deepcopy(law)
    at(other, path[:-1])[path[-1]] = value
    return other


def without(law, path):
    other = copy.deepcopy(law)
    del at(other, path[:-1])[path[-1]]
    return other


def mutants(law):
    """(What was changed, the changed data), one change each: all that decides, and all that has a number."""
    yield from _terms(law)
    yield from _periods(law)
    for path, node in places(law):
        told = " ".join(map(str, path))
        if path[:1] in NO_CASES or (path[-2:-1] == ("articles",) and "not_repairable" in path):
            continue
        if isinstance(node, int) and not isinstance(node, bool):
            listed = at(law, path[:-1])
            numbers = (node + 1, node - 1) if isinstance(listed, dict) else (_free(node, listed),)
            yield from ((f"{told} {one} for {node}", changed(law, path, one)) for one in numbers)
        elif len(path) == 4 and path[2] == "withhold":
            yield f"{told} ({node['reason']}) removed", without(law, path)
        elif len(path) == 2 and path[0] in {"watch", "clocks"} and path[1] != Clock.OBJECTION:
            yield f"{told} removed", without(law, path)  # without the objections' clock watches cannot be read
        elif "when" in path or "when_any" in path:
            yield from _conditional(law, path, node, told)


def _terms(law):
    term = law["term"]
    for start in TermStart:
        if start != term["start"]:
            yield f"term start {start}", changed(law, ("term", "start"), str(start))
    yield "term at_end", changed(law, ("term", "at_end"), OTHER[term["at_end"]])
    if "when_sentenced" in term:
        yield "term when_sentenced", without(law, ("term", "when_sentenced"))
    for number, level in enumerate(term["special_wins"]):
        yield f"term special_wins {level}", without(law, ("term", "special_wins", number))
    if "always" not in term["special_wins"]:
        for level in (Level.LOCAL_REGULATION, Level.NATIONAL_RULE):
            wins = [*term["special_wins"], str(level)]
            yield f"term special_wins and {level}", changed(law, ("term", "special_wins"), wins)


def _periods(law):
    """What a kind's own term loses, where something is left of it."""
    for kind, rules in law["rules"].items():
        period = rules.get("term", {})
        if len(period) > 1 and "last_day" in period:
            yield f"{kind} last_day removed", without(law, ("rules", kind, "term", "last_day"))
        for number, column in enumerate(period.get("start", []) if len(period.get("start", [])) > 1 else []):
            yield f"{kind} start {column} removed", without(law, ("rules", kind, "term", "start", number))


def _conditional(law, path, node, told):
    group = at(law, path[:-1])
    column = path[-2] == "when" or path[-3:-2] == ("when_any",)
    if path[-2:-1] == ("when_any",) or (column and len(group) > 1) or path[-1] == "undone_by":
        yield f"{told} removed", without(law, path)
    elif isinstance(node, bool):
        yield f"{told} flipped", changed(law, path, not node)
    elif isinstance(node, str) and isinstance(path[-1], int):
        if path[0] == "rules" and "not_repairable" not in path:
            yield f"{told} {node} removed", without(law, path)
    elif isinstance(node, str) and path[-1] not in ALONE and (path[1], node) not in TERM_ALONE:
        other = "judgment" if path[-2] == "basis_act" else OTHER[node]
        other = "published_on" if path[-1] == "on" and path[1] in (Kind.PENALTY, Kind.LICENCE) else other
        yield f"{told} {other} for {node}", changed(law, path, other)


def _free(number, listed):
    """Another article than those that are listed."""
    return next(one for one in range(number + 1, number + 9) if one not in listed)


EVERY = [pytest.param(city, law, id=f"{city}: {told}") for city in SHIPPED for told, law in mutants(rules_of(city))]


@pytest.fixture(scope="module")
def cases():
    return {city: read_examples(SHIPPED[city], rules, None) for city, rules in all_shipped().items()}


@pytest.mark.parametrize(("city", "law"), thinned(EVERY, 3))
def test_law_that_was_changed_anywhere_fails_a_case(city, law, cases, tmp_path):
    shutil.copy(SHIPPED[city] / "city.yml", tmp_path)
    (tmp_path / "rules.yml").write_text(yaml.safe_dump(law, allow_unicode=True, sort_keys=False), "utf-8")
    assert try_law(cases[city], read_law(tmp_path, unfinished=True)).count(Verdict.FAILED)


@pytest.mark.parametrize("city", all_shipped())
def test_every_rule_and_every_number_was_changed(city):
    told = [one.id for one in EVERY if one.id.startswith(f"{city}: ")]
    rules = sum(len(one.rules) for one in all_shipped()[city].latest.kinds.values())
    assert sum(one.endswith("removed") and " withhold " in one and "(" in one for one in told) == rules
    assert len(told) == len(set(told))
    assert len(told) > 3 * rules
