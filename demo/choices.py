"""What a visitor finds in the joint case: options to choose from, remarks, what Kela has confirmed.

Told through the services alone, as ``demo.stories`` is; the tests build on the network without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from caseplan.options.services import NewStep, offer_steps
from caseplan.plan.models import Action, Goal, GoalKind
from caseplan.plan.services import confirm_for_kela
from caseplan.remarks.services import answer_remark, comment_on, propose_step
from cases.models import Case
from common.actor import Actor
from common.bodies import Party
from common.clock import day_of
from consent.models import Category
from statutes.steps import StepKind


def offer_and_ask(case: Case, team: Sequence[Actor], client: Actor, now: datetime) -> None:
    """An offer that waits for the client, a remark answered and one not, and Kela's word.

    ``team``: of employment services, social services and Kela.
    """
    employment, _social, kela = team
    own = Goal.objects.get(case=case, kind=GoalKind.CLIENT)
    step = Action.objects.filter(goal=own).earliest("due_on")
    today = day_of(now)
    offer_steps(
        actor=employment,
        goal_id=own.pk,
        question="Miten haluaisit kokeilla uutta työtä?",
        because="Sanoit, että käsillä tekeminen on sinun juttusi ja että selän pitää kestää.",
        steps=[
            NewStep(
                "Kaksi päivää viikossa puuverstaalla",
                "Salossa, klo 9-14. Matkat korvataan. Voit lopettaa, jos selkä ei kestä.",
                Party.EMPLOYMENT,
                employment.writer_id,
            ),
            NewStep(
                "Tutustumispäivä kolmessa työpaikassa",
                "Käyt kussakin kerran. Et sitoudu mihinkään.",
                Party.CLIENT,
                None,
            ),
        ],
        answer_by=today + timedelta(days=10),
        within_weeks=6,
        category=Category.PLAN_FOLLOW_UP,
        now=now - timedelta(days=1),
    )
    asked = propose_step(
        actor=client, goal_id=own.pk, text="Voisin kysyä työtä naapurin korjaamolta.",
        now=now - timedelta(days=20),
    )  # fmt: skip
    answer_remark(
        actor=employment, remark_id=asked.pk, now=now - timedelta(days=18),
        answer="Hyvä ajatus. Kysy vain, niin katsomme yhdessä, mitä he vastaavat.",
    )  # fmt: skip
    comment_on(
        actor=client, about=Action, about_id=step.pk, now=now - timedelta(days=2),
        text="Onko verstaalla hissi? Portaat ovat selälle pahat.",
    )  # fmt: skip
    confirm_for_kela(
        actor=kela, case=case, step=StepKind.SERVICE, begins_on=today + timedelta(days=14),
        statement="Työmarkkinatuki jatkuu työkokeilun ajan. Ilmoita kokeilusta hakemuksessasi.",
        said_by="Kelan etuuskäsittelijä", said_on=today - timedelta(days=3),
        now=now - timedelta(days=3),
    )  # fmt: skip
