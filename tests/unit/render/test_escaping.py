"""Values in pages are escaped exactly as the template library would."""

from hypothesis import given
from hypothesis import strategies as st
import jinja2
from markupsafe import Markup, escape

from site_builder.render.escaping import FastTemplate, escape_text

VALUES = st.one_of(st.text(), st.integers(), st.none(), st.dates(), st.text().map(Markup))


@given(VALUES)
def test_text_is_escaped_as_the_library_escapes_it(value):
    assert escape_text(value) == escape(value)


@given(VALUES)
def test_templates_print_what_the_library_prints(value):
    source = "<p title='{{ v }}'>{{ v }}{% for one in [v, v] %}{{ one }}{% endfor %}{{ [v, '<'] | join(v) }}</p>"
    plain = jinja2.Environment(autoescape=True)
    fast = jinja2.Environment(autoescape=True)
    fast.template_class = FastTemplate
    assert fast.from_string(source).render(v=value) == plain.from_string(source).render(v=value)


def test_macros_and_captured_blocks_are_not_escaped_twice():
    source = (
        "{% macro m(v) %}<b>{{ v }}</b>{% endmacro %}{% set s %}<i>{{ v }}</i>{% endset %}{{ m(v) }}{{ s }}{{ m(s) }}"
    )
    fast = jinja2.Environment(autoescape=True)
    fast.template_class = FastTemplate
    assert fast.from_string(source).render(v="<") == "<b>&lt;</b><i>&lt;</i><b><i>&lt;</i></b>"
