"""Everything a client does in an evening, from the log-in to the log-out, played in many ways.

In each language; without JavaScript; by keyboard alone; in forced colours; with text twice as large
on the narrowest screen; from right to left. The steps are the same, the hands differ.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Locator

from tests.journeys.conftest import System
from tests.journeys.hands import (
    ForcedColours,
    Hand,
    Keyboard,
    LargeText,
    Mirrored,
    WithoutScript,
)

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]
# What a client has to do: a message, a version, a step added after it, options; each with a mark.
_PLANTED = """
from datetime import timedelta
from django.utils import timezone
from caseplan.messages.models import ThreadKind
from caseplan.messages.services import start_thread
from caseplan.options.services import NewStep, offer_steps
from caseplan.plan.models import Action, ActionState, Goal
from caseplan.plan.services import add_action, close_action, propose_plan
from cases.models import Case
from common.bodies import Party
from common.clock import day_of
from consent.models import Category
from people.models import User
from people.selectors import actor_for
now, mark = timezone.now(), "%s"
today, plan = day_of(now), Category.PLAN_FOLLOW_UP
case = Case.objects.get(person__user__username="client", ended_at=None)
social = actor_for(User.objects.get(username="social"), now=now)
goal = Goal.objects.filter(case=case, dropped_at=None, category=plan).earliest("recorded_at")
start_thread(
    actor=social, case=case, kind=ThreadKind.DIALOGUE, topic=f"Bussikortti {mark}",
    text="Tarvitsetko sitä vielä?", category=plan, now=now,
)
propose_plan(actor=social, case=case, now=now)
for left in Action.objects.filter(case=case, text__regex="^(Vapaa ilta|Lomake) "):
    if left.is_open:  # of an evening before
        close_action(
            actor=social, action_id=left.pk, state=ActionState.DROPPED, reason="Ohi.",
            revision=left.revision, now=now,
        )
for text, days in ((f"Vapaa ilta {mark}", 5), (f"Lomake {mark}", 6)):
    add_action(
        actor=social, goal_id=goal.pk, text=text, owner_party=Party.CLIENT, owner_id=None,
        due_on=today + timedelta(days=days), category=plan, now=now,
    )
offer_steps(
    actor=social, goal_id=goal.pk, question=f"Mistä aloitetaan? {mark}", because="Toivoit sitä.",
    steps=[NewStep(f"{one} {mark}", "Maksuton.", Party.CLIENT, None) for one in ("Kuoro", "Uinti")],
    answer_by=today + timedelta(days=7), within_weeks=4, category=plan, now=now,
)
"""


@pytest.fixture
def system(clients_own: System) -> System:
    return clients_own


def deep(hand: type[Hand], language: str) -> object:
    return pytest.param(hand, language, marks=pytest.mark.deep, id=f"{hand.__name__}-{language}")


@pytest.mark.parametrize(
    ("hand", "language"),
    [
        pytest.param(WithoutScript, "fi", id="WithoutScript-fi"),
        deep(LargeText, "fi"),
        deep(ForcedColours, "sv"),
        deep(Keyboard, "en"),
        deep(Mirrored, "ar-xb"),
    ],
)
def test_a_client_does_all_of_it(
    system: System, browser: Browser, hand: type[Hand], language: str
) -> None:
    mark = f"{hand.__name__} {language}"
    system.manage("shell", "-c", _PLANTED % mark)
    aino = Evening(hand(system, browser, language), mark)
    try:
        aino.plays()
    finally:
        aino.hand.context.close()


class Evening:
    """The steps, each from the first page as the one before left it."""

    def __init__(self, hand: Hand, mark: str) -> None:
        self.hand, self.mark = hand, mark

    def plays(self) -> None:
        self.hand.log_in("client")
        self.hand.reads("Do this next", "Waiting for you", "Everything of mine")
        self.answers_a_message()
        self.accepts_the_plan()
        self.refuses_what_is_no_duty()
        self.chooses()
        self.says_how_it_goes()
        self.asks_for_time()
        self.sees_who_has_looked()
        self.logs_out()

    def answers_a_message(self) -> None:
        self.press_words("Bussikortti")
        self.hand.write(self.main("textarea[name=text]"), f"Tarvitsen, {self.mark}.")
        self.submit()
        self.shows(f"Tarvitsen, {self.mark}.")

    def accepts_the_plan(self) -> None:
        self.home()
        self.press("a[href*='/versions/']")
        self.hand.reads("Your answer", "I disagree")
        self.press("a[href$='/accept/']")
        self.submit()
        assert self.main("a[href$='/accept/']").count() == 0

    def refuses_what_is_no_duty(self) -> None:
        self.go_to("/my/plan/")
        self.press_words("Vapaa ilta")
        self.hand.reads("You may say no freely: it is no duty now.")
        self.press("a[href$='/no/']")
        self.hand.reads("I do not want this")
        self.hand.write(self.main("textarea"), f"En jaksa, {self.mark}.")
        self.submit()
        self.hand.reads("Saved. Your team sees that you do not want this.")
        self.shows(f"En jaksa, {self.mark}.")

    def chooses(self) -> None:
        self.home()
        self.press_words("Mistä aloitetaan?")
        self.hand.reads("None of these", "I would rather have something else")
        self.hand.choose(self.main("[type=radio]").nth(1))
        self.submit()
        self.hand.reads("Your answer is saved. Your team sees it.")
        assert "Uinti" in self.main("article:has(.state)").inner_text()

    def says_how_it_goes(self) -> None:
        self.go_to("/my/how-it-goes/")
        self.press("a[href$='/how-is-it-going/']")
        self.hand.choose(self.main("[type=radio]").first)
        self.submit()

    def asks_for_time(self) -> None:
        self.go_to("/my/plan/")
        self.press_words("Lomake")
        self.press("a[href$='/more-time/']")
        self.hand.writes_day(self.main("input[type=date]"), date.today() + timedelta(days=20))
        self.hand.write(self.main("textarea"), f"Lapsi on sairaana, {self.mark}.")
        self.submit()
        self.hand.reads("Sent. Your team answers you.")

    def sees_who_has_looked(self) -> None:
        self.go_to("/my/information/")
        self.press("a[href$='/my/access-log/']")
        self.hand.reads("Who has looked at my information")

    def logs_out(self) -> None:
        self.hand.press(self.hand.page.locator("header form[action*='logout'] button"))
        self.hand.page.goto(f"{self.hand.url}/my/")
        assert "/login/" in self.hand.page.url, "out is out"

    def home(self) -> None:
        self.hand.press(self.hand.page.locator("header a.brand"))

    def go_to(self, page: str) -> None:
        """By its door on the first page."""
        self.home()
        self.hand.press(self.main(f".doors a[href='{page}']").first)

    def press(self, link: str) -> None:
        self.hand.press(self.main(link).first)

    def press_words(self, words: str) -> None:
        """The link that bears what somebody has written; it may be folded where much waits."""
        said = f"{words} {self.mark}"
        link = self.main("a").filter(has_text=said).first
        if not link.is_visible():
            self.hand.unfold(self.main("details").filter(has_text=said).locator("> summary"))
        self.hand.press(link)

    def submit(self) -> None:
        self.hand.press(self.main("form.form button[type=submit]").first)

    def shows(self, words: str) -> None:
        assert words in self.hand.page.inner_text("main")

    def main(self, what: str) -> Locator:
        return self.hand.page.locator(f"main {what}")
