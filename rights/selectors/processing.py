"""The record of processing of each body (Regulation 2016/679 Art. 30), open to everybody.

What the law of the day, the table of grounds and the figures say, put together. It tells of no
client, so nothing is logged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from audit.models import Purpose
from common.bodies import Body, Receiver
from common.clock import day_of
from consent.models import CLOSED_LIST, Category, Fact
from consent.selectors import GroundsInForce, list_grounds_in_force
from people.selectors import Contact, contacts_of, officer_contacts
from statutes.reader import Law, UnknownFigure, law_on

# What each kind holds: the closed list of Act 381/2023 s. 11, and what is beyond it.
HOLDS: dict[Category, Promise] = {
    Category.IDENTITY_CONTACT: _("Name, personal identity code and contact details."),
    Category.CASE_HANDLING: _(
        "That somebody is a client, how the case has been dealt with, and special arrangements it "
        "may call for."
    ),
    Category.EDUCATION_WORK: _("Education, work history and occupational skills."),
    Category.SOCIAL_SITUATION: _(
        "The social situation, as far as it bears on finding work and is indispensable for the "
        "services."
    ),
    Category.HEALTH_WORK_ABILITY: _(
        "Health, work ability and functioning, as far as they bear on finding work and are "
        "indispensable for the services."
    ),
    Category.SERVICE_NEEDS: _("The need for services that bears on finding work."),
    Category.PLAN_FOLLOW_UP: _("The joint plan: how it is carried out, followed and reviewed."),
    Category.SELF_ASSESSMENT: _("What the client has answered of their own, if they want to."),
    Category.BENEFITS_DETAIL: _("Details of benefits, beyond the number of paid days."),
}
FACTS: dict[Fact, Promise] = {
    Fact.UNEMPLOYMENT_SPELLS: _("From when to when somebody has been registered as unemployed."),
    Fact.PAID_DAY_COUNTS: _("How many days of a benefit have been paid."),
    Fact.BENEFIT_PERIODS: _("Which benefits have been paid for which periods."),
}


@dataclass(frozen=True, slots=True)
class RetentionPeriod:
    """How long something is kept: the number in its unit, from when, and where that is said.

    ``sourced`` is False where no law says it: the service's own rule.
    """

    what: Promise
    value: int
    unit: str  # "years" or "months"
    since: Promise
    section: str
    sourced: bool


# What the law says that is no figure (statutes/acts, "provisions").
SAID = (
    "purposes", "purposes_beside", "recorded_contents", "joint_controllers",
    "national_register", "no_restriction",
)  # fmt: skip
# name of the figure, what it is about, its unit, from when it is counted
_KEPT: tuple[tuple[str, Promise, str, Promise], ...] = (
    (
        "retention_years",
        _("What is recorded in a case"),
        "years",
        _("after the case has ended"),
    ),
    (
        "register_facts_months",
        _("What the registers tell of somebody without a case"),
        "months",
        _("after the registers last told of them"),
    ),
    (
        "access_log_years",
        _("The log of who has looked and who has changed what"),
        "years",
        _("after the entry"),
    ),
)


@dataclass(frozen=True, slots=True)
class DisclosedCategory:
    """One kind of information, what it holds, and to whom it is given on what ground.

    ``beyond_the_list``: outside the closed list of the law, so only what the client wants.
    """

    category: Category
    holds: Promise
    beyond_the_list: bool
    receivers: tuple[tuple[Receiver, GroundsInForce], ...]


@dataclass(frozen=True, slots=True)
class FactBeforeCase:
    """A register fact that the body may know of people without a case, and on what ground."""

    fact: Fact
    holds: Promise
    ground: GroundsInForce


@dataclass(frozen=True, slots=True)
class HomeMunicipalityNotice:
    """That Kela may tell the home municipality who has been paid benefit for ``days`` days."""

    days: int
    section: str


@dataclass(frozen=True, slots=True)
class ProcessingRecord:
    """The record of one body on one day.

    ``sections``: where the law of the day says what; empty where it does not. ``state_centre``:
    what the keeper of the national register is called that day. ``purposes``: what information is
    opened for, as the log names it.
    """

    body: Body
    on: date
    act: str
    sections: dict[str, str]
    state_centre: str
    controllers: tuple[Body, ...]
    offices: list[Contact]
    officers: list[Contact]
    purposes: list[str]
    given: list[DisclosedCategory]
    known_before: list[FactBeforeCase]
    told_home: HomeMunicipalityNotice | None
    kept: list[RetentionPeriod]


def processing_record(body: Body, *, now: datetime) -> ProcessingRecord:
    """What this body records, why, who receives it and how long it is kept, as of today."""
    today = day_of(now)
    law = law_on(today)
    table = {row.category: row.by_receiver for row in list_grounds_in_force(on=today)}
    facts = {fact: dict(table[fact])[Receiver(body.value)] for fact in Fact}
    return ProcessingRecord(
        body=body,
        on=today,
        act=law.act,
        sections={name: law.section_of(name) for name in SAID},
        state_centre=law.name_of("state_centre", language=(get_language() or "fi").split("-")[0]),
        controllers=tuple(Body),
        offices=contacts_of(body, now=now),
        officers=officer_contacts(now=now),
        purposes=[str(purpose.label) for purpose in Purpose],
        given=[
            DisclosedCategory(
                category,
                HOLDS[category],
                category not in CLOSED_LIST,
                tuple((who, held) for who, held in table[category] if who.value != body.value),
            )
            for category in Category
        ],
        known_before=[
            FactBeforeCase(fact, FACTS[fact], held)
            for fact, held in facts.items()
            if held.everywhere or held.own
        ],
        told_home=_told_home(body, dict(table[Fact.PAID_DAY_COUNTS])[Receiver.MUNICIPALITY], law),
        kept=kept_by(law),
    )


def _told_home(body: Body, held: GroundsInForce, law: Law) -> HomeMunicipalityNotice | None:
    """Kela's telling the home municipality, once the row of the table that says so is signed."""
    if body is not Body.KELA or held.everywhere is None:
        return None
    return HomeMunicipalityNotice(
        law.figure("home_municipality_told_days").value, held.everywhere.section
    )


def kept_by(law: Law) -> list[RetentionPeriod]:
    """The figures of the day; one that no Act sets on it is left out."""
    found = []
    for name, what, unit, since in _KEPT:
        try:
            figure = law.figure(name)
        except UnknownFigure:
            continue
        found.append(
            RetentionPeriod(what, figure.value, unit, since, figure.section, figure.sourced)
        )
    return found
