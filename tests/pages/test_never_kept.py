"""What identifies somebody is never kept before it is sent; a draft dies with what it is about.

A form says of each field itself whether it identifies somebody (``pages.forms.identifies``). The
walk sends every form of every page to the drafts, as a browser does and as a browser would that
knows nothing of the rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import get_resolver

from cases.services import end_team_term
from common.bodies import Receiver
from consent.models import Category, Choice
from consent.services import decide
from operations.drafts import forget_lost_drafts
from pages.drafts.keeping import ABOUT, SECRET_PARTS, never_kept, what_is_kept
from pages.forms import Form
from people.models import Draft
from tests.pages.routes import all_routes
from tests.pages.test_drafts import keeps
from tests.personas import World

pytestmark = pytest.mark.usefixtures("printed_as_written")
# What a field is called that says who somebody is, whatever form it stands in.
NAMES_OF_PEOPLE = re.compile(
    r"identity_code|^again$|hetu|e-?mail|phone|username|first_?names?$|last_?name$|witness|^q$"
)
# Of these names, the fields that hold nothing about anybody.
NOT_ABOUT_PEOPLE = {("ContactForm", "email")}  # whether one wants letters: a tick


def all_forms() -> Iterator[type[Form]]:
    get_resolver().url_patterns  # noqa: B018 - every page is imported
    waiting = [Form]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith("pages."):
            yield form


def test_a_field_with_the_name_of_somebody_says_that_it_identifies() -> None:
    """A new form that asks for a code, a name, an address is found here before it is used."""
    forgotten = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in all_forms()
        for name in form.base_fields
        if NAMES_OF_PEOPLE.search(name)
        and (form.__name__, name) not in NOT_ABOUT_PEOPLE
        and name not in never_kept(form)
    }
    assert forgotten == set()


def test_a_form_that_looks_somebody_up_keeps_nothing() -> None:
    asking = [form for form in all_forms() if "identity_code" in form.base_fields]
    assert {form.__name__ for form in asking} >= {"FindForm", "AskForm", "EmergencyForm"}
    for form in asking:
        if form.__module__ == "pages.case_access.forms":
            assert never_kept(form) == set(form.base_fields)


def test_an_identity_code_typed_and_not_sent_is_kept_nowhere(world: World, login: Any) -> None:
    for page in ("/cases/find/", "/cases/find/ask/", "/cases/find/emergency/", "/cases/"):
        answer = keeps(
            login("employment"), page, identity_code="010180-9026", reason="Matti", q="010180-9026"
        )
        assert answer == 204
    assert not Draft.objects.exists()
    assert "data-draft=" not in login("employment").get("/cases/find/ask/").content.decode()


def test_what_was_kept_of_such_a_field_before_is_not_given_back(world: World, login: Any) -> None:
    user = world.actor("employment").user_id
    page = f"/cases/{world.case.pk}/changes/name/"
    Draft.objects.create(
        user_id=user, page=page, fields={"last_name": ["Kirkko"]}, saved_at=world.now
    )
    assert "Kirkko" not in login("employment").get(page).content.decode()


def test_a_name_that_is_nobodys_is_kept_though_another_form_of_the_feature_asks_for_one() -> None:
    """The name of a service stands beside the name of an expert who is asked to the meeting."""
    of_service = next(p for n, p in all_routes() if n == "pages:agree_service").callback
    of_expert = next(p for n, p in all_routes() if n == "pages:meeting_ask").callback
    sent = {"service": ["other"], "name": ["Kuntouttava"], "provider": [""]}
    assert what_is_kept(of_service, sent)["name"] == ["Kuntouttava"]
    assert what_is_kept(of_expert, {"role": ["health"], "name": ["Kirkko"]}) == {"role": ["health"]}
    assert what_is_kept(of_expert, {"name": ["Kirkko"]}) == {}


def test_every_part_of_an_address_is_known_or_names_no_case() -> None:
    """A new page about a row of a case says so, or its drafts would outlive it."""
    of_no_case = {
        "act", "answer_id", "area", "asked_id", "attachment_id", "body", "breach_id", "category",
        "absence_id", "change_id", "feedback_id",
        "check_in_id", "code", "consultation_id", "cover_id", "entry_id", "event_id",
        "examination_id", "file_id", "filter_id", "first", "ground_id", "key_id", "kind",
        "language", "letter_id", "line_id", "log_in_id", "look", "machine_id", "missing_id",
        "network_id", "office_id", "order_id", "own_request_id", "participant_id", "party_id",
        "person_id",
        "position_id", "referral_id",
        "rule", "run_id", "second", "subject", "template_id", "thing", "uidb64", "user_id", "who",
    }  # fmt: skip
    unknown = (
        {
            part
            for name, pattern in all_routes()
            if name.startswith("pages:")
            for part in pattern.pattern.converters
        }
        - ABOUT.keys()
        - SECRET_PARTS
        - of_no_case
    )
    assert unknown == set()


# -- a draft dies with what it is about ---------------------------------------------------------


def typed(world: World, login: Any, who: str = "kela", page: str = "") -> str:
    page = page or f"/cases/{world.case.pk}/goals/new/"
    assert keeps(login(who), page, text="Half a thought") == 204
    return page


def test_a_draft_goes_when_the_case_ends(world: World, login: Any) -> None:
    typed(world, login)
    typed(world, login, "client", "/my/goals/new/")
    world.end_case()
    assert not Draft.objects.exists()


def test_a_draft_goes_when_its_writer_leaves_the_team(world: World, login: Any) -> None:
    typed(world, login)
    typed(world, login, "social")
    end_team_term(
        actor=world.actor("employment"), case=world.case, user_id=world.actor("kela").user_id,
        now=world.now,
    )  # fmt: skip
    assert [draft.user.username for draft in Draft.objects.all()] == ["social"]


def test_the_night_takes_the_drafts_about_what_is_not_open_any_more(
    world: World, login: Any
) -> None:
    client = world.actor("client")
    for choice in (Choice.GRANTED, Choice.REVOKED):
        decide(
            actor=client, case=world.case, choice=choice, receiver=Receiver.KELA, purpose="p",
            categories=[Category.SOCIAL_SITUATION], now=world.now,
        )  # fmt: skip
        if choice == Choice.GRANTED:
            typed(world, login, page=f"/goals/{world.debts_goal.pk}/")
            typed(world, login)
    assert forget_lost_drafts(now=world.now) == 1
    assert Draft.objects.get().page == f"/cases/{world.case.pk}/goals/new/"
    for term in world.case.team.filter(user=world.actor("kela").user_id):
        term.until, term.ended_by_id = world.now, world.actor("employment").user_id
        term.save()
    assert forget_lost_drafts(now=world.now + timedelta(minutes=1)) == 1


def test_whoever_may_not_open_a_page_keeps_nothing_on_it(world: World, login: Any) -> None:
    page = f"/cases/{world.case.pk}/goals/new/"
    for who in ("colleague", "outsider", "director", "client2"):
        assert keeps(login(who), page, text="x") == 404
    assert not Draft.objects.exists()


def test_an_address_that_lets_somebody_in_is_written_down_nowhere(world: World, login: Any) -> None:
    for page in ("/invitation/a-secret/", "/how-are-things/a-token/"):
        assert keeps(login("association"), page, first_name="x") == 400
    assert not Draft.objects.exists()
