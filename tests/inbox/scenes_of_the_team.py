"""Who works in the case, for whom, and who may look into it."""

from __future__ import annotations

from datetime import timedelta

from benefits import services as benefits
from benefits.models import ImportState, RegisterImport
from cases import services as cases
from cases.models import Cover
from common.clock import day_of
from people.models import User
from statutes.reader import law_on
from tests.caseplan.intake.test_coming_in import begins, free
from tests.cases.outside import asks as asks_access
from tests.cases.outside import opens
from tests.followup.to_the_day import leads
from tests.inbox.scene import Happened, the_case
from tests.people.test_letting_in import comes, lets_in
from tests.people.test_staff import position
from tests.personas import World


def is_away_alone(world: World) -> Happened:
    leads("colleague")
    today, away = day_of(world.now), world.actor("employment")
    row = cases.record_absence(
        actor=away, user_id=away.writer_id, since=today, until=today + timedelta(days=4),
        now=world.now,
    )  # fmt: skip
    return Happened(
        row.pk,
        lambda by: cases.end_absence(actor=world.actor(by), absence_id=row.pk, now=world.now),
    )


def names_themselves(world: World) -> Happened:
    for who in ("colleague", "social"):
        leads(who)
    today = day_of(world.now)
    cover: Cover = cases.cover_absence(
        actor=world.actor("colleague"), user_id=world.actor("employment").writer_id,
        by_id=world.actor("colleague").writer_id, since=today, until=today + timedelta(days=9),
        now=world.now,
    )  # fmt: skip
    return Happened(
        cover.pk,
        lambda by: cases.confirm_cover(actor=world.actor(by), cover_id=cover.pk, now=world.now),
    )


def leaves(world: World) -> Happened:
    leads("colleague")
    giver = world.actor("employment").writer_id
    position = User.objects.get(pk=giver).positions.get(until=None)
    cases.end_work(actor=world.actor("colleague"), position_id=position.pk, now=world.now)
    return Happened(giver, over=15)


def hands_over(world: World) -> Happened:
    asked = cases.hand_over(
        actor=world.actor("employment"), case=the_case(world), leaves=True, reason="I move.",
        receiver_id=world.actor("colleague").writer_id, now=world.now,
    )  # fmt: skip
    return Happened(
        asked.pk,
        lambda by: cases.accept_handover(actor=world.actor(by), handover_id=asked.pk,
                                         now=world.now),
    )  # fmt: skip


def keeps_a_seat(world: World) -> Happened:
    case = begins(world, "kela", free(world))
    seat = case.team.get(office_id=world.actor("social").office_id)
    return Happened(
        seat.pk,
        lambda by: cases.name_for_office(actor=world.actor(by), membership_id=seat.pk,
                                         user_id=world.actor(by).writer_id, now=world.now),
    )  # fmt: skip


def asks_to_see(world: World) -> Happened:
    asked = asks_access(world, by="outsider")
    return Happened(
        asked.pk,
        lambda by: cases.decline_access_request(actor=world.actor(by), request_id=asked.pk,
                                                answer="No.", now=world.now),
    )  # fmt: skip


def opens_at_once(world: World) -> Happened:
    days = law_on(day_of(world.now)).figure("emergency_flag_days").value
    return Happened(opens(world).pk, over=days + 1)


def asks_to_be_let_in(world: World) -> Happened:
    leads("social")
    asked = comes(world, office=position("social").office.name)
    return Happened(asked.pk, lambda by: lets_in(world, world.actor(by), asked))


def proposes_import(world: World) -> Happened:
    leads("social")
    run = RegisterImport.objects.create(
        started_at=world.now, imported_by=world.actor("director").label,
        network_id=world.case.network_id, state=ImportState.CHECKED,
    )  # fmt: skip
    benefits.propose_import(actor=world.actor("director"), run_id=run.pk, now=world.now)
    return Happened(
        run.pk,
        lambda by: benefits.turn_down_import(actor=world.actor(by), run_id=run.pk,
                                             reason="Another month's.", now=world.now),
    )  # fmt: skip
