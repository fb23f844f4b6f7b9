"""Asking about any day gives the law of that day; a new Act is a new file."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from statutes.reader import ACTS, UnknownFigure, all_figures, all_rules, law_on


@pytest.mark.parametrize(
    ("day", "act", "months", "section"),
    [
        (date(2015, 1, 1), "1369/2014", 6, "1369/2014 4 §"),
        (date(2022, 5, 1), "1369/2014", 6, "1369/2014 4 §"),
        (date(2022, 5, 2), "1369/2014", 3, "1369/2014 4 § (1383/2021)"),
        (date(2024, 12, 31), "1369/2014", 3, "1369/2014 4 § (1383/2021)"),
        (date(2025, 1, 1), "381/2023", 3, "381/2023 6 §"),
    ],
)
def test_the_review_interval_is_that_of_the_day(
    day: date, act: str, months: int, section: str
) -> None:
    law = law_on(day)
    assert law.act == act
    assert (law.review_months.value, law.review_months.section) == (months, section)
    assert law.plan_due_months.value == 3


def test_before_2015_there_is_no_joint_service() -> None:
    law = law_on(date(2014, 12, 31))
    assert (law.act, law.rules) == ("", ())
    with pytest.raises(UnknownFigure):
        _ = law.review_months


def test_the_old_thresholds_are_advisory_from_2025() -> None:
    assert not any(rule.is_advisory for rule in law_on(date(2024, 12, 31)).rules)
    assert all(rule.is_advisory for rule in law_on(date(2025, 1, 1)).rules)
    assert len(law_on(date(2025, 1, 1)).rules) == 3


def test_retention_is_known_for_every_day_and_says_where_it_is_unsourced() -> None:
    assert law_on(date(2020, 6, 30)).retention_years.value == 5
    assert not law_on(date(2020, 6, 30)).retention_years.sourced
    assert law_on(date(2020, 7, 1)).retention_years.value == 4
    assert law_on(date(2022, 5, 23)).retention_years.sourced


def test_no_figure_or_rule_has_two_versions_on_one_day() -> None:
    everything = [*all_figures(), *all_rules()]
    for _name, group in groupby(sorted(everything, key=lambda f: f.name), key=lambda f: f.name):
        versions = sorted(group, key=lambda f: f.valid_from)
        for before, after in pairwise(versions):
            assert before.valid_to is not None
            assert before.valid_to + timedelta(days=1) <= after.valid_from


def test_a_new_act_is_a_new_file_and_no_change_of_code(tmp_path: Path) -> None:
    for act in ACTS.glob("*.toml"):
        text = act.read_text("utf-8")
        if act.name == "381-2023.toml":
            text = text.replace("from = 2025-01-01 }", "from = 2025-01-01, to = 2029-12-31 }")
            text = text.replace(
                'section = "381/2023 6 §"\nvalid_from = 2025-01-01',
                'section = "381/2023 6 §"\nvalid_from = 2025-01-01\nvalid_to = 2029-12-31',
            )
        (tmp_path / act.name).write_text(text, "utf-8")
    (tmp_path / "900-2029.toml").write_text(
        'act = "900/2029"\nin_force = { from = 2030-01-01 }\n[[figures]]\n'
        'name = "review_months"\nvalue = 4\nsection = "900/2029 6 §"\nvalid_from = 2030-01-01\n'
    )
    assert law_on(date(2029, 12, 31), acts=tmp_path).review_months.value == 3
    law = law_on(date(2030, 1, 1), acts=tmp_path)
    assert (law.act, law.review_months.value) == ("900/2029", 4)
