"""Small laws made up at random: rules, terms and words of one kind, dated or not, with texts formats stumble over.

They need not be laws a city could have.
"""

from hypothesis import strategies as st

from site_builder.config.source import Mapping, Scalar, Sequence
from site_builder.law import spelled as s
from site_builder.law.english import told_words
from site_builder.rules.decision import Reason
from site_builder.vocabulary import Kind

TEXT = st.text("演示甲，。;；、|\"'[]{}#&-? \n a1“”~", min_size=1, max_size=8)
LINE = st.text("演示甲，。;；、|\"'[]{}#&-?a1“”~", min_size=1, max_size=6)
NUMBERS = st.lists(st.sampled_from(["1", "33", "XX 28", "5-2"]), min_size=1, max_size=3)
DAYS = st.sampled_from(
    [{}, {"from": "2026-04-01"}, {"until": "2026-03-31"}, {"from": "2026-04-01", "until": "2027-01-01"}]
)
LATER = st.sampled_from([{}, {}, {"later_key": "甲"}, {"later_key": ["1", {"a": "2"}]}])
RELATIONS = sorted(s.RELATIONS.values())
LISTED = {"in", "not_in", "tells_of", "cites_only"}


def node(value):
    """A value as the reader of YAML would have it."""
    match value:
        case dict():
            return Mapping(tuple((Scalar(key, 1, plain=False), node(one)) for key, one in value.items()), 1)
        case list():
            return Sequence(tuple(map(node, value)), 1)
        case _:
            return Scalar(value, 1, plain=False)


@st.composite
def group(draw, kind):
    """Conditions that hold at once, by column."""
    names = draw(st.lists(st.sampled_from(sorted(set(s.asked(kind).values()))), min_size=1, max_size=2, unique=True))
    found = {}
    for name in names:
        relation = draw(st.sampled_from(RELATIONS))
        words = sorted(set(told_words(name, relation)(kind).values()))
        one = st.sampled_from(words) if words else LINE
        found[name] = {relation: draw(st.lists(one, max_size=2) if relation in LISTED else one)}
        if draw(st.booleans()):
            found[name]["undone_by"] = draw(st.sampled_from(sorted(set(s.columns(kind).values()))))
    return found


@st.composite
def rule(draw, kind):
    """A rule, dated or not."""
    groups = draw(st.lists(group(kind), min_size=1, max_size=2))
    when = {"when": groups[0]} if draw(st.booleans()) else {"when_any": groups}
    own = {"reason": draw(st.sampled_from(list(Reason))).value, "articles": draw(NUMBERS), "asks": draw(TEXT)}
    return own | draw(DAYS) | draw(LATER) | when


@st.composite
def laws(draw):
    """The files of a folder, by name."""
    kind = draw(st.sampled_from(Kind))
    rules = {
        "term": {"months": draw(st.sampled_from(["1", "6", "18", "60", "961"])), "start": "act_end"} | draw(DAYS),
        "rules": {
            kind.value: {"published_by": draw(NUMBERS), "withhold": draw(st.lists(rule(kind), min_size=1, max_size=2))}
        },
        "clocks": {"objection": {"articles": draw(NUMBERS), "days": "3"} | draw(DAYS)},
    }
    way = st.fixed_dictionaries({"title": TEXT, "text": TEXT, "articles": NUMBERS})
    words = {
        "repair": draw(way) | draw(DAYS),
        "kinds": {kind.value: {"intro": draw(TEXT), "ways": [draw(way), draw(way)]}},
    }
    case = {
        "name": draw(LINE),
        "row": "甲",
        "facts": {draw(LINE): draw(st.one_of(TEXT, st.just("")))},
        "as_of": ["2026-01-01"],
    }
    case |= {"expected": {"fate": "公开", "reasons": draw(st.lists(LINE, max_size=2)), "warned": []}}
    examples = {
        "worked_by": draw(LINE),
        "rows": {"甲": {"kind": kind.value, "facts": {"id": draw(TEXT)}}},
        "cases": [case],
    }
    files = {"city.yml": {"code": draw(LINE), "short": draw(TEXT)}, "rules.yml": rules, "words.yml": words}
    return {name: node(of) for name, of in (files | {"examples.yml": examples}).items()}
