"""The gallery of the kit at ``/design/``: every part in every state, with made-up people.

Served in demo mode and while developing only. ``?density=client`` shows the client's density.
Nothing here comes from the database.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from components.chart_data import Bar, Column, Lane, Mark, ScoreLine, Span

TODAY = date(2024, 5, 22)


class SampleForm(forms.Form):
    """Every kind of field."""

    what = forms.CharField(label="What is done")
    words = forms.CharField(
        label="In your own words",
        help_text="Write as you would say it. Nobody changes what you write.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    day = forms.DateField(
        label="By when",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Write the day like this: 12.3.2024"},
    )
    owner = forms.ChoiceField(
        label="Whose task",
        choices=[("", "Choose"), ("a", "Sari Mäkelä, Employment services"), ("b", "The client")],
    )
    answer = forms.ChoiceField(
        label="How did it go?",
        widget=forms.RadioSelect,
        choices=[("done", "Done"), ("dropped", "Dropped, because it was no longer needed")],
    )
    team = forms.MultipleChoiceField(
        label="Who takes part",
        help_text="At least one from each body.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("e", "Employment services"), ("s", "Social services"), ("k", "Kela")],
    )
    sure = forms.BooleanField(
        label="Kela takes part in this plan",
        help_text="Then Kela's acceptance is needed too.",
        required=False,
    )


def gallery(request: HttpRequest) -> HttpResponse:
    """All parts on one page."""
    density = "client" if request.GET.get("density") == "client" else "worker"
    filled = SampleForm(
        {"what": "", "words": "I want to work with my hands again.", "day": "31.2.2024"}
    )
    return render(
        request, "design/gallery.html", {"base": f"base_{density}.html", **_sample(filled)}
    )


def _sample(filled: forms.Form) -> dict[str, Any]:
    return {
        "today": TODAY,
        "past": date(2024, 5, 10),
        "soon": date(2024, 5, 25),
        "later": date(2024, 6, 14),
        "start": date(2023, 11, 6),
        "at": datetime(2024, 5, 21, 11, 2, tzinfo=UTC),
        "form": SampleForm(),
        "filled": filled,
        "page": Paginator(range(61), 25).page(2),
        "columns": [
            Column("Municipality"),
            Column("Open cases", True),
            Column("Plan in time", True),
        ],
        "rows": [
            ("Loimaa", "48", "91 %"),
            ("Somero", "17", "82 %"),
            ("Oripää", "fewer than 5", "–"),
        ],
        "bars": [
            Bar("Employment services", 42, "42"),
            Bar("Social services", 27, "27"),
            Bar("Kela", 9, "9"),
            Bar("Client", None, "fewer than 5"),
        ],
        "lanes": [
            Lane(
                "Unemployed",
                [Span(date(2021, 3, 1), date(2022, 5, 31)), Span(date(2022, 9, 1), TODAY)],
            ),
            Lane(
                "Paid subsidy days",
                [
                    Span(date(2021, 9, 1), date(2022, 5, 31)),
                    Span(date(2022, 9, 1), date(2023, 2, 28), counts=False),
                    Span(date(2023, 3, 1), date(2024, 5, 1)),
                ],
            ),
        ],
        "marks": [Mark(date(2024, 3, 12), "300 days reached")],
        "chart_start": date(2021, 1, 1),
        "score_lines": [
            ScoreLine("The client", [(date(2023, 9, 1), 4), (date(2024, 2, 5), 6)]),
            ScoreLine("Kela", [(date(2023, 10, 2), 3), (date(2024, 5, 6), 5)]),
        ],
    }
