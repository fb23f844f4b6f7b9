"""What an extract says, file by file and column by column: made from what fields are declared as.

A column of a kept field takes its name and its codes from the field's declaration
(``records.fields``, ADR 0015); one that is counted here says how. The code book is read from them,
so no column can be without its words, and none says another word than the pages do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from benefits.models import Benefit
from caseplan.assessments.instruments import instruments
from caseplan.assessments.models import Assessment
from caseplan.plan.models import Ending, PlannedService, Referral, SeenNeed
from consent.models import ClientInformation
from evaluation.extracts.provider_classes import ProviderClass
from followup.models import PointAnswer
from records.fields import told_fields

Value = tuple[str, str | Promise]


class Course(models.TextChoices):
    """What became of somebody who was thought of for the joint service.

    Those whom it did not take are the comparison group (report 2020:40, Palveluintegraatio 2.4.6).
    """

    JOINT = "joint", _("Joint service")
    NOT_NEEDED = "not_needed", _("No joint service was needed")
    NOT_BEGUN = "not_begun", _("Referred, and it did not start")


class VersionPhase(models.TextChoices):
    """Where a version of the plan stands on the day the extract is made."""

    PROPOSED = "proposed", _("Proposed")
    IN_FORCE = "in_force", _("In force")
    REPLACED = "replaced", _("Replaced by a newer one")
    SET_ASIDE = "set_aside", _("Set aside")


@dataclass(frozen=True, slots=True)
class ExtractColumn:
    """One column: what it is called, which codes stand in it, and in which field it is declared."""

    name: str
    label: str | Promise
    values: tuple[Value, ...] = ()
    declared_in: str = ""


@dataclass(frozen=True, slots=True)
class ExtractPart:
    """One file of an extract, each line one thing of what it is ``about``."""

    name: str
    about: str | Promise
    columns: tuple[ExtractColumn, ...]

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]


def _of(model: type[ClientInformation], field: str, *values: Value) -> ExtractColumn:
    """The column of a field as it is declared; of one that is not told there is none."""
    told = next(one for one in told_fields(model) if one.name == field)
    codes = values or tuple((str(code), label) for code, label in told.field.flatchoices if code)
    return ExtractColumn(field, told.label, codes, f"{model._meta.label}.{field}")


_CASE = ExtractColumn("case", _("A name that this extract alone gives the case"))


@cache
def extract_files() -> tuple[ExtractPart, ...]:
    """The files of an extract in the order in which they are written."""
    return (
        ExtractPart(
            "cases.csv",
            _("People who were thought of for the joint service"),
            (
                _CASE,
                ExtractColumn("course", _("What became of it"), tuple(Course.choices)),
                ExtractColumn("municipality", _("Municipality; empty where it is not told")),
                ExtractColumn(
                    "unemployed",
                    _("Whole months of unemployment at the entry; empty: none, or not told"),
                ),
                ExtractColumn("age", _("Age at the entry; empty where it is not told")),
                ExtractColumn("begun_in", _("Year of the entry; empty where it is not told")),
                _of(Referral, "rule"),
                _of(Referral, "needs", *((need.value, need.label) for need in SeenNeed)),
                ExtractColumn("end_month", _("Whole months from the entry to the end")),
                _of(Ending, "exit"),
                _of(Ending, "no_need"),
            ),
        ),
        ExtractPart(
            "services.csv",
            _("Services of the plan"),
            (
                _CASE,
                _of(PlannedService, "service"),
                _of(PlannedService, "body"),
                ExtractColumn(
                    "provider_class", _("Class of organisation"), tuple(ProviderClass.choices)
                ),
                ExtractColumn(
                    "planned_month", _("Whole months from the entry to the planned start")
                ),
                ExtractColumn("began_month", _("Whole months from the entry to the real start")),
                ExtractColumn("finished_month", _("Whole months from the entry to the real end")),
                _of(PlannedService, "participation"),
                _of(PlannedService, "result"),
            ),
        ),
        ExtractPart(
            "plans.csv",
            _("Versions of the plan"),
            (
                _CASE,
                ExtractColumn("number", _("Number of the version")),
                ExtractColumn("proposed_month", _("Whole months from the entry to the proposal")),
                ExtractColumn(
                    "in_force_month", _("Whole months from the entry until it came into force")
                ),
                ExtractColumn("standing", _("Where it stands"), tuple(VersionPhase.choices)),
            ),
        ),
        ExtractPart(
            "scores.csv",
            _("Scores by which the client assessed their own situation"),
            (
                _CASE,
                _of(
                    Assessment,
                    "instrument",
                    *((one.code, one.names["en"]) for one in instruments()),
                ),
                _of(Assessment, "version"),
                ExtractColumn("month", _("Whole months from the entry")),
                ExtractColumn(
                    "provider_class",
                    _("Class of the organisation in whose service they were then"),
                    tuple(ProviderClass.choices),
                ),
                ExtractColumn("scale", _("Scale"), _scales()),
                ExtractColumn("score", _("Score")),
            ),
        ),
        ExtractPart(
            "follow_ups.csv",
            _("How things were after the end; without a situation nobody answered"),
            (
                _CASE,
                ExtractColumn("months", _("Whole months from the end")),
                _of(PointAnswer, "source"),
                _of(PointAnswer, "situation"),
            ),
        ),
        ExtractPart(
            "benefits.csv",
            _("Benefits by year, of those who have opened them to all three bodies"),
            (
                _CASE,
                ExtractColumn("year", _("Year from the entry: 0 begins on its day")),
                ExtractColumn(
                    "benefit", _("A benefit paid in it; empty: none"), tuple(Benefit.choices)
                ),
            ),
        ),
    )


def _scales() -> tuple[Value, ...]:
    scales = {
        scale.code: scale.names["en"]
        for one in instruments()
        for version in one.versions
        for scale in version.scales
    }
    return tuple(scales.items())


CODE_BOOK = [
    "file",
    "column",
    "value",
    *(code for code, _name in settings.LANGUAGES),
    "declared_in",
]


def code_book() -> Iterator[list[str]]:
    """The lines of the code book: each file, each of its columns, each code, in every language."""
    for file in extract_files():
        yield [file.name, "", "", *_in_all(file.about), ""]
        for column in file.columns:
            yield [file.name, column.name, "", *_in_all(column.label), column.declared_in]
            for value, label in column.values:
                yield [file.name, column.name, value, *_in_all(label), ""]


def _in_all(label: str | Promise) -> Iterable[str]:
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield str(label)
