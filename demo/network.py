"""The artificial network: offices, people who log in, grounds, and cases, through the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from benefits.services import import_register
from caseplan.plan import services as plan
from caseplan.plan.catalogue import ServiceType
from caseplan.plan.models import SeenNeed
from cases.models import Case
from common.actor import Actor, system_actor
from common.bodies import Body, Party, Receiver
from common.clock import day_of
from common.levels import EVERY_ACT
from consent.models import Basis, Category, Fact, OutsideKind
from consent.national import home_municipality_row, national_rows
from consent.services import (
    accept_invitation,
    ask_for_consent,
    draft_ground,
    invite,
    publish_policy,
    sign_ground,
)
from demo.choices import offer_and_ask
from demo.logins import LOGINS, PASSWORD
from demo.stories import seen_by, tell, told
from people import services as people
from people.models import OF_A_NETWORK, Language, Network, Office, Person, Role, User
from people.selectors import actor_for

DEMO = system_actor("demo")
SIGNED_BY = "Data-protection officer of the demo"
REGISTER = Path(__file__).parent / "register"
MUNICIPALITIES_1 = {
    "061": ("Forssa", "Forssa"),
    "086": ("Hausjärvi", "Hausjärvi"),
    "734": ("Salo", "Salo"),
    "761": ("Somero", "Somero"),
}
# What a client reads before deciding (made-up for the demo, like everything else here).
POLICY = {
    Language.FINNISH: (
        "Osasta tietojasi päätät sinä. Voit antaa luvan, kieltää tai perua luvan milloin vain, ja "
        "muutos on voimassa heti. Päätös ei vaikuta palveluihin, joita saat. Mitä viranomainen on "
        "itse kirjannut, sen se näkee jatkossakin. Näet aina, kuka on katsonut tietojasi."
    ),
    Language.SWEDISH: (
        "En del av dina uppgifter bestämmer du själv över. Du kan ge ditt samtycke, säga nej eller "
        "ta tillbaka samtycket när som helst, och ändringen gäller genast. Det påverkar inte den "
        "service du får. Det en myndighet själv har antecknat ser den också i fortsättningen. Du "
        "ser alltid vem som har läst dina uppgifter."
    ),
    Language.ENGLISH: (
        "Some of your information is yours to decide about. You can agree, say no, or take your "
        "consent back at any time, and the change holds at once. It does not change the services "
        "you get. What an office has recorded itself, it keeps seeing. You always see who has "
        "looked at your information."
    ),
}
MUNICIPALITIES_2 = {"837": ("Tampere", "Tammerfors"), "536": ("Nokia", "Nokia")}


@dataclass(frozen=True, slots=True)
class _Place:
    network: Network
    offices: dict[Body, Office]


def load(*, now: datetime, with_stories: bool = False) -> bool:
    """Build the demo network; does nothing when it stands already. Returns whether it did.

    ``with_stories``: also what a visitor finds beside the joint case (``demo.stories``).
    """
    if User.objects.filter(username="employment").exists():
        return False
    began = now - timedelta(days=400)
    first = _place("Lounais-Häme", "Salo", MUNICIPALITIES_1, now)
    second = _place("Pirkanmaa", "Tampere", MUNICIPALITIES_2, now)
    _grounds(first.network, began)
    import_register(actor=DEMO, folder=REGISTER, commit=True, now=now)
    staff = {
        "employment": _worker(
            "employment", "Eeva", "Employment", first, Body.EMPLOYMENT, began, now
        ),
        "colleague": _worker("colleague", "Kalle", "Colleague", first, Body.EMPLOYMENT, began, now),
        "social": _worker("social", "Sanna", "Social", first, Body.SOCIAL, began, now),
        "kela": _worker("kela", "Kaarina", "Kela", first, Body.KELA, began, now),
        "outsider": _worker("outsider", "Olli", "Outsider", second, Body.EMPLOYMENT, began, now),
        "other_social": _worker("social2", "Sirpa", "Other", second, Body.SOCIAL, began, now),
        "other_kela": _worker("kela2", "Kimmo", "Other", second, Body.KELA, began, now),
    }
    publish_policy(actor=DEMO, texts=POLICY, published_by=SIGNED_BY, now=now)
    for username, first_name in (("officer", "Oona"), ("officer2", "Otso")):
        people.give_position(
            actor=DEMO, user=_user(username, first_name, "Officer", now), network=None,
            office=None, role=Role.OFFICER, title="Tietosuojavastaava", since=began, now=now,
        )  # fmt: skip
    director = _user("director", "Diana", "Director", now)
    people.give_position(
        actor=DEMO, user=director, network=first.network, office=None,
        title="Director", since=began, now=now,
    )  # fmt: skip
    for username, first_name, role in (
        ("deputy", "Daniel", Role.DEPUTY), ("steering", "Stiina", Role.STEERING),
        ("national", "Noora", Role.NATIONAL), ("keeper", "Kirsi", Role.KEEPER),
    ):  # fmt: skip
        people.give_position(
            actor=DEMO, user=_user(username, first_name, username.capitalize(), now),
            network=first.network if role in OF_A_NETWORK else None, office=None, role=role,
            title=str(role.label), since=began, now=now,
        )  # fmt: skip
    here = list(Person.objects.filter(municipality_code__in=MUNICIPALITIES_1).order_by("sort_key"))
    there = list(Person.objects.filter(municipality_code__in=MUNICIPALITIES_2).order_by("sort_key"))
    team = [staff["employment"], staff["social"], staff["kela"]]
    case, client = _story(here[0], team, now, with_kinds=with_stories)
    _client("client2", here[1], now)
    _plain_case(here[1], [staff["colleague"], staff["social"], staff["kela"]], now)
    for number, person in enumerate(here[2:20]):
        manager = staff["colleague"] if number % 2 else staff["social"]
        _plain_case(person, [manager, staff["social"], staff["kela"], staff["colleague"]], now)
    for person in there[:3]:
        _plain_case(person, [staff["outsider"], staff["other_social"], staff["other_kela"]], now)
    if with_stories:
        offer_and_ask(case, [actor_for(user, now=now) for user in team], client, now)
        people.give_position(
            actor=DEMO, user=_user("leader", "Leena", "Leader", now), network=first.network,
            office=first.offices[Body.EMPLOYMENT], title="Palvelupäällikkö", since=began, now=now,
            leads=True,
        )  # fmt: skip
        tell(
            persons=here[20:22],
            team=tuple(actor_for(staff[who], now=now) for who in ("colleague", "social", "kela")),
            client=actor_for(_client("client3", here[20], now), now=now, proven=EVERY_ACT),
            director=actor_for(director, now=now),
            now=now,
        )
    return True


def _place(
    name: str, town: str, municipalities: dict[str, tuple[str, str]], now: datetime
) -> _Place:
    network = people.create_network(
        actor=DEMO, name=name, municipalities=municipalities, now=now,
        since=day_of(now - timedelta(days=400)),
    )  # fmt: skip
    names = {
        Body.EMPLOYMENT: f"{town}n työllisyyspalvelut",
        Body.SOCIAL: f"{name}, sosiaalipalvelut",
        Body.KELA: f"Kela, {town}",
    }
    offices = {
        body: people.create_office(
            actor=DEMO, network=network, body=body, name=text, phone="+358 29 000 0000", now=now
        )
        for body, text in names.items()
    }
    return _Place(network, offices)


def _user(username: str, first: str, last: str, now: datetime) -> User:
    assert username in LOGINS, f"{username} is told to nobody"
    user = people.create_user(
        actor=DEMO, username=username, password=PASSWORD, first_name=first, last_name=last,
        language="fi", now=now,
    )  # fmt: skip
    people.welcome(user_id=user.pk, now=now)
    user.refresh_from_db(fields=["welcomed_at"])
    return user


def _worker(
    username: str,
    first: str,
    last: str,
    place: _Place,
    body: Body,
    since: datetime,
    now: datetime,
) -> User:
    user = _user(username, first, last, now)
    people.give_position(
        actor=DEMO, user=user, network=place.network, office=place.offices[body],
        title="Palveluasiantuntija", phone="+358 40 000 0000", since=since, now=now,
    )  # fmt: skip
    return user


def _client(username: str, person: Person, now: datetime) -> User:
    user = _user(username, person.first_names, person.last_name, now)
    people.link_client(actor=DEMO, person_id=person.pk, user=user, now=now)
    return user


def _grounds(network: Network, now: datetime) -> None:
    """The demo's table: the national one, signed, and a decision of the network's own."""
    for row in national_rows():
        _sign(row.category, row.receiver, row.basis, row.section, row.valid_from, row.valid_to, now)
    for body in (Body.EMPLOYMENT, Body.SOCIAL):
        _sign(
            Fact.PAID_DAY_COUNTS, body, Basis.STATUTE, "verkoston oma päätös",
            date(2025, 1, 1), None, now, network=network,
            note="Verkoston päätös; vuoden 2025 laki ei anna tätä.",
        )  # fmt: skip
    # Not signed: it says what Kela may do, and opens nothing here.
    told = home_municipality_row()
    draft_ground(
        actor=DEMO, category=told.category.value, receiver=told.receiver, basis=told.basis,
        section=told.section, valid_from=told.valid_from, valid_to=told.valid_to, now=now,
        note=told.note,
    )  # fmt: skip


def _sign(
    category: Category | Fact,
    receiver: Body | Receiver,
    basis: Basis,
    section: str,
    first: date,
    last: date | None,
    now: datetime,
    network: Network | None = None,
    note: str = "",
) -> None:
    row = draft_ground(
        actor=DEMO, category=category.value, receiver=Receiver(receiver.value), basis=basis,
        section=section, valid_from=first, valid_to=last, now=now, note=note,
        network_id=network.pk if network else None,
    )  # fmt: skip
    sign_ground(actor=DEMO, ground_id=row.pk, signed_by=SIGNED_BY, now=now)


def _shared(case: Case, client: Actor, kela: Actor, now: datetime) -> None:
    """An association follows the plan with the client; Kela asks for what it may not see yet."""
    invitation = invite(
        actor=client, case=case, kind=OutsideKind.ASSOCIATION, name="Anni Auttaja",
        organisation="Salon työttömät ry", purpose="Anni auttaa minua pitämään kiinni sovitusta.",
        categories=[Category.IDENTITY_CONTACT, Category.PLAN_FOLLOW_UP],
        valid_to=day_of(now) + timedelta(days=60), now=now,
    )  # fmt: skip
    accept_invitation(
        secret=invitation.secret, username="association", password=PASSWORD,
        first_name="Anni", last_name="Auttaja", now=now,
    )  # fmt: skip
    ask_for_consent(
        actor=kela, case=case, categories=[Category.SOCIAL_SITUATION],
        purpose="Kuntoutusta suunnitellaan niin, että se sopii arkeen.",
        valid_to=day_of(now) + timedelta(days=180), now=now,
    )  # fmt: skip


def _plain_case(person: Person, team: list[User], now: datetime) -> Case:
    case = plan.open_case_on_need(
        actor=actor_for(team[0], now=now),
        person_id=person.pk,
        needs=[SeenNeed.MANAGING_LIFE],
        reason="Palveluja tarvitaan usealta viranomaiselta yhtä aikaa.",
        case_manager_id=team[0].pk,
        member_ids=[user.pk for user in team],
        now=now,
    )
    members = [actor_for(user, now=now) for user in team]
    told(members[0], members, case, now)
    return case


def _story(
    person: Person, team: list[User], now: datetime, *, with_kinds: bool
) -> tuple[Case, Actor]:
    """The case that the demo's caseworkers and client share: drafted, proposed, half accepted.

    ``with_kinds``: its services say what kind they are, so that what each does to the income is
    told. Returns the case and its client.
    """
    client = actor_for(_client("client", person, now), now=now, proven=EVERY_ACT)
    employment, social, kela = (actor_for(user, now=now) for user in team)
    opened = now - timedelta(days=70)
    case = plan.open_case_on_need(
        actor=employment,
        person_id=person.pk,
        needs=[SeenNeed.MANAGING_LIFE],
        reason=(
            "Työttömyys on jatkunut pitkään, ja työkyky on selvitettävä ennen kuin uusi ala "
            "valitaan. Siksi kolme viranomaista auttaa yhdessä."
        ),
        case_manager_id=team[0].pk,
        member_ids=[user.pk for user in team],
        now=opened,
    )
    seen_by((client, employment, social, kela), case, opened)
    own = plan.add_own_goal(
        actor=client, case=case, now=opened + timedelta(days=5),
        text="Haluan töihin, jossa selkä kestää. Käsillä tekeminen on minun juttuni.",
    )  # fmt: skip
    ability = plan.add_goal(
        actor=social, case=case, category=Category.PLAN_FOLLOW_UP, now=opened + timedelta(days=6),
        text="Työkyky on selvitetty ja tiedetään, millainen työ sopii.",
    )  # fmt: skip
    debts = plan.add_goal(
        actor=social, case=case, category=Category.SOCIAL_SITUATION, now=opened + timedelta(days=7),
        text="Velka-asiat ovat järjestyksessä.",
    )  # fmt: skip
    today = day_of(now)
    steps = [
        (employment, own.pk, "Varataan tutustuminen verstaalle", Party.EMPLOYMENT, team[0], -4),
        (kela, ability.pk, "Haetaan ammatillinen kuntoutusselvitys", Party.KELA, team[2], 12),
        (social, debts.pk, "Aika talousneuvontaan", Party.SOCIAL, team[1], 5),
        (employment, own.pk, "Kerron, miten tutustuminen meni", Party.CLIENT, None, 9),
    ]
    for actor, goal_id, text, party, owner, days in steps:
        private = Category.SOCIAL_SITUATION if goal_id == debts.pk else Category.PLAN_FOLLOW_UP
        plan.add_action(
            actor=actor, goal_id=goal_id, text=text, owner_party=party,
            owner_id=owner.pk if owner else None, due_on=today + timedelta(days=days),
            category=private, now=opened + timedelta(days=8),
        )  # fmt: skip
    for actor, name, category, kind in (
        (employment, "Työkokeilu", Category.PLAN_FOLLOW_UP, ServiceType.WORK_TRIAL),
        (social, "Sosiaaliohjaus", Category.SOCIAL_SITUATION, ServiceType.SOCIAL_WORK),
        (
            kela,
            "Ammatillinen kuntoutusselvitys",
            Category.HEALTH_WORK_ABILITY,
            ServiceType.REHABILITATION_STUDY,
        ),
    ):
        plan.add_service(
            actor=actor, case=case, name=name, provider="", starts_on=today + timedelta(days=14),
            ends_on=None, category=category, now=opened + timedelta(days=9),
            service=kind if with_kinds else ServiceType.OTHER,
        )  # fmt: skip
    plan.edit_plan(
        actor=employment,
        case=case,
        strengths="Kätevä käsistään, tulee ajoissa, tuntee koneet.",
        job_search_duty="Neljä työmahdollisuutta kolmessa kuukaudessa.",
        follow_up="Tavataan kuuden viikon välein, seuraavaksi Salossa.",
        kela_participates=True,
        revision=1,
        now=opened + timedelta(days=10),
    )
    version = plan.propose_plan(actor=employment, case=case, now=now - timedelta(days=2))
    plan.accept_plan(actor=employment, version_id=version.pk, now=now - timedelta(days=1))
    _shared(case, client, kela, now)
    return case, client
