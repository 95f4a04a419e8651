"""What a condition of ``rules.yml`` asks of a record: each relation where it holds and where it does not."""

import datetime as dt

from decided_records import AS_OF, CODE, breach, entry, facts, item, measure, model, ordered, person, watched
import pytest

from site_builder.config.fields import Fields
from site_builder.config.source import Faults, parse_yaml
from site_builder.kinds.record import RECORDED
from site_builder.law.conditions import groups
from site_builder.law.relations import KNOWN, OLDEST, Asked
from site_builder.rules.decision import OverlayOrder
from site_builder.rules.term import Terms
from site_builder.vocabulary import Action, Disclosure, Kind, Level, TermStart

DAY = dt.timedelta(days=1)
TERMS = Terms(
    months=36,
    start=TermStart.DECISION,
    sentenced=TermStart.SENTENCE_END,
    extended=False,
    wins=frozenset(),
    always=False,
)
"""Three years from the decision, from the end of a sentence where one was passed."""
LAST = dt.date(2027, 5, 10)
"""The last day of those of ``entry()``."""


def asked(kind, **known):
    recorded = RECORDED[kind]
    severe = kind is Kind.SEVERE
    values = {
        "terms": TERMS if severe else None,
        "last_day": TERMS.own_until if severe else None,
        "personal_data": lambda record, given: record.cause == "演示私事" and given.as_of == AS_OF,
    }
    return Asked(
        kind=kind,
        columns={column.name: column for column in recorded.columns},
        fields=dict(zip(recorded.record.__struct_encode_fields__, recorded.record.__struct_fields__, strict=True)),
        **(values | known),
    )


def read(text, kind=Kind.SEVERE, **known):
    """The condition, and the faults of its text: code, row, message, hint."""
    faults = Faults("rules.yml")
    holds = groups(Fields(parse_yaml(text, faults), faults), asked(kind, **known))
    return holds, [(one.code, one.place.row, one.message, one.hint) for one in faults.found]


def holds(text, record, given=None, **known):
    condition, faults = read(f"when: {{{text}}}", record.kind, **known)
    assert faults == []
    return condition(record, facts() if given is None else given)


def faults(text, kind=Kind.SEVERE, **known):
    return read(f"when: {{{text}}}", kind, **known)[1]


# ---------------------------------------------------------------------------------------------------- words and texts


@pytest.mark.parametrize(
    ("text", "record", "other"),
    [
        ("disclosure: {is: public}", entry(), entry(disclosure=Disclosure.QUERY)),
        ("disclosure: {is_not: query}", entry(), entry(disclosure=Disclosure.QUERY)),
        ("disclosure: {in: [query, public]}", entry(), entry(disclosure=Disclosure.SHARED)),
        ("disclosure: {not_in: [query, shared]}", entry(), entry(disclosure=Disclosure.QUERY)),
        ("term_level: {not_in: [law]}", entry(), entry(term_level=Level.LAW)),
        ("term_level: {empty: true}", entry(), entry(term_level=Level.LAW)),
        ("term_level: {empty: false}", entry(term_level=Level.LAW), entry()),
        ("list_name: {in: [演示甲, 演示乙]}", entry(list_name="演示乙"), entry(list_name="演示")),
        ("list_name: {not_in: [演示甲, 演示乙]}", entry(list_name="演示"), entry(list_name="演示甲")),
        ("region: {in: ['210200']}", entry(region="210200"), entry(region="210201")),
        ("kind: {in: [penalty]}", measure(), measure(effect="incentive")),
        ("sentenced: {is: true}", entry(sentenced=True), entry()),
        ("sentenced: {is: false}", entry(), entry(sentenced=True)),
    ],
)
def test_word_or_text_is_one_of_those_that_are_written(text, record, other):
    assert holds(text, record)
    assert not holds(text, other)


@pytest.mark.parametrize("written", ["", "无", " 略 ", "／"])
def test_text_that_says_nothing_is_empty(written):
    assert holds("cause: {empty: true}", entry(cause=written))
    assert not holds("cause: {empty: true}", entry(cause="演示事由"))
    assert holds("cause: {empty: false}", entry(cause="演示事由"))


def test_list_is_empty_where_each_of_its_texts_is():
    assert holds("basis: {empty: true}", entry(basis=()))
    assert holds("basis: {empty: true}", entry(basis=("无", "")))
    assert not holds("basis: {empty: true}", entry(basis=("无", "《演示条例》")))


def test_column_that_the_records_call_otherwise_is_asked_of_what_it_holds():
    assert holds("name: {tells_of: [诚信]}", model())
    assert not holds("name: {empty: true}", model())
    assert holds("name: {empty: true}", model(subject_name="无"))
    assert holds("name: {cites_only: [演示条例]}", model(subject_name="《演示条例》"))
    assert not holds("name: {cites: true}", model())
    assert not holds("kind: {empty: true}", measure())


def test_text_tells_of_something_across_a_gap_of_twelve_characters():
    asks = "cause: {tells_of: [吊销…许可, 责令停业]}"
    assert holds(asks, entry(cause="被责令停业"))
    assert holds(asks, entry(cause="吊销许可"))
    assert holds(asks, entry(cause="吊销" + "演" * 12 + "许可"))
    assert not holds(asks, entry(cause="吊销" + "演" * 13 + "许可"))
    assert not holds(asks, entry(cause="吊销\n许可"))
    assert not holds(asks, entry(cause="许可吊销"))
    assert not holds(asks, entry(cause="责令改正"))


def test_dots_of_a_text_that_is_told_of_are_themselves():
    assert holds("cause: {tells_of: [A.B]}", entry(cause="演示A.B"))
    assert not holds("cause: {tells_of: [A.B]}", entry(cause="演示AXB"))


@pytest.mark.parametrize(
    ("asks", "told"), [("停产（业）", "停产(业)"), ("停产(业)", "停产（业）"), ("A…B", "Ａ演示Ｂ")]
)
def test_widths_of_characters_hide_nothing_that_is_told_of(asks, told):
    assert holds(f"cause: {{tells_of: ['{asks}']}}", entry(cause=told))


def test_list_tells_of_something_where_one_of_its_texts_does():
    assert holds("basis: {tells_of: [条例]}", entry(basis=("《演示法》", "《演示条例》")))
    assert not holds("basis: {tells_of: [条例]}", entry(basis=("《演示法》",)))
    assert not holds("basis: {tells_of: []}", entry())


def test_text_cites_an_instrument_only_with_something_between_its_marks():
    assert holds("natural_person_basis: {cites: true}", entry(natural_person_basis="依照《演示法》"))
    assert not holds("natural_person_basis: {cites: true}", entry(natural_person_basis="演示法《 》"))
    assert holds("natural_person_basis: {cites: false}", entry(natural_person_basis="演示法"))


@pytest.mark.parametrize("own", ["演示法", "中华人民共和国演示法"])
def test_nothing_is_cited_but_the_citys_own_whatever_stands_before_its_name(own):
    asks = f"basis: {{cites_only: [演示条例, {own}]}}"
    assert holds(asks, entry(basis=()))
    assert holds(asks, entry(basis=("《演示条例》第一条、《演示法》第二条",)))
    assert holds(asks, entry(basis=("《演示条例》第一条", "《中华人民共和国演示法》")))
    assert not holds(asks, entry(basis=("《演示条例》第一条、《演示办法》",)))
    assert not holds(asks, entry(basis=("《演示条例》第一条", "《演示中华人民共和国演示法》")))
    assert holds("cause: {cites_only: [演示条例]}", entry(cause="违反《演示条例》"))
    assert not holds("cause: {cites_only: [演示条例]}", entry(cause="违反《演示办法》"))


# --------------------------------------------------------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("text", "before", "on", "after"),
    [
        ("removed_on: {past: true}", True, True, False),
        ("removed_on: {past: false}", False, False, True),
        ("removed_on: {to_come: true}", False, False, True),
        ("removed_on: {to_come: false}", True, True, False),
        ("removed_on: {over: true}", True, False, False),
        ("removed_on: {over: false}", False, True, True),
        ("removed_on: {empty: true}", False, False, False),
        ("removed_on: {empty: false}", True, True, True),
        ("act_ended_on: {empty: true}", False, False, True),
        ("act_ended_on: {empty: false}", True, True, False),
    ],
)
def test_day_is_compared_with_the_as_of_day(text, before, on, after):
    column = text.partition(":")[0]
    found = [holds(text, entry(**{column: AS_OF + days * DAY})) for days in (-1, 0, 1)]
    assert found == [before, on, after]


@pytest.mark.parametrize("asks", ["past", "to_come", "over"])
def test_day_that_is_missing_is_neither_past_nor_to_come(asks):
    assert not holds(f"removed_on: {{{asks}: true}}", entry())
    assert holds(f"removed_on: {{{asks}: false}}", entry())
    assert holds("removed_on: {empty: true}", entry())


def test_what_is_past_may_have_been_undone():
    asks = "repaired_on: {past: true, undone_by: repair_revoked_on}"
    assert holds(asks, entry(repaired_on=AS_OF))
    assert holds(asks, entry(repaired_on=AS_OF, repair_revoked_on=AS_OF - DAY))
    assert not holds(asks, entry(repaired_on=AS_OF, repair_revoked_on=AS_OF))
    assert holds("repaired_on: {past: true}", entry(repaired_on=AS_OF, repair_revoked_on=AS_OF))


def test_day_is_not_by_that_of_another_column():
    asks = "notified_on: {not_by: decided_on}"
    decided = entry().decided_on
    assert holds(asks, entry(notified_on=None))
    assert holds(asks, entry(notified_on=decided + DAY))
    assert not holds(asks, entry(notified_on=decided))
    assert not holds("notified_on: {not_by: removed_on}", entry())
    assert holds("notified_on: {not_by: removed_on}", entry(notified_on=None))


def test_person_is_younger_on_the_day_of_another_column():
    asks = "subject_code: {younger_than: 18, on: decided_on}"
    born = dt.date(1949, 12, 31)
    assert holds(asks, person(decided_on=dt.date(1967, 12, 30)))
    assert not holds(asks, person(decided_on=born.replace(year=1967)))
    assert not holds(asks, entry(decided_on=dt.date(1967, 12, 30)))
    assert not holds("subject_code: {younger_than: 18, on: listed_on}", person(decided_on=dt.date(1967, 12, 30)))
    assert holds(f"subject_code: {{younger_than: {OLDEST}, on: decided_on}}", person())


# ------------------------------------------------------------------------------------------- what is known beside them


def test_subject_is_a_natural_person_or_not():
    assert holds("subject: {is: natural_person}", person())
    assert not holds("subject: {is: natural_person}", entry())
    assert holds("subject: {is: organisation}", entry())
    assert not holds("subject: {is: organisation}", person())


@pytest.mark.parametrize("what", Action)
def test_overlay_orders_an_action_from_its_day(what):
    for action in Action:
        assert holds(f"overlay: {{orders: {what}}}", entry(), ordered(entry(), action, AS_OF)) == (action is what)
    assert not holds(f"overlay: {{orders: {what}}}", entry(), ordered(entry(), what, AS_OF + DAY))


def test_overlay_acts_beside_the_column_of_its_name():
    assert holds("removed_on: {past: true}", entry(), ordered(entry(), Action.REMOVED, AS_OF))
    assert not holds("repaired_on: {past: true}", entry(), ordered(entry(), Action.REMOVED, AS_OF))
    orders = {(Kind.SEVERE, "s-1"): (OverlayOrder(Action.REPAIRED, AS_OF - 2 * DAY),)}
    undone = entry(repair_revoked_on=AS_OF - DAY)
    assert not holds("repaired_on: {past: true, undone_by: repair_revoked_on}", undone, facts(orders=orders))


def test_term_is_over_on_the_day_after_its_last():
    assert not holds("term: {is: over}", entry(), facts(LAST))
    assert holds("term: {is: over}", entry(), facts(LAST + DAY))
    serving = person(sentenced=True)
    assert not holds("term: {is: over}", serving, facts(dt.date(2099, 1, 1)))
    assert not holds("term: {is: unknown}", serving)
    assert not holds("term: {is: unknown}", entry(), facts(LAST + DAY))


def test_term_is_unknown_where_nothing_tells_when_it_starts():
    from_the_act = {
        "terms": Terms(**{one: getattr(TERMS, one) for one in TERMS.__struct_fields__} | {"start": "act_end"})
    }
    assert holds("term: {is: unknown}", entry(act_ended_on=None), **from_the_act)
    assert not holds("term: {is: unknown}", entry(), **from_the_act)
    ends = entry(act_ended_on=AS_OF + DAY)
    assert holds("term: {is: unknown}", ends, **from_the_act)
    assert not holds("term: {is: unknown}", ends, facts(AS_OF + DAY), **from_the_act)


def test_term_of_another_kind_is_over_on_the_day_after_its_last():
    last_day = {"last_day": lambda record, as_of: record.valid_through if as_of.year > 2000 else None}
    last = watched().valid_through
    assert not holds("term: {is: over}", watched(), facts(last), **last_day)
    assert holds("term: {is: over}", watched(), facts(last + DAY), **last_day)
    assert not holds("term: {is: over}", watched(valid_through=None), **last_day)


def test_catalogue_closes_what_is_open_and_not_of_it():
    named = entry(catalogue_item="ML-1")
    asks = "catalogue: {closes: true}"
    assert holds(asks, named, facts(catalogue=frozenset()))
    assert not holds(asks, named, facts(catalogue=frozenset({"ML-1"})))
    assert not holds(asks, named)
    assert not holds(asks, entry(), facts(catalogue=frozenset()))
    assert not holds(asks, person(catalogue_item="ML-1"), facts(catalogue=frozenset()))
    assert not holds(asks, entry(catalogue_item="ML-1", disclosure=Disclosure.QUERY), facts(catalogue=frozenset()))
    assert holds("catalogue: {closes: false}", named)


def test_severe_list_has_a_code_however_it_is_written():
    listed = facts(listed_codes=frozenset({CODE}))
    assert holds("severe_list: {has_code: true}", model(subject_code=CODE.lower()), listed)
    assert not holds("severe_list: {has_code: true}", model(), facts())
    assert holds("severe_list: {has_code: false}", model(), facts())


def test_repair_is_excluded_as_the_citys_law_says():
    barred = {"not_repairable": lambda record, given: record.sentenced and given.as_of == AS_OF}
    assert holds("repair: {excluded: true}", person(sentenced=True), **barred)
    assert not holds("repair: {excluded: true}", person(), **barred)
    assert holds("repair: {excluded: false}", person(), **barred)
    assert not holds("repair: {excluded: true}", person(sentenced=True)), "a law that excludes nothing"


def test_personal_data_is_looked_for_in_what_would_be_shown():
    assert holds("shown: {holds: personal_data}", entry(cause="演示私事"))
    assert not holds("shown: {holds: personal_data}", entry())


# --------------------------------------------------------------------------------------------------- several at once


def test_all_of_one_group_hold():
    both = "sentenced: {is: true}, cause: {empty: true}"
    assert holds(both, entry(sentenced=True, cause=""))
    assert not holds(both, entry(sentenced=True))
    assert not holds(both, entry(cause=""))
    two = "removed_on: {past: true, over: true}"
    assert holds(two, entry(removed_on=AS_OF - DAY))
    assert not holds(two, entry(removed_on=AS_OF)), "past, and not over"


def test_one_group_of_several_holds():
    text = "when_any:\n- {sentenced: {is: true}, cause: {empty: true}}\n- {remedies: {empty: true}}\n"
    condition, found = read(text)
    assert found == []
    assert condition(entry(remedies=""), facts())
    assert condition(entry(sentenced=True, cause=""), facts())
    assert not condition(entry(sentenced=True), facts())
    assert not condition(entry(), facts())


# ------------------------------------------------------------------------------------------------ what is written wrong

NOTHING = ("missing-key", "「when」没有写条件", "写上列、关系和值")


@pytest.mark.parametrize(
    "text", ["when: {}", "when:", "when_any: []", "when_any: [{}, {}]", "when_any: [{cause: {empty: true}}, {}]"]
)
def test_rule_that_asks_nothing_is_told(text):
    [(code, row, *told)] = read(text)[1]
    assert ((code, *told), row) == (NOTHING, 1)


def test_rule_that_asks_nothing_is_told_with_its_place():
    faults = Faults("rules.yml")
    rule = Fields(parse_yaml("\nasks: 问吗？\n", faults), faults, path="withhold[1].")
    groups(rule, asked(Kind.SEVERE))
    assert [(one.code, one.place.row, one.message) for one in faults.found] == [
        ("missing-key", 2, "「withhold[1].when」没有写条件")
    ]


def test_column_that_is_not_there_is_told_with_those_that_are():
    (code, row, message, hint), *_ = read("when:\n  sentenced: {is: true}\n  causes: {empty: true}\n")[1]
    assert (code, row, message) == ("unknown-column", 3, "severe-list 没有「causes」")
    assert hint == "可以写：" + "、".join([*(one.name for one in RECORDED[Kind.SEVERE].columns), *KNOWN])


@pytest.mark.parametrize(
    ("text", "message", "known"),
    [
        (
            "cause: {past: true, over: true}",
            "「cause」不能问「past、over」",
            "empty、cites_only、tells_of、in、not_in、cites",
        ),
        (
            "region: {younger_than: 18}",
            "「region」不能问「younger_than」",
            "empty、cites_only、tells_of、in、not_in、cites",
        ),
        (
            "subject_code: {}",
            "「subject_code」没有写问什么",
            "empty、cites_only、tells_of、in、not_in、cites、younger_than",
        ),
        ("basis: {cites: true}", "「basis」不能问「cites」", "empty、cites_only、tells_of"),
        ("removed_on: {is: true}", "「removed_on」不能问「is」", "past、to_come、over、not_by、empty"),
        ("category: {past: true}", "「category」不能问「past」", "in、not_in、empty、is、is_not"),
        ("minor: {empty: true}", "「minor」不能问「empty」", "is"),
        ("term: {over: true}", "「term」不能问「over」", "is"),
    ],
)
def test_relation_that_is_not_there_is_told_with_those_that_are(text, message, known):
    assert faults(text)[0] == ("unknown-relation", 1, message, f"可以写：{known}")


def test_what_is_told_wrong_does_not_hide_what_is_wrong_after_it():
    text = "when:\n  causes: {empty: true}\n  remedies: {emty: true}\n  cause: {empty: true, undone: 1}\n"
    assert [(code, row) for code, row, *_ in read(text)[1]] == [
        ("unknown-column", 2),
        ("unknown-relation", 3),
        ("unknown-key", 4),
    ]


ASKED_FOR = [
    "disclosure: {is: }",
    "disclosure: {is_not: }",
    "disclosure: {in: }",
    "disclosure: {not_in: }",
    "list_name: {in: }",
    "list_name: {not_in: }",
    "cause: {empty: }",
    "cause: {cites: }",
    "cause: {tells_of: }",
    "cause: {cites_only: }",
    "removed_on: {past: }",
    "removed_on: {to_come: }",
    "removed_on: {over: }",
    "removed_on: {not_by: }",
    "subject_code: {younger_than: , on: decided_on}",
    "subject: {is: }",
    "overlay: {orders: }",
    "term: {is: }",
    "catalogue: {closes: }",
    "severe_list: {has_code: }",
    "shown: {holds: }",
    "repair: {excluded: }",
]


@pytest.mark.parametrize("text", ASKED_FOR)
def test_relation_without_its_value_is_told(text):
    name, _, relation = text.partition(": {")
    key = relation.partition(":")[0]
    assert faults(text) == [("missing-key", 1, f"缺少「when.{name}.{key}」", "补上它")]


@pytest.mark.parametrize(
    ("text", "kind", "key", "said"),
    [
        ("disclosure: {is: gone}", Kind.SEVERE, "disclosure.is", "public、query、shared"),
        ("disclosure: {not_in: [gone]}", Kind.SEVERE, "disclosure.not_in", "public、query、shared"),
        ("withdrawn_on: {past: true, undone_by: grade}", Kind.GRADE, "withdrawn_on.undone_by", "rated_on"),
        ("withdrawn_on: {not_by: grade}", Kind.GRADE, "withdrawn_on.not_by", "rated_on"),
        ("subject_code: {younger_than: 18, on: withdrawn_on}", Kind.GRADE, "subject_code.on", "rated_on、published_on"),
        ("subject: {is: person}", Kind.GRADE, "subject.is", "natural_person、organisation"),
        (
            "overlay: {orders: gone}",
            Kind.GRADE,
            "overlay.orders",
            "court、revoked、repaired、removed、withdrawn、objection",
        ),
        ("shown: {holds: data}", Kind.GRADE, "shown.holds", "personal_data"),
        ("term: {is: gone}", Kind.SEVERE, "term.is", "unknown、over"),
    ],
)
def test_value_that_a_relation_does_not_know_is_told_with_those_it_knows(text, kind, key, said):
    code, row, message, hint = faults(text, kind)[0]
    assert (code, row) == ("bad-value", 1)
    assert message.startswith(f"「when.{key}」")
    assert said in hint


@pytest.mark.parametrize("number", ["151", "018", "many"])
def test_age_is_a_number_that_people_reach(number):
    told = faults(f"subject_code: {{younger_than: {number}, on: decided_on}}")
    assert [message.partition("」")[0] for _, _, message, _ in told] == ["「when.subject_code.younger_than"]


def test_age_is_asked_for_on_a_day():
    assert faults("subject_code: {younger_than: 18}") == [("missing-key", 1, "缺少「when.subject_code.on」", "补上它")]


def test_term_of_a_kind_that_has_none_is_told():
    told = ("bad-value", 1, "catalogue 没有写 term", "在它的 term 里写上披露期限")
    assert faults("term: {is: over}", Kind.CATALOGUE) == [told]
    (code, _, message, hint), *_ = faults("term: {is: unknown}", Kind.CATALOGUE)
    assert (code, message.partition("」")[0], hint) == ("bad-value", "「when.term.is", "应当是 over 之一")


def test_relation_may_be_asked_of_every_kind():
    for record in (item(), breach(), watched(), measure(), model()):
        assert holds("published_on: {over: true}", record)
    assert holds("subject: {is: organisation}", breach())
