"""What handing over and standing in leave behind: in the team, in the log, for the client."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditRow
from cases import services
from cases.models import Cover, Handover, News, TeamMembership, TemporaryAccess
from cases.services.handover import make_manager
from common.actor import system_actor
from common.clock import day_of, start_of
from common.decision import NotAllowed, NotVisible, Refused
from people.models import Position
from tests.personas import World

LATER = timedelta(minutes=5)


def asks(world: World, to: str = "colleague", **given: Any) -> Handover:
    return services.hand_over(
        **{
            "actor": world.actor("employment"), "case": world.case,
            "receiver_id": world.actor(to).user_id, "reason": "  I move.  ", "leaves": False,
            "now": world.now, **given,
        }
    )  # fmt: skip


def team(world: World) -> dict[str, str]:
    """Who stands on the team now, and as what; nobody twice."""
    rows = TeamMembership.objects.filter(case=world.case, until=None, user__isnull=False)
    found = list(rows.values_list("user__username", "role"))
    assert len(found) == len(dict(found))
    return dict(found)


def logged(action: str, subject_id: Any) -> list[tuple[str, str]]:
    rows = AuditRow.objects.filter(action=action, subject_id=subject_id)
    return list(rows.values_list("actor", "subject_type"))


def refusal(write: Any) -> str | None:
    with pytest.raises(Refused) as refused:
        write()
    return refused.value.field


# Offers


def test_an_offer_says_whose_why_and_when_and_stands_in_the_log(world: World) -> None:
    handover = asks(world)
    row = Handover.objects.get(pk=handover.pk)
    employment = world.actor("employment")
    assert (row.giver_id, row.reason, row.leaves) == (employment.user_id, "I move.", False)
    assert (row.asked_at, row.answered_at, row.state) == (world.now, None, "open")
    assert logged("handover_asked", row.pk) == [(employment.label, "handover")]
    assert team(world)["employment"] == "case_manager", "nothing has moved"


def test_an_offer_needs_its_words_and_somebody_else_who_works_here(world: World) -> None:
    assert refusal(lambda: asks(world, reason="  ")) == "reason"
    for who in ("outsider", "director", "employment"):
        assert refusal(lambda who=who: asks(world, to=who)) == "receiver_id"  # type: ignore[misc]
    assert not Handover.objects.exists()
    asks(world)
    assert refusal(lambda: asks(world, to="social")) is None, "one waits already"


def test_who_stands_in_offers_the_case_of_its_manager(world: World) -> None:
    Cover.objects.create(
        user_id=world.actor("employment").user_id, by_id=world.actor("colleague").user_id,
        network_id=world.case.network_id, since=world.now, until=world.now + timedelta(days=1),
        made_by_id=world.actor("employment").user_id,
    )  # fmt: skip
    handover = asks(world, to="social", actor=world.actor("colleague"))
    assert handover.giver_id == world.actor("employment").user_id
    with pytest.raises(NotAllowed):
        asks(world, actor=world.actor("kela"))


@pytest.mark.parametrize("leaves", [True, False])
def test_who_accepts_manages_and_who_gave_it_stays_a_member_or_reads_for_two_weeks(
    world: World, leaves: bool
) -> None:
    """Somebody of the team takes it: they stand there once."""
    before = team(world)
    handover = asks(world, to="social", leaves=leaves)
    at, social = world.now + LATER, world.actor("social")
    services.accept_handover(actor=social, handover_id=handover.pk, now=at)
    after = {**before, "social": "case_manager", "employment": "member"}
    if leaves:
        del after["employment"]
    assert team(world) == after
    row = Handover.objects.get(pk=handover.pk)
    assert (row.state, row.answer, row.answered_at) == ("accepted", "", at)
    assert logged("handover_accepted", row.pk) == [(social.label, "handover")]
    membership = TeamMembership.objects.get(case=world.case, until=None, role="case_manager")
    assert (membership.since, membership.user_id) == (at, social.user_id)
    assert logged("case_manager_changed", membership.pk) == [(social.label, "team_membership")]
    ended = TeamMembership.objects.filter(case=world.case, until=at)
    assert set(ended.values_list("user__username", "ended_by")) == {
        ("social", social.user_id), ("employment", social.user_id),
    }  # fmt: skip
    reads = TemporaryAccess.objects.filter(user__username="employment", why="grace")
    last = start_of(day_of(at) + timedelta(days=15))
    assert list(reads.values_list("until", flat=True)) == ([last] if leaves else [])


def test_the_client_has_news_of_a_new_manager_and_of_an_offer_none(world: World) -> None:
    News.objects.all().delete()  # that the case has begun
    handover = asks(world)
    assert not News.objects.exists()
    services.accept_handover(
        actor=world.actor("colleague"), handover_id=handover.pk, now=world.now + LATER
    )
    (news,) = News.objects.filter(kind="manager_changed")
    membership = TeamMembership.objects.get(case=world.case, until=None, role="case_manager")
    assert news.for_user.username == "client"
    assert (news.case_id, news.subject_id, news.at) == (
        world.case.pk,
        membership.pk,
        world.now + LATER,
    )


def test_a_no_and_a_taking_back_are_closed_with_their_words_and_their_row(world: World) -> None:
    first = asks(world)
    colleague, employment, at = world.actor("colleague"), world.actor("employment"), world.now
    services.decline_handover(
        actor=colleague, handover_id=first.pk, answer="  Too many.  ", now=at + LATER
    )
    first.refresh_from_db()
    assert (first.state, first.answer, first.answered_at) == (
        "declined", "Too many.", at + LATER,
    )  # fmt: skip
    assert logged("handover_declined", first.pk) == [(colleague.label, "handover")]
    second = asks(world)
    with pytest.raises(NotAllowed):
        services.withdraw_handover(actor=colleague, handover_id=second.pk, now=at)
    services.withdraw_handover(actor=employment, handover_id=second.pk, now=at)
    second.refresh_from_db()
    assert (second.state, second.answer, second.answered_at) == ("withdrawn", "", at)
    assert logged("handover_withdrawn", second.pk) == [(employment.label, "handover")]


# At once


def test_another_manager_at_once_is_chosen_by_the_manager_among_who_works_here(
    world: World,
) -> None:
    def changes(who: str, by: str = "employment") -> TeamMembership:
        return services.change_case_manager(
            actor=world.actor(by), case=world.case, user_id=world.actor(who).writer_id,
            now=world.now,
        )  # fmt: skip

    for who in ("outsider", "director", "employment"):
        assert refusal(lambda who=who: changes(who)) == "case_manager"  # type: ignore[misc]
    with pytest.raises(NotAllowed):
        changes("social", by="kela")
    before = team(world)
    made = changes("colleague")
    assert team(world) == {**before, "employment": "member", "colleague": "case_manager"}
    assert (made.user_id, made.since) == (world.actor("colleague").user_id, world.now)
    assert changes("employment", by="colleague").role == "case_manager"


def test_where_the_installation_itself_puts_somebody_in_the_place_they_ended_it(
    world: World,
) -> None:
    """A named part of the system has no user who could have ended a term."""
    colleague = world.actor("colleague").writer_id
    make_manager(system_actor("night"), world.case, colleague, False, world.now)
    (ended,) = TeamMembership.objects.filter(case=world.case, until=world.now)
    assert (ended.user.username, ended.ended_by_id) == ("employment", colleague)  # type: ignore
    assert "employment" not in team(world)


# Standing in


def covers(world: World, **given: Any) -> Cover:
    today = day_of(world.now)
    return services.cover_absence(
        **{
            "actor": world.actor("employment"), "user_id": world.actor("employment").user_id,
            "by_id": world.actor("colleague").user_id, "since": today,
            "until": today + timedelta(days=6), "now": world.now, **given,
        }
    )  # fmt: skip


def test_a_cover_lasts_from_now_or_its_first_day_to_the_end_of_its_last(world: World) -> None:
    today, employment = day_of(world.now), world.actor("employment")
    row = covers(world, until=today)
    assert (row.since, row.until) == (world.now, start_of(today + timedelta(days=1)))
    assert (row.network_id, row.made_by_id) == (world.case.network_id, employment.user_id)
    assert logged("cover_made", row.pk) == [(employment.label, "cover")]
    assert refusal(lambda: covers(world)) == "since", "on one of the days somebody stands in"
    later = covers(world, since=today + timedelta(days=1))
    assert later.since == start_of(today + timedelta(days=1)), "the day after is free"


def test_a_cover_is_somebody_else_of_the_same_body(world: World) -> None:
    for who in ("social", "employment", "outsider", "client"):
        assert refusal(lambda who=who: covers(world, by_id=world.actor(who).user_id)) == "by_id"  # type: ignore[misc]


def test_a_leader_chooses_for_their_office_and_nobody_else_for_another(world: World) -> None:
    choice = {
        "user_id": world.actor("employment").user_id,
        "by_id": world.actor("colleague").user_id,
    }
    for who in ("colleague", "social", "outsider", "director"):
        with pytest.raises(NotAllowed):
            covers(world, actor=world.actor(who), **choice)
    Position.objects.filter(user__username__in=["colleague", "social"]).update(leads=True)
    with pytest.raises(NotAllowed):
        covers(world, actor=world.actor("social"), **choice)
    made = covers(world, actor=world.actor("colleague"), **choice)
    assert made.made_by_id == world.actor("colleague").user_id


def test_a_cover_is_ended_at_once_with_its_row_and_not_once_more(world: World) -> None:
    row, employment = covers(world), world.actor("employment")
    at = world.now + LATER
    services.end_cover(actor=employment, cover_id=row.pk, now=at)
    row.refresh_from_db()
    assert row.until == at
    assert logged("cover_ended", row.pk) == [(employment.label, "cover")]
    with pytest.raises(NotVisible):
        services.end_cover(actor=employment, cover_id=row.pk, now=at)
