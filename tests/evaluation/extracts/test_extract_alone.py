"""Somebody inside wants rows about clients: alone, too late, or joined with another extract."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.db import IntegrityError, transaction

from audit.models import AuditRow
from cases.models import Case
from common.clock import day_of
from common.decision import NotAllowed, NotVisible, Refused
from evaluation.extracts.making import file_of
from evaluation.extracts.models import ExtractOrder, ExtractState, ExtractUse
from evaluation.extracts.sealing import Damaged, opened
from evaluation.extracts.services import (
    approve_extract,
    end_expired_extracts,
    end_extract,
    make_extract,
    take_out_extract,
)
from tests.builders import TEST
from tests.evaluation.extracts.conftest import taken_out
from tests.personas import World

pytestmark = pytest.mark.django_db
Makes = Callable[..., ExtractOrder]


def test_the_director_cannot_approve_what_they_asked_for(world: World, ask: Makes) -> None:
    order = ask()
    director = world.actor("director")
    as_officer_too = replace(world.actor("officer"), user_id=director.user_id)
    for actor in (director, as_officer_too):
        with pytest.raises(NotAllowed):
            approve_extract(actor=actor, order_id=order.pk, now=world.now)
    make_extract(actor=TEST, order_id=order.pk, now=world.now)
    assert not file_of(order).exists()


def test_the_database_wants_two_people(world: World, ask: Makes) -> None:
    order = ask()
    with (
        pytest.raises(IntegrityError, match="extract_is_approved_by_another"),
        transaction.atomic(),
    ):
        ExtractOrder.objects.filter(pk=order.pk).update(
            state=ExtractState.APPROVED, answered_by=order.asked_by_id, answered_at=world.now,
            key_encrypted=b"key",
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="extract_is_made_once_approved"), transaction.atomic():
        ExtractOrder.objects.filter(pk=order.pk).update(
            state=ExtractState.APPROVED, key_encrypted=b"key"
        )


def test_the_officer_neither_asks_nor_takes_out(
    world: World, many: list[Case], ask: Makes, made: Makes
) -> None:
    officer = world.actor("officer")
    with pytest.raises(NotAllowed):
        ask(by=officer)
    with pytest.raises(NotAllowed):
        take_out_extract(actor=officer, order_id=made().pk, now=world.now)


@pytest.mark.parametrize("who", ["employment", "steering", "national", "keeper", "client"])
def test_for_nobody_else_there_is_an_extract(world: World, made: Makes, who: str) -> None:
    with pytest.raises(NotVisible):
        take_out_extract(actor=world.actor(who), order_id=made().pk, now=world.now)


def test_taking_it_out_is_logged_each_time(world: World, many: list[Case], made: Makes) -> None:
    order = made()
    taken_out(world, order)
    taken_out(world, order)
    logged = AuditRow.objects.filter(action="extract_exported", subject_id=order.pk)
    assert logged.count() == 2


def test_the_names_of_two_extracts_cannot_be_joined(
    world: World, many: list[Case], made: Makes
) -> None:
    first, second = (
        {row["case"] for row in taken_out(world, made())["cases.csv"]} for _ in range(2)
    )
    assert len(first) == len(second) >= len(many)
    assert not first & second


def test_nothing_lies_in_the_clear_and_a_changed_file_is_not_given_out(
    world: World, many: list[Case], made: Makes
) -> None:
    order = made()
    content = file_of(order).read_bytes()
    assert b"PK" not in content[:4] and b"cases.csv" not in content
    file_of(order).write_bytes(content[: len(content) // 2])
    with pytest.raises(Damaged):
        list(opened(file_of(order), order.key_encrypted or b"", order.digest))


def test_an_expired_extract_is_gone_and_a_copy_of_its_file_opens_no_more(
    world: World, many: list[Case], made: Makes, django_capture_on_commit_callbacks: Any
) -> None:
    order = made()
    after = world.now + timedelta(days=181)
    with pytest.raises(NotAllowed):
        take_out_extract(actor=world.actor("director"), order_id=order.pk, now=after)
    with django_capture_on_commit_callbacks(execute=True):
        assert end_expired_extracts(actor=TEST, on=day_of(after), now=after) == 1
    order.refresh_from_db()
    assert (order.state, order.key_encrypted) == (ExtractState.ENDED, None)
    assert not file_of(order).exists()
    with pytest.raises(NotAllowed):
        take_out_extract(actor=world.actor("director"), order_id=order.pk, now=world.now)


def test_whoever_sees_it_ends_it_at_once(
    world: World, many: list[Case], made: Makes, django_capture_on_commit_callbacks: Any
) -> None:
    order = made()
    with django_capture_on_commit_callbacks(execute=True):
        end_extract(actor=world.actor("officer"), order_id=order.pk, now=world.now)
    assert not file_of(order).exists()


def certificate(now: datetime) -> tuple[str, bytes]:
    """An environment's certificate, and its private key, which is nowhere here."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Environment")])
    signed = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=400))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signed.public_bytes(pem).decode(), private


def test_for_research_nothing_leaves_without_permit_environment_and_its_certificate(
    world: World, ask: Makes
) -> None:
    pem, _private = certificate(world.now)
    for missing in ({"environment": ""}, {"certificate": ""}, {"certificate": "no certificate"}):
        said = {"environment": "Kapseli", "certificate": pem} | missing
        with pytest.raises(Refused) as refused:
            ask(use=ExtractUse.RESEARCH, **said)
        assert refused.value.field == next(iter(missing))
    order = ask(use=ExtractUse.RESEARCH, environment="Kapseli", certificate=pem)
    for gone in ({"certificate": ""}, {"environment": ""}, {"decision_number": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExtractOrder.objects.filter(pk=order.pk).update(**gone)


def test_what_leaves_for_research_opens_in_the_environment_alone(
    world: World, many: list[Case], made: Makes, tmp_path: Path
) -> None:
    pem, private = certificate(world.now)
    order = made(use=ExtractUse.RESEARCH, environment="Kapseli", certificate=pem)
    blocks = take_out_extract(actor=world.actor("director"), order_id=order.pk, now=world.now)
    content = b"".join(blocks)
    assert b"cases.csv" not in content
    (tmp_path / "file.p7m").write_bytes(content)
    (tmp_path / "key.pem").write_bytes(private)
    (tmp_path / "cert.pem").write_text(pem)
    said = subprocess.run(
        ["openssl", "cms", "-decrypt", "-inform", "DER", "-in", "file.p7m",
         "-inkey", "key.pem", "-recip", "cert.pem", "-binary"],
        cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip
    assert b"cases.csv" in said.stdout
