"""What a visitor finds beside the joint case: a plan in force with its past, an ended case.

Told through the services alone, each step at its time, so that every page has something to show:
mapping, ratings over time, a meeting held and one ahead, a request declined, messages, the end and
what is asked after it. The tests build on the network alone and tell these only to look at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from caseplan.assessments import services as assessment_services
from caseplan.assessments.instruments import instrument
from caseplan.meetings import services as meeting_services
from caseplan.meetings.models import Meeting
from caseplan.messages import services as message_services
from caseplan.messages.models import ThreadKind
from caseplan.plan import services as plan
from caseplan.plan.catalogue import ServiceType
from caseplan.plan.models import ActionState, Area, Exit, GoalStatus, Reply, SeenNeed
from caseplan.plan_templates import services as template_services
from caseplan.plan_templates.models import TemplateKind
from cases.models import Case
from cases.services import Telling, mark_news_seen, tell_of_beginning
from common.actor import Actor
from common.bodies import Body, Party
from common.clock import HELSINKI, day_of
from consent.models import Category
from people.models import Person

Team = tuple[Actor, ...]
"""Of employment services, social services and Kela."""


def tell(
    *,
    persons: Sequence[Person],
    team: Team,
    client: Actor,
    director: Actor,
    now: datetime,
) -> None:
    """Two stories, of two people without a case; ``client`` is the log-in of the first.

    ``team``: one worker of each body, the first the case manager.
    """
    _ready_texts(director, now)
    _in_force(persons[0], team, client, now)
    _ended(persons[1], team, now)


def _in_force(person: Person, team: Team, client: Actor, now: datetime) -> None:
    """Half a year of a plan: agreed, followed up in a meeting, the next one ahead."""
    employment, social, kela = team

    def ago(days: int) -> datetime:
        return now - timedelta(days=days)

    case = _opened(person, team, "Pitkä tauko työstä, ja arki on solmussa.", ago(190))
    for actor, area, words in (
        (employment, Area.SKILLS, "Trukkikortti voimassa, 12 vuotta varastossa. Kieli sujuu."),
        (
            social,
            Area.SOCIAL_SITUATION,
            "Asunto kunnossa, vuokravelkaa. Kaksi lasta.",
        ),
        (kela, Area.WORK_ABILITY, "Selvityksen mukaan kevyt työ onnistuu puolipäiväisenä."),
        (client, Area.HEALTH, "Polvi kestää kävelyn, ei nostamista. Nukun jo paremmin."),
    ):
        plan.write_view(actor=actor, case=case, area=area, text=words, revision=0, now=ago(180))
    own = plan.add_own_goal(
        actor=client, case=case, now=ago(178),
        text="Haluan takaisin töihin, ensin vaikka puolikkaaseen päivään.",
    )  # fmt: skip
    joint = plan.add_goal(
        actor=social, case=case, category=Category.PLAN_FOLLOW_UP, now=ago(176),
        text="Vuokravelka on sovittu maksuun, ja arjessa on rytmi.",
    )  # fmt: skip
    # Near the means of those still unemployed at first (report 2020:40, table 12), then better.
    for days, scores in (
        (170, (3, 3, 5, 3, 3, 55, 52, 67, 57, 72)),
        (95, (3, 3, 6, 4, 4, 58, 54, 72, 60, 74)),
        (12, (4, 3, 7, 6, 4, 63, 57, 76, 65, 78)),
    ):
        assessment_services.assess_oneself(
            actor=client, case=case, instrument="kykyviisari", version="1",
            taken_on=day_of(ago(days)), now=ago(days),
            scores=dict(zip(
                (scale.code for scale in instrument("kykyviisari").newest.typed), scores,
                strict=True,
            )),
        )  # fmt: skip
    for days, score in ((160, 3), (20, 6)):
        assessment_services.rate_work_ability(
            actor=kela, case=case, on=day_of(ago(days)), work_ability=score, now=ago(days),
            basis="Kuntoutusselvityksen mukaan.",
        )  # fmt: skip
    first = plan.add_action(
        actor=employment, goal_id=own.pk, text="Etsitään kokeilupaikka kevyeen varastotyöhön",
        owner_party=Party.EMPLOYMENT, owner_id=employment.user_id,
        due_on=day_of(ago(120)), category=Category.PLAN_FOLLOW_UP, now=ago(174),
    )  # fmt: skip
    plan.add_action(
        actor=social, goal_id=joint.pk, text="Maksusuunnitelma vuokranantajan kanssa",
        owner_party=Party.SOCIAL, owner_id=social.user_id,
        due_on=day_of(now) + timedelta(days=8), category=Category.PLAN_FOLLOW_UP, now=ago(173),
    )  # fmt: skip
    plan.add_action(
        actor=employment, goal_id=own.pk, text="Käyn kävelyllä joka arkipäivä ja merkitsen sen",
        owner_party=Party.CLIENT, owner_id=None, due_on=day_of(now) + timedelta(days=3),
        category=Category.PLAN_FOLLOW_UP, now=ago(173), repeats_weeks=2,
    )  # fmt: skip
    trial = plan.add_service(
        actor=employment, case=case, name="Työkokeilu varastolla", provider="Salon Logistiikka",
        starts_on=day_of(ago(100)), ends_on=day_of(now) + timedelta(days=20),
        category=Category.PLAN_FOLLOW_UP, now=ago(110), service=ServiceType.WORK_TRIAL,
    )  # fmt: skip
    plan.edit_plan(
        actor=employment, case=case, strengths="Täsmällinen, tuntee varastotyön, hyvä opettamaan.",
        job_search_duty="Kaksi työmahdollisuutta kolmessa kuukaudessa.",
        follow_up="Tavataan kahden kuukauden välein Salossa.", kela_participates=True, revision=1,
        now=ago(151),
    )  # fmt: skip
    version = plan.propose_plan(actor=employment, case=case, now=ago(150))
    for actor in (employment, social, kela, client):
        plan.accept_plan(actor=actor, version_id=version.pk, now=ago(149))
    asked = plan.ask_body(
        actor=employment, goal_id=own.pk, to_body=Body.KELA, answer_by=day_of(ago(85)),
        text="Voiko kuntoutusrahaa saada kokeilun ajalta?", now=ago(99),
    )  # fmt: skip
    plan.decline_request(
        actor=kela, request_id=asked.pk, now=ago(90),
        answer="Työkokeilun ajalta maksetaan työttömyysetuutta. Tästä on puhuttu asiakkaan kanssa.",
    )  # fmt: skip
    held = _meeting(team, case, _at(ago(60), 10), ago(75))
    point = meeting_services.add_point(
        actor=employment, meeting_id=held.pk, text="Miten kokeilu sujuu",
        category=Category.PLAN_FOLLOW_UP, now=_at(ago(60), 10),
    )  # fmt: skip
    meeting_services.write_minutes(
        actor=employment, point_id=point.pk, text=point.text, revision=1, now=_at(ago(60), 11),
        minutes="Sujuu. Jatketaan kuusi viikkoa, ja päivää pidennetään viiteen tuntiin.",
    )  # fmt: skip
    meeting_services.agree_on_action(
        actor=social, meeting_id=held.pk, goal_id=joint.pk, text="Aika talousneuvontaan yhdessä",
        owner_party=Party.SOCIAL, owner_id=social.user_id,
        due_on=day_of(now) + timedelta(days=12), category=Category.PLAN_FOLLOW_UP,
        now=_at(ago(60), 11),
    )  # fmt: skip
    came = held.participants.values_list("pk", flat=True)
    meeting_services.close_meeting(
        actor=employment, meeting_id=held.pk, came=came, without_client="", no_service="",
        now=_at(ago(60), 12),
    )  # fmt: skip
    plan.close_action(
        actor=employment, action_id=first.pk, state=ActionState.DONE, reason="", revision=1,
        now=ago(101),
    )  # fmt: skip
    plan.record_service_outcome(
        actor=employment, service_id=trial.pk, began_on=day_of(ago(100)), finished_on=None,
        participation="", result="", result_text="", revision=trial.revision, now=ago(98),
    )  # fmt: skip
    second = plan.propose_plan(actor=employment, case=case, now=ago(59))
    for actor in (employment, social, kela, client):
        plan.accept_plan(actor=actor, version_id=second.pk, now=ago(58))
    for actor, status, days in (
        (client, GoalStatus.A_LITTLE, 95),
        (employment, GoalStatus.A_LITTLE, 60),
        (client, GoalStatus.WELL_ON_THE_WAY, 12),
    ):
        plan.rate_goal(actor=actor, goal_id=own.pk, status=status, comment="", now=ago(days))
    thread = message_services.start_thread(
        actor=client, case=case, kind=ThreadKind.DIALOGUE, category=Category.PLAN_FOLLOW_UP,
        topic="Kokeilun jatko", text="Voisiko päivä alkaa vasta yhdeksältä? Bussi tulee silloin.",
        now=ago(6),
    )  # fmt: skip
    message_services.send_message(
        actor=employment, thread_id=thread.pk, wants_answer=True, now=ago(5),
        text="Kyllä, sovin siitä Salon Logistiikan kanssa. Käykö ensi maanantaista?",
    )  # fmt: skip
    message_services.start_thread(
        actor=client, case=case, kind=ThreadKind.DIALOGUE, category=Category.PLAN_FOLLOW_UP,
        topic="Matkakorvaus", text="Mistä matkakorvausta haetaan?", now=ago(1),
    )  # fmt: skip
    _meeting(team, case, _at(now + timedelta(days=7), 9), ago(10))


def _ended(person: Person, team: Team, now: datetime) -> None:
    """A case that ended to part-time work; three months later somebody asks how things are."""
    employment, social, kela = team

    def ago(days: int) -> datetime:
        return now - timedelta(days=days)

    case = _opened(person, team, "Työttömyys ja osatyökykyisyys yhtä aikaa.", ago(380))
    goal = plan.add_goal(
        actor=employment, case=case, category=Category.PLAN_FOLLOW_UP, now=ago(370),
        text="Osa-aikainen työ, joka sopii käsille.",
    )  # fmt: skip
    step = plan.add_action(
        actor=employment, goal_id=goal.pk, text="Palkkatuettu työ kahvilassa",
        owner_party=Party.EMPLOYMENT, owner_id=employment.user_id, due_on=day_of(ago(200)),
        category=Category.PLAN_FOLLOW_UP, now=ago(360),
    )  # fmt: skip
    version = plan.propose_plan(actor=employment, case=case, now=ago(350))
    for actor in (employment, social):
        plan.accept_plan(actor=actor, version_id=version.pk, now=ago(349))
    plan.write_client_answer(
        actor=social, version_id=version.pk, reply=Reply.ACCEPTED, comment="", paper="Arkisto 12/3",
        now=ago(349),
    )  # fmt: skip
    plan.close_action(
        actor=employment, action_id=step.pk, state=ActionState.DONE, reason="", revision=1,
        now=ago(190),
    )  # fmt: skip
    ending = plan.propose_ending(
        actor=employment, case=case, exit=Exit.WORK_PART_TIME, follow_up_by_id=employment.user_id,
        reason="Vakituinen osa-aikatyö kahvilassa alkoi. Yhteistä palvelua ei enää tarvita.",
        now=ago(100),
    )  # fmt: skip
    for actor in (social, kela):
        plan.assess_ending(
            actor=actor, ending_id=ending.pk, need_has_ended=True, statement="", now=ago(97),
        )  # fmt: skip


def _opened(person: Person, team: Team, reason: str, now: datetime) -> Case:
    ids = [actor.writer_id for actor in team]
    case = plan.open_case_on_need(
        actor=team[0], person_id=person.pk,
        needs=[SeenNeed.MANAGING_LIFE], reason=reason, case_manager_id=ids[0], member_ids=ids,
        now=now,
    )  # fmt: skip
    told(team[0], team, case, now)
    return case


def told(by: Actor, readers: Iterable[Actor], case: Case, now: datetime) -> None:
    """They have read that the assessment had begun; the client was told so face to face."""
    tell_of_beginning(actor=by, case=case, how=Telling.SPOKEN, now=now)
    seen_by(readers, case, now)


def seen_by(readers: Iterable[Actor], case: Case, now: datetime) -> None:
    """They have read that the assessment had begun."""
    for reader in readers:
        mark_news_seen(actor=reader, now=now, subject_id=case.pk)


def _meeting(team: Team, case: Case, starts_at: datetime, now: datetime) -> Meeting:
    members: list[UUID] = [actor.writer_id for actor in team]
    return meeting_services.call_meeting(
        actor=team[0], case=case, starts_at=starts_at, minutes_long=60,
        place="Salon työllisyyspalvelut, huone 2", remote_link="", member_ids=members, now=now,
    )  # fmt: skip


def _at(day: datetime, hour: int) -> datetime:
    """That day at a full hour by the clock on the wall."""
    return day.astimezone(HELSINKI).replace(hour=hour, minute=0, second=0, microsecond=0)


def _ready_texts(director: Actor, now: datetime) -> None:
    start = template_services.make_template(
        actor=director, kind=TemplateKind.PLAN, name="Alku: työkyky ja arki", language="fi",
        text="", now=now,
    )  # fmt: skip
    for text, party, days in (
        ("Tiedetään, millainen työ sopii.", "", None),
        ("Haetaan kuntoutusselvitys", Party.KELA, 30),
        ("Kerron, mikä arjessa onnistuu ja mikä ei", Party.CLIENT, 14),
        ("Arjessa on rytmi ja raha-asiat ovat järjestyksessä.", "", None),
        ("Aika talousneuvontaan", Party.SOCIAL, 21),
    ):
        template_services.add_line(
            actor=director, template_id=start.pk, text=text, party=party, due_days=days, now=now
        )
    template_services.make_template(
        actor=director, kind=TemplateKind.REPLY, name="Viesti luettu", language="fi", now=now,
        text="Kiitos viestistä. Selvitän asian ja vastaan viimeistään kolmen arkipäivän päästä.",
    )  # fmt: skip
