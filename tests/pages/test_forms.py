"""Every form of every page is sent as a browser sends it, and what it offers is done.

With the proof that it came from here (CSRF), the button's own address, and each choice there is.
A page must not show what will be refused: a link or a form shown is one that may be followed or
sent, an option shown one that may be chosen, a field called optional one that may stay empty, and
no choice is made before somebody has made it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.forms import BaseForm
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from cases.models import Handover, HandoverState
from cases.services import accept_handover
from common.clock import day_of
from common.crypto import decrypt
from tests.architecture.test_walls import ROOT
from tests.pages.asked import asked
from tests.pages.due import trigger
from tests.pages.places import places_of
from tests.pages.rendered import Rendered, read
from tests.pages.routes import TABLE
from tests.pages.states import STAGES, mapping
from tests.personas import PERSONAS, World

__all__ = ["asked", "trigger"]

pytestmark = pytest.mark.usefixtures("menu_counted_once", "printed_as_written")
# Options that only make sense with another answer of the same form: which, and why.
TOGETHER: dict[tuple[str, str], str] = {
    ("pages:role_new", "leaver"): "who leaves a role has the one that is chosen",
    (
        "pages:cover_new",
        "by_id",
    ): "who is away now is said; on which days is chosen here",
    (
        "pages:cover_for",
        "by_id",
    ): "who is away now is said; on which days is chosen here",
}
# Choices that are made already in a form of something new, and why nobody is misled by it.
CHOSEN: dict[tuple[str, str], str] = {
    ("pages:action_new", "category"): "that of its goal",
    ("pages:offer_new", "category"): "that of its goal",
    ("pages:action_ask", "category"): "that of the action, whose words the question begins with",
    ("pages:action_ask", "kind"): "a message is to the client; a note is chosen",
    ("pages:goal_new", "kind"): "a goal is everybody's unless a body keeps it for itself",
    ("pages:service_new", "service"): "the kind that says nothing",
    ("pages:agree_service", "service"): "the kind that says nothing",
    ("pages:cover_new", "user_id"): "oneself; a leader may choose another",
    ("pages:meeting_interpreter", "interpreter_language"): "what the client needs",
    ("pages:meeting_new", "interpreter_language"): "what the client needs",
    ("pages:cover_for", "user_id"): "whoever is away",
    ("pages:thread_new", "kind"): "a message is to the client; a note is chosen",
    ("pages:template_new", "kind"): "no decision about anybody, and told by its name",
    ("pages:template_new", "language"): "the first of the network's languages",
    ("pages:template_new", "whose"): "the narrowest: oneself alone",
    ("pages:worker_new", "language"): "the first of the network's languages",
    **{
        (f"pages:{route}", name): why
        for route in ("trigger_open", "need_new", "referral_begin", "person_asking_begin")
        for name, why in (
            ("case_manager", "whoever begins; another may be chosen"),
            ("members", "the only office of each other body; a person of it may be chosen"),
        )
    },
    ("pages:welcome_language", "language"): "what the register says they read",
    ("pages:way_new", "form"): "what holds now",
}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@dataclass
class Browser:
    """One persona at one moment. Nothing of what is sent is kept; the session stays."""

    persona: str
    client: Client
    world: World
    thorough: bool = False
    sent: int = 0
    seen: set[Any] = field(default_factory=set)
    chosen: dict[tuple[str, str], str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client.handler.enforce_csrf_checks = True
        self.today = day_of(self.world.now)
        self.texts = {
            "identity_code": decrypt(self.world.case.person.identity_code_encrypted),
            "username": "somebody.new",
        }

    def visit(self, name: str, url: str) -> None:
        """Open a page and send every form on it."""
        page = self.ask("get", url, {})
        if isinstance(page, str):
            self.wrong[f"{name} {self.persona}"] = page
            return
        if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
            return
        forms, links = read(page.content.decode())
        for link in links:
            if link not in self.seen:
                self.seen.add(link)
                answer = self.ask("get", link, {})
                status = answer if isinstance(answer, str) else answer.status_code
                if status not in (200, 302):
                    self.wrong[f"{name} by {self.persona} links to what answers {status}"] = link
        for form in forms:
            address = form.action.partition("?")[0] or url
            route = resolve(address).view_name
            key = (route, form.key)
            if key in self.seen:
                continue
            self.seen.add(key)
            if form.method == "post" and not form.is_of_a_thing_that_is:
                self.chosen |= {(route, c.name): c.values[0] for c in form.chosen_already()}
            self.send(f"{name} -> {route} by {self.persona}", url, form)

    def send(self, where: str, url: str, form: Rendered) -> None:
        for address, extra in form.sent_by(url):
            tries = [(None, form.as_it_is())]
            if form.method == "post":
                full = form.filled(self.today, self.texts)
                if full != form.as_it_is():
                    tries.append((None, full))
                if self.thorough:
                    tries += [
                        ((control.name, option), {**full, control.name: [option]})
                        for control in form.controls.values()
                        if control.kind in {"radio", "select"}
                        for option in dict.fromkeys(control.options)
                        if option and [option] != full.get(control.name)
                    ][:12]
                    tries += [
                        ((control.name, "ticked"), {**full, control.name: control.options[:1]})
                        for control in form.controls.values()
                        if control.kind == "checkbox"
                    ]
            for chosen, data in tries:
                self.sent += 1
                if found := self.judge(form, address, {**data, **extra}, chosen, where):
                    self.wrong.setdefault(f"{where}: {found}", str(data)[:300])

    def judge(
        self,
        form: Rendered,
        address: str,
        data: dict[str, list[str]],
        chosen: tuple[str, str] | None,
        where: str,
    ) -> str:
        """What is wrong with the answer to a form, in words; empty for nothing."""
        answer = self.ask(form.method, address, data)
        if isinstance(answer, str):
            return answer
        if answer.status_code not in (200, 302):
            reason = getattr(answer, "said", "")
            return f"{answer.status_code} {reason}"
        if getattr(answer, "leads_to", 200) not in (200, 302):
            return f"leads to {answer.leads_to}: {answer['Location']}"
        for name, errors in errors_of(answer).items():
            control = form.controls.get(name)
            if control is None:
                continue
            if control.optional and not any(data.get(name, [])):
                return f"{name} is called optional and demanded: {errors}"
            if chosen and name == chosen[0] and (where.split(" ")[2], name) not in TOGETHER:
                return f"{name} offers what is refused: {errors}"
        return ""

    def ask(self, method: str, url: str, data: dict[str, Any]) -> Any:
        """The answer, with the status of where it leads; or what broke. Nothing is kept."""
        cookies, mark = self.client.cookies.copy(), transaction.savepoint()
        try:
            answer: Any = getattr(self.client, method)(url, data)
            if answer.status_code in (403, 404, 409) and answer.context:
                answer.said = str(answer.context.get("reason", ""))[:120]
            if method == "post" and answer.status_code == 302:
                answer.leads_to = self.client.get(answer["Location"]).status_code
            return answer
        except Exception as error:
            return f"{type(error).__name__}: {str(error)[:200]}"
        finally:
            transaction.savepoint_rollback(mark)
            if method == "post":
                self.client.cookies = cookies


def errors_of(answer: Any) -> dict[str, str]:
    """What the forms of an answer say is to be mended."""
    found: dict[str, str] = {}
    for part in answer.context or []:
        for values in getattr(part, "dicts", []):
            for value in values.values():
                if isinstance(value, BaseForm) and value.is_bound:
                    for name, errors in value.errors.items():
                        found[name] = "; ".join(map(str, errors))
    return found


def pages_of(persona: str) -> Iterator[str]:
    """The routes that open to a persona, of those that are pages."""
    for name, answers in TABLE.items():
        opens = answers.to(persona) == 200
        if opens and name.startswith("pages:") and not is_file(name):
            yield name


def is_file(name: str) -> bool:
    return name.endswith(("_pdf", "_csv", "_json", "_ics", "attachment"))


def browse(browser: Browser, places: dict[str, list[Any]]) -> None:
    for name in pages_of(browser.persona):
        browser.visit(name, reverse(name, args=places[name]))


def told(wrong: dict[str, str]) -> str:
    return "\n".join(f"{where}\n      sent {data}" for where, data in wrong.items())


@pytest.mark.deep
@pytest.mark.parametrize("persona", PERSONAS)
def test_what_a_page_offers_is_done(
    world: World, login: Any, trigger: Any, asked: Any, persona: str
) -> None:
    browser = Browser(persona, login(persona), world, thorough=True)
    browse(browser, places_of(world, trigger, asked))
    assert browser.sent > 5
    assert browser.wrong == {}, told(browser.wrong)
    assert sorted(browser.chosen.keys() - CHOSEN.keys()) == []


@pytest.mark.deep
@pytest.mark.parametrize("state", ["declined", "disagreed", "in_force", "follow_up"])
@pytest.mark.parametrize("persona", ["employment", "client"])
def test_what_a_page_offers_in_other_states_of_a_case_is_done(
    world: World, login: Any, persona: str, state: str
) -> None:
    stage = STAGES[state](world)
    browser = Browser(persona, login(stage.username(persona)), world)
    for name, args in stage.places.items():
        if name.startswith("pages:") and not is_file(name):
            browser.visit(name, reverse(name, args=args))
    assert browser.sent > 5
    assert browser.wrong == {}, told(browser.wrong)


@pytest.mark.deep
def test_whoever_is_let_in_for_a_time_is_offered_nothing_but_reading(
    world: World, login: Any
) -> None:
    """A manager who left reads on for some days: no page of the case has a form for them."""
    stage = mapping(world)
    handover = Handover.objects.get(case=world.case, state=HandoverState.OPEN)
    accept_handover(actor=world.actor("colleague"), handover_id=handover.pk, now=world.now)
    browser = Browser("employment", login("employment"), world)
    for name, args in stage.places.items():
        if name.startswith("pages:") and not is_file(name):
            browser.visit(name, reverse(name, args=args))
    assert browser.wrong == {}, told(browser.wrong)


def test_every_form_that_posts_carries_the_proof_that_it_came_from_here() -> None:
    forms = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)
    without = [
        path.name
        for path in (ROOT / "templates").rglob("*.html")
        for form in forms.findall(path.read_text())
        if "{% csrf_token %}" not in form
    ]
    assert without == []


def test_no_include_loses_the_proof_and_nothing_is_drawn_without_it(rf: RequestFactory) -> None:
    part = engines["django"].from_string("<form>{% csrf_token %}</form>")
    page = engines["django"].from_string("{% include part with nothing=1 only %}")
    assert "csrfmiddlewaretoken" in page.render({"part": part}, rf.get("/"))
    with pytest.raises(ValueError, match="without its request"):
        part.render({})


# Pages that take what is sent, and have no form as the demo leaves them.
WITHOUT_A_FORM = {
    "pages:grounds_sign": "nothing is drafted",
    "pages:letter_trial": "no letter waits for its code",
    "pages:practise": "there is no practice network in the tests of forms",
    "pages:worker": "the director reads it; whoever leads the office has the form",
    "pages:offer": "the client has the form, and a worker beside them; the others read",
    "pages:extract": "the officer has the form while it waits; whoever asked reads",
    "pages:referral": "the office it was sent to has the form; the sender's reads",
    "pages:template": "a template of a decision text has no lines, that of a plan has",
}
