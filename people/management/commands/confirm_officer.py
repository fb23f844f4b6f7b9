"""Lets an officer take up their work whom another officer has proposed: the operator is second."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from common import clock
from common.actor import system_actor
from common.decision import NotAllowed, NotVisible, Refused
from people.models import ProposalState, Role, RoleChange
from people.services import decide_role


class Command(BaseCommand):
    help = "Confirm a data-protection officer whom another officer proposed; without ID: list them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", nargs="?", type=UUID, metavar="ID")

    def handle(self, *_: Any, **options: Any) -> None:
        waiting = RoleChange.objects.filter(role=Role.OFFICER, state=ProposalState.WAITING)
        if options["id"] is None:
            for change in waiting.select_related("successor").order_by("proposed_at"):
                who = change.successor.username if change.successor else "nobody begins"
                self.stdout.write(f"{change.pk}: {who}")
            return
        try:
            decide_role(
                actor=system_actor("operator"), change_id=options["id"], accepted=True,
                now=clock.now(),
            )  # fmt: skip
        except NotVisible as error:
            raise CommandError("No such proposal waits.") from error
        except (Refused, NotAllowed) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("Confirmed.")
