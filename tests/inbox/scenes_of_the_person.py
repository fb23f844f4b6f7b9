"""The person: before their case, in their life, and in what they have consented to."""

from __future__ import annotations

from caseplan.intake import services as intake
from caseplan.intake.models import AskedHelp, HelpInstead, ReferralAnswer, WhyNot
from cases import services as cases
from common.clock import day_of
from consent.models import Category
from consent.services import confirm_written
from people.models import ProtectionQuestion, User
from people.selectors import actor_for
from people.services import link_client
from tests.builders import TEST, written_down
from tests.caseplan.intake.test_coming_in import free, sent
from tests.caseplan.intake.test_consultations import answers as answers_consultation
from tests.caseplan.intake.test_consultations import asks as asks_consultation
from tests.followup.to_the_day import leads
from tests.inbox.scene import Happened, the_case
from tests.personas import World


def refers(world: World) -> Happened:
    row = sent(world, person=free(world))
    return Happened(
        row.pk,
        lambda by: intake.answer_referral(actor=world.actor(by), referral_id=row.pk,
                                          answer=ReferralAnswer.NOT_REACHED, now=world.now),
    )  # fmt: skip


def asks_for_joint_service(world: World) -> Happened:
    """To whoever leads the office that was asked."""
    leads("employment")
    user = User.objects.create_user("asker", password="demo", first_name="A", last_name="B")
    link_client(actor=TEST, person_id=free(world).pk, user=user, now=world.now)
    row = intake.ask_for_joint_service(
        actor=actor_for(user, now=world.now), office_id=world.actor("employment").working_office_id,
        helps=[AskedHelp.MONEY], request_text="I am tired.", now=world.now,
    )  # fmt: skip
    return Happened(
        row.pk,
        lambda by: intake.refuse_request(actor=world.actor(by), request_id=row.pk,
                                         why_not=WhyNot.ONE_PLACE, why="We help you.",
                                         instead=[HelpInstead.EMPLOYMENT], now=world.now),
    )  # fmt: skip


def consults(world: World) -> Happened:
    row = asks_consultation(world)
    return Happened(row.pk, lambda by: answers_consultation(world, row, by))


def is_answered(world: World) -> Happened:
    row = answers_consultation(world, asks_consultation(world))
    return Happened(
        row.pk,
        lambda by: intake.mark_consultation_seen(actor=world.actor(by), consultation_id=row.pk,
                                                 now=world.now),
    )  # fmt: skip


def writes_consent_down(world: World) -> Happened:
    row = written_down(world.case, by=world.actor("social"), now=world.now,
                       categories=[Category.SOCIAL_SITUATION])  # fmt: skip
    return Happened(
        row.pk, lambda by: confirm_written(actor=world.actor(by), consent_id=row.pk, now=world.now)
    )


def _protects(world: World) -> object:
    return cases.record_protection(actor=world.actor("social"), case=the_case(world),
                                   now=world.now)  # fmt: skip


def wants_a_second(world: World) -> Happened:
    _protects(world)
    row = cases.ask_to_end_protection(actor=world.actor("social"), case=the_case(world),
                                      reason="They said so.", now=world.now)  # fmt: skip
    return Happened(
        row.pk,
        lambda by: cases.turn_change_down(actor=world.actor(by), event_id=row.pk, now=world.now),
    )


def changes(world: World) -> Happened:
    row = cases.record_protection(actor=world.actor("social"), case=the_case(world), now=world.now)
    return Happened(
        row.pk,
        lambda by: cases.mark_change_seen(actor=world.actor(by), event_id=row.pk, now=world.now),
    )


def register_lifts(world: World) -> Happened:
    _protects(world)
    ProtectionQuestion.objects.create(person_id=world.case.person_id, said_at=world.now)
    return Happened(
        world.case.pk,
        lambda by: cases.keep_protected(actor=world.actor(by), case=the_case(world), now=world.now),
    )


def moves_away(world: World) -> Happened:
    def moved(by: str, code: str) -> object:
        return cases.record_move(actor=world.actor(by), case=the_case(world), now=world.now,
                                 municipality_code=code, on=day_of(world.now))  # fmt: skip

    here = world.case.person.municipality_code
    moved("social", "091")
    return Happened(world.case.pk, lambda by: moved(by, here))
