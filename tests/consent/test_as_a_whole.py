"""Whether a kind of information is open *as a whole*: the name, the team, that there is a plan.

Such things are no rows of a kind, so no row tells whether they were kept back. Here everything
Kela sees rests on the client's word, and every place that asks must give the same answer: in a
query, from the choices already read for a page, in a list, in a preview.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from audit.models import AuditRow, Purpose
from caseplan.plan.models import Goal
from caseplan.plan.selectors import open_case
from caseplan.plan.selectors.case_list import cases_of, list_cases
from caseplan.plan.services import add_goal
from cases.models import Case
from common.bodies import Body, Receiver
from common.clock import day_of
from common.decision import NotVisible
from consent.access import (
    Grounds,
    categories_open_in,
    filter_by_grounds,
    open_category,
    open_in,
    within_case,
)
from consent.models import Basis, Category, Choice
from consent.selectors import grounds_for, grounds_of, hidden_categories
from consent.services import decide
from people.models import Office
from records.selectors import reading_of
from rights.selectors import own_visibility, see_as, see_version_as, viewers_of
from tests.builders import joins_from_a_second_office
from tests.consent.deciding import signed
from tests.looks import looks_at
from tests.personas import World

ALL = frozenset(Category)
BESIDE = frozenset({Category.IDENTITY_CONTACT, Category.CASE_HANDLING, Category.PLAN_FOLLOW_UP})
SOME = frozenset({Category.IDENTITY_CONTACT, Category.PLAN_FOLLOW_UP, Category.SOCIAL_SITUATION})
BODY, OURS, OTHERS = "the body", "their office", "the other office"


@pytest.fixture
def by_choice(world: World) -> World:
    """In this network the client decides on everything that Kela sees; two offices of Kela."""
    for category in Category:
        signed(world, category=category, basis=Basis.CONSENT)
    joins_from_a_second_office(
        world.case, Body.KELA, "kela3", by=world.actor("employment"), now=world.now,
        office="Kela, Forssa",
    )  # fmt: skip
    return world


def says(world: World, choice: Choice, to: str, categories: frozenset[Category]) -> None:
    offices = {
        BODY: None, OURS: world.actor("kela").office_id, OTHERS: world.actor("kela3").office_id
    }  # fmt: skip
    decide(
        actor=world.actor("client"), case=world.case, choice=choice, receiver=Receiver.KELA,
        office_id=offices[to], categories=sorted(categories), purpose="p", now=world.now,
    )  # fmt: skip


def grounds_in(world: World, persona: str) -> Grounds:
    return grounds_for(world.actor(persona), on=day_of(world.now))


def opened(grounds: Grounds, case: Case) -> dict[str, frozenset[Category]]:
    """What is open in a case, asked in every way there is to ask it."""
    read = within_case(grounds, case.pk)
    found = {
        "at once": categories_open_in(grounds, case.pk),
        "at once, choices read": categories_open_in(read, case.pk),
        "one by one": {c for c in Category if open_in(grounds, c, [case.pk])},
        "one by one, choices read": {c for c in Category if open_in(read, c, [case.pk])},
        "in a query": {
            c for c in Category if Case.objects.filter(open_category(grounds, c), pk=case.pk)
        },
        "in a query, choices read": {
            c for c in Category if Case.objects.filter(open_category(read, c), pk=case.pk)
        },
    }
    return {way: frozenset(categories) for way, categories in found.items()}


def told(world: World, persona: str) -> dict[str, frozenset[Category]]:
    """What a worker's pages treat as open, of everything they ask of."""
    actor, now = world.actor(persona), world.now
    grounds = grounds_in(world, persona)
    case = Case.objects.select_related("person").get(pk=world.case.pk)
    page = open_case(actor, world.case.pk, purpose=Purpose.KEEP_CASE, now=now)
    sight = own_visibility(reading_of(actor, now=now), case)
    return {
        **opened(grounds, case),
        "in their own words": frozenset(s.category for s in sight if s.decision),
        "not said to be hidden": ALL - set(hidden_categories(grounds, case)),
        "not said to be hidden on the page": ALL - set(page.hidden),
    }


def beside(world: World, persona: str) -> dict[str, frozenset[Category]]:
    """The name, the team and the plan, as the page of a case and the list of cases show them."""
    actor, now, name = world.actor(persona), world.now, world.case.person.last_name
    page = open_case(actor, world.case.pk, purpose=Purpose.KEEP_CASE, now=now)
    reading = reading_of(actor, now=now)
    (row,) = [
        r
        for r in list_cases(reading, cases_of(reading), searched=False)
        if r.case.pk == world.case.pk
    ]
    return {
        "the page": _shown(
            page.case.person.last_name == name, bool(page.team), page.clock or page.in_force
        ),
        "the list": _shown(row.case.person.last_name == name, row.case_manager, row.plan_state),
    }


def _shown(name: object, team: object, plan: object) -> frozenset[Category]:
    shown = {
        Category.IDENTITY_CONTACT: name,
        Category.CASE_HANDLING: team,
        Category.PLAN_FOLLOW_UP: plan,
    }
    return frozenset(category for category, is_there in shown.items() if is_there)


@pytest.mark.parametrize(
    ("said", "kela", "kela3"),
    [
        ([], set(), set()),
        ([(Choice.GRANTED, BODY, ALL)], ALL, ALL),
        ([(Choice.GRANTED, BODY, SOME)], SOME, SOME),
        ([(Choice.GRANTED, BODY, ALL), (Choice.DENIED, OURS, SOME)], ALL - SOME, ALL),
        ([(Choice.GRANTED, BODY, ALL), (Choice.DENIED, OTHERS, SOME)], ALL, ALL - SOME),
        ([(Choice.GRANTED, OURS, SOME)], SOME, set()),
        ([(Choice.DENIED, BODY, SOME), (Choice.GRANTED, OURS, ALL)], ALL - SOME, set()),
        ([(Choice.GRANTED, OURS, ALL), (Choice.DENIED, OTHERS, ALL)], ALL, set()),
    ],
)  # fmt: skip
def test_a_no_to_the_body_or_to_the_office_is_stronger_than_a_yes_wherever_it_is_asked(
    by_choice: World,
    said: list[tuple[Choice, str, frozenset[Category]]],
    kela: frozenset[Category],
    kela3: frozenset[Category],
) -> None:
    for choice, to, categories in said:
        says(by_choice, choice, to, categories)
    for persona, sees in (("kela", kela), ("kela3", kela3)):
        wrong = {
            way: is_open for way, is_open in told(by_choice, persona).items() if is_open != sees
        }
        assert wrong == {}, persona
        shown = beside(by_choice, persona)
        assert shown == dict.fromkeys(shown, sees & BESIDE), persona


def test_a_yes_in_one_case_opens_nothing_in_another(by_choice: World) -> None:
    """Also where the choices in one case are known and another is asked about."""
    says(by_choice, Choice.GRANTED, BODY, ALL)
    grounds = grounds_in(by_choice, "kela")
    other = Case.objects.get(person__user__username="client2")
    add_goal(
        actor=by_choice.actor("social"), case=other, category=Category.PLAN_FOLLOW_UP, text="x",
        now=by_choice.now,
    )  # fmt: skip
    read = within_case(grounds, by_choice.case.pk)
    both = [by_choice.case.pk, other.pk]
    for category in Category:
        for asked in (grounds, read):
            assert open_in(asked, category, both) == {by_choice.case.pk}
            assert not Case.objects.filter(open_category(asked, category), pk=other.pk).exists()
    theirs = Goal.objects.filter(case=other).exclude(recorded_for=Receiver.KELA)
    assert theirs.exists()
    for asked in (grounds, read):
        assert not filter_by_grounds(asked, theirs).exists()
        assert filter_by_grounds(asked, Goal.objects.filter(case=by_choice.case)).exists()


# As far as the one who looks sees themselves


@pytest.mark.parametrize("given", [frozenset(), SOME, ALL - SOME], ids=["none", "some", "others"])
@pytest.mark.parametrize("viewer", ["employment", "social"])
def test_a_preview_opens_what_is_open_to_both(
    by_choice: World, viewer: str, given: frozenset[Category]
) -> None:
    """The law opens nearly all of it to the others: the one who looks does not see it so."""
    if given:
        says(by_choice, Choice.GRANTED, BODY, given)
    own = grounds_in(by_choice, "kela")
    theirs = grounds_of(
        receiver=Receiver(viewer), network_id=by_choice.case.network_id, on=own.on,
        office_id=by_choice.actor(viewer).office_id,
    )  # fmt: skip
    by_law = frozenset(c for c in Category if c.value in theirs.categories(Basis.STATUTE))
    assert by_law >= BESIDE
    whole = categories_open_in(theirs, by_choice.case.pk)
    assert whole >= by_law
    found = opened(replace(theirs, limited_by=own), by_choice.case)
    assert found == dict.fromkeys(found, whole & given)
    # And the other way about: what the law opens to the one who looks, but not to Kela.
    found = opened(replace(own, limited_by=theirs), by_choice.case)
    assert found == dict.fromkeys(found, whole & given)


@pytest.mark.parametrize(
    "given",
    [frozenset(), *({c} for c in sorted(BESIDE)), BESIDE],
    ids=lambda given: "+".join(sorted(given)) or "none",
)
@pytest.mark.parametrize("viewer", ["employment", "social"])
def test_the_page_of_a_preview_tells_nothing_that_is_closed_to_the_one_who_looks(
    by_choice: World, login: Any, viewer: str, given: frozenset[Category]
) -> None:
    if given:
        says(by_choice, Choice.GRANTED, BODY, frozenset(given))
    kela, case = by_choice.actor("kela"), by_choice.case
    name = case.person.last_name
    seen = see_as(kela, case.pk, viewer, now=by_choice.now)
    page = seen.page
    plan = page.clock or page.in_force or page.proposal or page.plan
    assert _shown(page.case.person.last_name == name, page.team, plan) == given
    assert not page.hidden or set(page.hidden) <= given
    html = login("kela").get(f"/cases/{case.pk}/see-as/{viewer}/").content.decode()
    assert (name in html) == (Category.IDENTITY_CONTACT in given)
    own = open_case(kela, case.pk, purpose=Purpose.KEEP_CASE, now=by_choice.now).rows
    assert {row.pk for row in page.rows} <= {row.pk for row in own}
    if Category.PLAN_FOLLOW_UP not in given:
        with pytest.raises(NotVisible):
            see_version_as(kela, by_choice.version.pk, viewer, now=by_choice.now)
    else:
        version = see_version_as(kela, by_choice.version.pk, viewer, now=by_choice.now)
        assert version.version.pk == by_choice.version.pk


def test_a_client_who_looks_as_a_body_is_limited_by_nothing_but_that_body(
    by_choice: World,
) -> None:
    says(by_choice, Choice.GRANTED, BODY, SOME)
    own, theirs = grounds_in(by_choice, "client"), grounds_in(by_choice, "kela")
    found = opened(replace(theirs, limited_by=own), by_choice.case)
    assert found == dict.fromkeys(found, SOME)


# A look that opens nothing is a look


def test_a_look_at_a_case_leaves_its_row_though_nothing_was_open(
    by_choice: World, login: Any
) -> None:
    """On a case of which Kela sees nothing yet: that somebody was there is told all the same."""
    case = Case.objects.get(person__user__username="client2")
    kela = by_choice.actor("kela")
    client = login("kela")
    for path in (
        f"/cases/{case.pk}/", f"/cases/{case.pk}/see-as/social/", f"/cases/{case.pk}/history/",
        f"/api/v1/plans/{case.pk}/",
        "/cases/",
    ):  # fmt: skip
        before = list(AuditRow.objects.values_list("pk", flat=True))
        answer = client.get(path)
        assert answer.status_code == 200, path
        new = [look for look in looks_at(case.pk, actor=kela.label) if look.number not in before]
        assert new, path
        for one in new:
            assert (one.categories, one.grounds) == (frozenset(), {}), path
        assert case.person.last_name not in answer.content.decode(), path


def test_a_look_says_on_what_ground_each_kind_was_shown_and_the_clients_own_needs_none(
    by_choice: World, login: Any
) -> None:
    says(by_choice, Choice.GRANTED, BODY, SOME)
    for who, path in (("kela", f"/cases/{by_choice.case.pk}/"), ("client", "/my/")):
        assert login(who).get(path).status_code == 200
    kela = looks_at(by_choice.case.pk, actor=by_choice.actor("kela").label)[-1]
    assert set(kela.grounds) == kela.categories >= {c.value for c in SOME}
    assert {kela.grounds[category.value] for category in SOME} == {"consent"}
    assert {kela.grounds[c] for c in kela.categories if c not in SOME} <= {"own"}
    own = looks_at(by_choice.case.pk, actor=by_choice.actor("client").label)[-1]
    assert own.grounds == {}


@pytest.mark.parametrize("given", [set(), SOME, ALL - {Category.CASE_HANDLING}, ALL])
def test_another_bodys_offices_are_told_to_whom_the_team_is_open(
    by_choice: World, given: frozenset[Category]
) -> None:
    """As whom a page may be seen names offices: they are the team, which may be closed."""
    joins_from_a_second_office(
        by_choice.case, Body.SOCIAL, "social3", by=by_choice.actor("employment"),
        now=by_choice.now, office="Aikuistyö, Forssa",
    )  # fmt: skip
    second = Office.objects.get(name="Aikuistyö, Forssa")
    if given:
        says(by_choice, Choice.GRANTED, BODY, frozenset(given))
    kela, case = by_choice.actor("kela"), by_choice.case
    told = {v.label for v in viewers_of(kela, case, now=by_choice.now)}
    assert any("Aikuistyö" in label for label in told) == (Category.CASE_HANDLING in given)
    assert any("Kela, Forssa" in label for label in told), "one's own body is no secret"
    if Category.CASE_HANDLING not in given:
        with pytest.raises(NotVisible):
            see_as(kela, case.pk, str(second.pk), now=by_choice.now)
