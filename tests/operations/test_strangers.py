"""Whoever came in, asked or was asked about and got no case: gone after their days, everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from caseplan.intake import services as intake
from caseplan.intake.models import AskedHelp, HelpInstead, OwnRequest, WhyNot
from caseplan.plan.models import SeenNeed
from common.actor import system_actor
from common.clock import day_of
from common.crypto import encrypt, search_hash
from operations.night import STEP_OF, StepInput
from people import services
from people.models import EntryRequest, Person, User
from people.selectors import actor_for
from tests.operations.test_nothing_left import read_all
from tests.people.test_entering import UNKNOWN_CODE, enters, identity, national
from tests.personas import World

NIGHT = system_actor("night")
OTHER, THIRD = "020290-998A", "030390-997R"
MARKS = ("Merkkonen", "Merkkaaja")


def erase(world: World, on: date) -> None:
    step = STEP_OF["erasure"]
    step.do(StepInput(NIGHT, on, world.now, world.case.pk, world.case.pk))


def typed(code: str) -> dict[str, str]:
    return {
        "identity_code": code, "last_name": MARKS[0], "first_names": MARKS[1],
        "municipality_code": "734", "language": "fi",
    }  # fmt: skip


def introduced(world: World) -> User:
    """Somebody no register knows comes in and says where they live."""
    came = enters(world, national(world, UNKNOWN_CODE, given_name=MARKS[1], family_name=MARKS[0]))
    services.introduce(
        actor=actor_for(came.user, now=world.now), newcomer=came.newcomer, municipality="734",
        now=world.now,
    )  # fmt: skip
    return User.objects.get(pk=came.user.pk)


def asks_and_is_refused(world: World) -> None:
    user = introduced(world)
    kela = world.actor("kela")
    asked = intake.ask_for_joint_service(
        actor=actor_for(user, now=world.now), office_id=kela.office_id,
        helps=[AskedHelp.MONEY], request_text=f"{MARKS[0]} asks.", now=world.now,
    )  # fmt: skip
    OwnRequest.objects.filter(pk=asked.pk).update(handler=kela.user_id)
    intake.refuse_request(
        actor=kela, request_id=asked.pk, why_not=WhyNot.ONE_PLACE, why=f"{MARKS[0]}: no.",
        instead=[HelpInstead.KELA], now=world.now,
    )  # fmt: skip


def asks_on_paper(world: World) -> None:
    social, kela = world.actor("social"), world.actor("kela")
    found = intake.look_up(
        actor=social, ground=intake.LookUpGround.ASKED, now=world.now, **typed(OTHER)
    )
    asked = intake.write_down_request(
        actor=social, found=found, office_id=kela.office_id, helps=[AskedHelp.WORK],
        request_text=f"{MARKS[0]} wrote.", paper_place="Folder 9", now=world.now,
    )  # fmt: skip
    OwnRequest.objects.filter(pk=asked.pk).update(handler=kela.user_id)
    intake.refuse_request(
        actor=kela, request_id=asked.pk, why_not=WhyNot.OTHER, why=f"{MARKS[0]}: no.",
        instead=[HelpInstead.KELA], now=world.now,
    )  # fmt: skip


def is_referred(world: World) -> None:
    found = intake.look_up(
        actor=world.actor("employment"), ground=intake.LookUpGround.TOLD, now=world.now,
        **typed(THIRD),
    )  # fmt: skip
    intake.refer_looked_up(
        actor=world.actor("employment"), found=found, needs=[SeenNeed.ABILITY],
        to_office_id=world.actor("kela").working_office_id, now=world.now,
    )  # fmt: skip


def waits_to_be_let_in(world: World) -> None:
    came = enters(world, identity(world, "w-9", given_name=MARKS[1], family_name=MARKS[0]))
    EntryRequest.objects.filter(user=came.user).update(
        state="refused", decided_at=world.now, decided_by=world.actor("officer").user_id,
        reason="Nobody knows them.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "what",
    [introduced, asks_and_is_refused, asks_on_paper, is_referred, waits_to_be_let_in],
    ids=lambda what: str(what.__name__),
)
def test_nothing_in_any_column_is_left_of_who_got_no_case(
    world: World, what: Callable[[World], object]
) -> None:
    today = day_of(world.now)
    before = read_all()
    what(world)
    planted = read_all()
    said = re.compile("|".join([*MARKS, *(search_hash(c) for c in (UNKNOWN_CODE, OTHER, THIRD))]))
    assert planted.say(said)
    mine = {
        str(pk) for pk in Person.objects.filter(last_name=MARKS[0]).values_list("pk", flat=True)
    }
    mine |= {str(pk) for pk in User.objects.filter(last_name=MARKS[0]).values_list("pk", flat=True)}
    assert mine and not mine & before.keys
    # On their last day they are here still.
    days = 29 if what is is_referred else 89
    erase(world, today + timedelta(days=days))
    assert read_all().say(said)
    erase(world, today + timedelta(days=91))
    left = read_all()
    assert left.say(said) == {}
    assert left.say(re.compile("|".join(mine))) == {}


def test_who_waits_for_an_answer_who_has_a_case_and_who_comes_again_stay(world: World) -> None:
    on = day_of(world.now) + timedelta(days=400)
    user = introduced(world)
    kela = world.actor("kela")
    asked = intake.ask_for_joint_service(
        actor=actor_for(user, now=world.now), office_id=kela.office_id,
        helps=[AskedHelp.MONEY], request_text="", now=world.now,
    )  # fmt: skip
    client = User.objects.get(username="client")
    client.external_log_ins.create(
        issuer="https://national.example.fi", subject="c", first_seen=world.now,
        last_seen=world.now,
    )  # fmt: skip
    waits = enters(world, identity(world, "w-1", family_name="Odottaja")).user
    assert intake.forget_strangers(actor=NIGHT, on=on, now=world.now) == 0
    OwnRequest.objects.filter(pk=asked.pk).delete()
    user.external_log_ins.update(last_seen=world.now + timedelta(days=320))
    assert intake.forget_strangers(actor=NIGHT, on=on, now=world.now) == 0
    user.external_log_ins.update(last_seen=world.now + timedelta(days=300))
    assert intake.forget_strangers(actor=NIGHT, on=on, now=world.now) == 1
    assert User.objects.filter(pk__in=[client.pk, waits.pk]).count() == 2


def test_somebody_a_register_knows_stays_as_it_knows_them_without_the_account(
    world: World,
) -> None:
    person = Person.objects.filter(cases=None, user=None, register_mention__isnull=False)[0]
    code = UNKNOWN_CODE
    Person.objects.filter(pk=person.pk).update(
        identity_code_hash=search_hash(code), identity_code_encrypted=encrypt(code)
    )
    user = enters(world, national(world, code)).user
    on = day_of(world.now) + timedelta(days=91)
    assert intake.forget_strangers(actor=NIGHT, on=on, now=world.now) == 1
    person.refresh_from_db()
    assert person.user_id is None and not User.objects.filter(pk=user.pk).exists()
