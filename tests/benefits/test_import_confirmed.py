"""An import from a page: one network's, told from the files alone, confirmed by a second person."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from benefits.models import PaymentPeriod, RegisterImport
from benefits.selectors import imports_to_confirm
from benefits.services import confirm_import
from common.crypto import search_hash
from common.decision import NotVisible
from people.models import Municipality, NetworkMunicipality, Person, Position
from tests.benefits.test_import import PAYMENTS, PERSONS, SPELLS, code
from tests.benefits.test_import_runs import upload, work
from tests.personas import World

pytestmark = pytest.mark.django_db
A, B, C = (code(number) for number in range(961, 964))


def own(world: World) -> str:
    return str(
        Municipality.objects.filter(networks__network=world.case.network).order_by("code")[0].code
    )


def elsewhere(world: World) -> str:
    codes = Municipality.objects.filter(networks__isnull=False).exclude(
        networks__network=world.case.network
    )
    return str(codes.order_by("code")[0].code)


def files(*lines: tuple[str, str], name: str = "Testi") -> dict[str, list[str]]:
    """``lines``: the code and the municipality of each."""
    return {
        "persons.csv": [PERSONS, *(f"{h};{name};Anna;fi;{m};;;0" for h, m in lines)],
        "unemployment.csv": [SPELLS, *(f"{h};2023-01-01;" for h, _m in lines)],
        "benefits.csv": [PAYMENTS, *(f"{h};tyomarkkinatuki;2023-01-02;2023-01-29;20;unemployment"
                                     for h, _m in lines)],
    }  # fmt: skip


def confirmed(run: RegisterImport, login: Any) -> RegisterImport:
    login("director").post(f"/register/{run.pk}/propose/")
    login("officer").post(f"/register/confirm/{run.pk}/yes/")
    return work(run, commit=True)


def name_of(hetu: str) -> str | None:
    found = Person.objects.filter(identity_code_hash=search_hash(hetu)).values_list("last_name")
    return found[0][0] if found else None


def test_only_the_networks_municipalities_are_taken(world: World, login: Any) -> None:
    run = work(upload(login("director"), files((A, own(world)), (B, elsewhere(world)), (C, "999"))))
    told = [(r.line, r.column, r.reason) for r in run.rejected.filter(file="persons.csv")]
    assert sorted(told) == [(n, "municipality", "not_of_this_network") for n in (3, 4)]
    confirmed(run, login)
    assert [name_of(hetu) for hetu in (A, B, C)] == ["Testi", None, None]


def test_whoever_stands_in_another_network_is_left_as_they_are(world: World, login: Any) -> None:
    work_of = files((A, own(world)))
    confirmed(work(upload(login("director"), work_of)), login)
    Person.objects.filter(identity_code_hash=search_hash(A)).update(
        municipality_code=elsewhere(world)
    )
    rows = PaymentPeriod.objects.count()
    taken = {**files((A, own(world)), (B, own(world)), name="Uusi"), "benefits.csv": [PAYMENTS]}
    run = confirmed(work(upload(login("director"), taken)), login)
    assert (run.state, name_of(A), name_of(B)) == ("done", "Testi", "Uusi")
    assert PaymentPeriod.objects.filter(corrected_at=None).count() == rows


def test_a_file_of_guesses_gets_the_same_answer_whatever_stands(world: World, login: Any) -> None:
    """Municipality, protection, payments, former codes, who is known: the check tells none."""
    guesses = files((A, own(world)), (B, own(world)))
    guesses["unemployment.csv"].append(f"{C};2023-01-01;")

    def answer() -> tuple[Any, ...]:
        run = work(upload(login("director"), guesses))
        page = login("director").get(f"/register/{run.pk}/").content.decode()
        said = run.rejected.order_by("file", "line").values_list("file", "line", "reason", "value")
        return run.state, run.report, list(said), len(page)

    before = answer()
    confirmed(work(upload(login("director"), files((A, own(world)), (C, own(world))))), login)
    Person.objects.filter(identity_code_hash=search_hash(C)).update(
        municipality_code=elsewhere(world), non_disclosure=True
    )
    assert answer() == before
    Person.objects.filter(identity_code_hash=search_hash(A)).update(non_disclosure=True)
    assert answer() == before


def test_nothing_is_written_before_a_second_person_says_so(world: World, login: Any) -> None:
    director = login("director")
    run = work(upload(director, files((A, own(world)))))
    assert login("officer").post(f"/register/confirm/{run.pk}/yes/").status_code == 404
    director.post(f"/register/{run.pk}/propose/")
    assert work(run, commit=True).state == "proposed" and name_of(A) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterImport.objects.filter(pk=run.pk).update(state="writing")
    for who in ("director", "employment", "outsider", "client"):
        with pytest.raises(NotVisible):
            confirm_import(actor=world.actor(who), run_id=run.pk, now=world.now)
    officer = login("officer")
    first = officer.get("/questions/").content.decode()
    assert "/register/confirm/" in first
    page = officer.get(f"/register/confirm/{run.pk}/").content.decode()
    assert "What the files say" in page and A not in page
    officer.post(f"/register/confirm/{run.pk}/yes/")
    assert work(run, commit=True).state == "done" and name_of(A) == "Testi"
    assert run.decided_by_id == world.actor("officer").user_id


def test_whoever_leads_an_office_of_the_network_may_confirm(world: World, login: Any) -> None:
    run = work(upload(login("director"), files((A, own(world)))))
    login("director").post(f"/register/{run.pk}/propose/")
    Position.objects.filter(user__username__in=["social", "outsider"]).update(leads=True)
    assert imports_to_confirm(world.actor("social"), now=world.now) == [run]
    assert imports_to_confirm(world.actor("outsider"), now=world.now) == []
    assert "waits for you" in login("social").get("/day/").content.decode()
    # Whoever asked never confirms it themselves, whatever they have become since.
    RegisterImport.objects.filter(pk=run.pk).update(imported_by=world.actor("social").label)
    assert imports_to_confirm(world.actor("social"), now=world.now) == []


def test_turned_down_is_told_with_the_words_and_nothing_is_written(
    world: World, login: Any
) -> None:
    run = work(upload(login("director"), files((A, own(world)))))
    login("director").post(f"/register/{run.pk}/propose/")
    address = f"/register/confirm/{run.pk}/"
    assert "Write why it is not" in login("officer").post(address, {"reason": ""}).content.decode()
    login("officer").post(address, {"reason": "Last month's files."})
    for page in ("/dashboard/", f"/register/{run.pk}/"):
        assert "Last month&#x27;s files." in login("director").get(page).content.decode()
    assert work(run, commit=True).state == "turned_down" and name_of(A) is None


def test_each_person_changed_gets_a_row_in_the_log_and_nobody_else(
    world: World, login: Any
) -> None:
    def logged(run: RegisterImport) -> set[Any]:
        rows = AuditRow.objects.filter(action="register_imported", subject_id=run.pk)
        return set(rows.values_list("person_id", flat=True))

    both = files((A, own(world)), (B, own(world)))
    run = confirmed(work(upload(login("director"), both)), login)
    people = Person.objects.filter(identity_code_hash__in=map(search_hash, (A, B)))
    assert logged(run) == {p.pk for p in people}
    both["unemployment.csv"][2] = f"{B};2023-01-01;2023-05-05"
    again = confirmed(work(upload(login("director"), both)), login)
    (only,) = logged(again)
    assert only == people.get(identity_code_hash=search_hash(B)).pk


def test_a_director_sees_the_imports_of_their_own_network(world: World, login: Any) -> None:
    run = work(upload(login("director"), files((A, own(world)))))
    other = NetworkMunicipality.objects.get(municipality=elsewhere(world)).network
    RegisterImport.objects.filter(pk=run.pk).update(network=other)
    assert login("director").get(f"/register/{run.pk}/").status_code == 404
    assert str(run.pk) not in login("director").get("/register/").content.decode()
