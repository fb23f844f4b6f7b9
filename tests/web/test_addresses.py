"""``{% url %}`` says what Django's own says, for every address of the project."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.urls.converters import UUIDConverter

from common.ids import new_id
from config.urls import urlpatterns


def with_one_id(patterns: Any, namespace: str = "") -> list[str]:
    """The names of all addresses whose only part that changes is an id."""
    found = []
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found += with_one_id(pattern.url_patterns, inner)
        elif pattern.name and [*map(type, pattern.pattern.converters.values())] == [UUIDConverter]:
            found.append(namespace + pattern.name)
    return found


def said(source: str, **values: Any) -> str:
    return Template(source).render(Context(values))


def test_an_address_with_an_id_is_djangos() -> None:
    names = with_one_id(urlpatterns)
    assert len(names) > 30
    for name in names:
        for row in (new_id(), new_id()):
            expected = reverse(name, args=[row])
            assert said("{% url name row %}", name=name, row=row) == expected
            assert said("{% url name row as it %}[{{ it }}]", name=name, row=row) == f"[{expected}]"


def test_other_forms_are_djangos() -> None:
    row = new_id()
    assert said("{% url 'pages:home' %}") == reverse("pages:home")
    assert said("{% url 'pages:case' case_id=row %}", row=row) == reverse("pages:case", args=[row])
    assert said("{% url 'pages:case' row %}", row=str(row)) == reverse("pages:case", args=[row])


def test_an_address_that_is_not_there_is_said() -> None:
    with pytest.raises(NoReverseMatch):
        said("{% url 'pages:nowhere' row %}", row=new_id())
    assert said("{% url 'pages:nowhere' row as it %}[{{ it }}]", row=new_id()) == "[]"
    with pytest.raises(TemplateSyntaxError):
        Template("{% url %}")


def test_where_the_project_is_served_stands_before_it() -> None:
    row = new_id()
    assert said("{% url 'pages:case' row %}", row=row) == f"/cases/{row}/"
    set_script_prefix("/under/")
    try:
        assert said("{% url 'pages:case' row %}", row=row) == f"/under/cases/{row}/"
    finally:
        set_script_prefix("/")
