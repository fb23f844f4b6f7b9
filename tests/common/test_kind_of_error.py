"""What a log says of an error of the database."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from common.transactions import kind_of_error
from people.models import User
from tests.personas import World


def test_of_a_broken_rule_its_name_and_else_what_the_driver_calls_it(world: World) -> None:
    twice = User.objects.exclude(username="client").filter(pk=world.actor("social").user_id)
    with pytest.raises(DatabaseError) as broken, transaction.atomic():
        twice.update(username="client")
    said = kind_of_error(broken.value)
    assert said.startswith("IntegrityError ")
    assert "username" in said
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as done:
        done.execute("DELETE FROM audit_auditrow WHERE person_id = %s", [world.case.person_id])
    assert kind_of_error(refused.value) == "ProgrammingError InsufficientPrivilege"
    assert str(world.case.person_id) not in kind_of_error(refused.value)
    assert kind_of_error(ValueError("a name")) == "ValueError"
