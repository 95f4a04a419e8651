"""What a site says of its law: to whom a way is told, and what stands for what the law says."""

import pytest

from site_builder.law.cities import all_shipped
from site_builder.public.law_words import NO_WORDS, NOTHING_SAID, KindWords, LawWords, Way, put_in
from site_builder.vocabulary import Category, Kind


def way(title, **told):
    return Way(title, "演示", "", (), **told)


ALL = way("都")
MARKET = way("市场", categories=(Category.MARKET_ORDER, Category.HEALTH_SAFETY))
SPECIAL = way("特别", special_term=True)
OWN = way("普通", special_term=False)
BOTH = way("市场的特别", categories=(Category.MARKET_ORDER,), special_term=True)
WORDS = KindWords(ways=(ALL, MARKET, SPECIAL, OWN, BOTH))


@pytest.mark.parametrize(
    ("category", "special", "ways"),
    [
        (Category.MARKET_ORDER, True, (ALL, MARKET, SPECIAL, BOTH)),
        (Category.MARKET_ORDER, False, (ALL, MARKET, OWN)),
        (Category.HEALTH_SAFETY, True, (ALL, MARKET, SPECIAL)),
        (Category.NATIONAL_DEFENCE, True, (ALL, SPECIAL)),
        (Category.NATIONAL_DEFENCE, False, (ALL, OWN)),
    ],
)
def test_way_is_told_of_the_conduct_and_the_term_it_is_for(category, special, ways):
    assert WORDS.ways_of(category, special_term=special) == ways


def test_law_says_nothing_of_a_kind_it_has_no_words_for():
    law = LawWords(home=(), objection=ALL, repair=ALL, kinds={Kind.SEVERE: WORDS}, said={})
    assert law.of(Kind.SEVERE) is WORDS
    assert law.of(Kind.GRADE) is NOTHING_SAID
    assert NO_WORDS.of(Kind.SEVERE) == KindWords()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("公开{普通期限}。", "公开五年。"),
        ("{普通期限}、{普通期限}", "五年、五年"),
        ("{别的}和{普通期限}", "{别的}和五年"),
        ("没有", "没有"),
        ("{普通\n期限}", "{普通\n期限}"),
    ],
)
def test_reference_gives_way_to_what_it_stands_for_and_what_is_none_stays(text, told):
    assert put_in(text, {"普通期限": "五年"}) == told


def test_letter_of_the_contact_page_which_asks_to_withdraw_an_honour_is_offered_on_role_models_alone():
    offered = {
        (city, kind)
        for city, law in all_shipped().items()
        for rules in law.versions
        for kind in Kind
        for way in rules.words.of(kind).ways
        if way.guide == "contact" and way.letter
    }
    assert offered == {("dalian", Kind.ROLE_MODEL), ("lingyuan", Kind.ROLE_MODEL)}
