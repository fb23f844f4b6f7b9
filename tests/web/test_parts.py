"""The kit's parts keep their promises to those who hear, tab and read the pages."""

from datetime import date

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from common.actor import Actor, ActorKind
from components.chart_data import Bar
from pages.cases.forms import CasesForm

TODAY = date(2024, 5, 22)


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def drawn(source: str, **values: object) -> str:
    return Template("{% load components charts formatting frame plan_parts %}" + source).render(
        Context(values)
    )


class Sample(forms.Form):
    text = forms.CharField(label="What", help_text="One sentence")
    day = forms.DateField(label="By when", required=False)
    how = forms.ChoiceField(label="How", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])


def test_the_error_stands_between_hint_and_field_and_is_read_with_it() -> None:
    html = str(Sample({})["text"].as_field_group())
    hint, error, control = (html.index(x) for x in ("id_text_helptext", "id_text_error", "<input"))
    assert html.index("<label") < hint < error < control
    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert "Write an answer for “What”." in html


def test_the_summary_leads_to_the_first_control_of_each_field() -> None:
    html = str(Sample({}))
    assert html.index("error-summary") < html.index("<label")
    assert 'href="#id_text"' in html
    assert 'href="#id_how_0"' in html
    assert 'id="id_how_0"' in html


def test_an_error_of_the_whole_form_is_in_the_summary() -> None:
    form = Sample({"text": "x", "how": "a"})
    form.add_error(None, "Somebody else saved in between.")
    assert "Somebody else saved in between." in str(form)


def test_optional_is_said_and_required_is_not() -> None:
    form = Sample()
    assert "(optional)" in str(form["day"].as_field_group())
    assert "(optional)" not in str(form["text"].as_field_group())


def test_nothing_that_narrows_a_list_is_called_optional() -> None:
    assert all("(optional)" not in str(field.as_field_group()) for field in CasesForm())


def test_what_was_typed_stays() -> None:
    assert 'value="31.2.2024"' in str(Sample({"day": "31.2.2024"}))


@pytest.mark.parametrize(
    ("state", "said"), [("planned", "overdue"), ("done", "done"), ("dropped", "dropped")]
)
def test_only_an_open_action_past_its_day_is_overdue(state: str, said: str) -> None:
    row = "{% action_row 'Call' owner='Sari' due=due today=today state=state %}{% endaction_row %}"
    html = drawn(row, due=date(2024, 5, 21), today=TODAY, state=state)
    assert f"</svg>{said}" in html


def test_words_of_people_are_escaped() -> None:
    html = drawn("{% quotation who='A' %}{{ words }}{% endquotation %}", words="<b>mine</b>")
    assert "&lt;b&gt;mine&lt;/b&gt;" in html


def test_a_part_refuses_an_argument_it_does_not_have() -> None:
    with pytest.raises(TemplateSyntaxError):
        drawn("{% member 'Sari' body='Kela' role='' telephone='1' %}")


def test_an_empty_list_says_so_in_one_sentence() -> None:
    opening = "{% list_section id='a' heading='Late' count=0 empty='All is well.' %}"
    html = drawn(opening + "x{% endlist_section %}")
    assert "All is well." in html
    assert "(0)" in html


def test_turning_the_page_keeps_the_filters() -> None:
    html = drawn(
        "{% pagination page %}",
        page=Paginator(range(60), 25).page(2),
        request=RequestFactory().get("/cases/", {"on": "2024-05-01", "page": "2"}),
    )
    assert "?on=2024-05-01&amp;page=1" in html
    assert "?on=2024-05-01&amp;page=3" in html


def test_bars_begin_at_zero_and_a_suppressed_one_has_no_length() -> None:
    bars = [Bar("a", 40, "40"), Bar("b", 10, "10"), Bar("c", None, "fewer than 5")]
    html = drawn("{% bar_chart 'Open' bars label_column='Body' value_column='Cases' %}", bars=bars)
    assert html.count("<rect") == 2
    assert 'width="25.0%"' in html
    assert html.count("fewer than 5") == 2  # beside the bar and in the table


def test_no_part_carries_a_style_that_the_content_policy_refuses() -> None:
    bars = [Bar("a", 40, "40")]
    html = drawn("{% bar_chart 'Open' bars label_column='B' value_column='C' %}", bars=bars)
    assert "style=" not in html


def test_navigation_marks_where_one_is_and_shows_strangers_nothing() -> None:
    worker = Actor(kind=ActorKind.WORKER, name="Sari")
    html = drawn("{% navigation actor '/cases/' %}", actor=worker)
    assert html.count("aria-current") == 1
    assert 'href="/cases/" aria-current="page"' in html
    assert "<a" not in drawn("{% navigation actor '/' %}", actor=None)


def test_a_main_link_says_how_much_waits_behind_it_and_nothing_at_nought() -> None:
    worker = Actor(kind=ActorKind.WORKER, name="Sari")
    source = "{% navigation actor '/day/' %}"
    html = drawn(source, actor=worker, menu_counts={"my_day": 63, "triggers": 0})
    assert html.count('class="count"') == 1
    said = '>63<span class="visually-hidden"> wait for you</span>'
    assert said in " ".join(html.split())
    assert 'class="count"' not in drawn(source, actor=worker)
