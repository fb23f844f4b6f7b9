"""Finds any row of the log that was changed, removed, inserted or reordered."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.selectors import chain_fingerprint, find_tampering


class Command(BaseCommand):
    help = "Check every chain of the audit log. Exit status 1 when one does not hold."

    def handle(self, *_: Any, **_options: Any) -> None:
        faults = list(find_tampering())
        for fault in faults:
            self.stdout.write(f"{fault.chain} row {fault.seq}: {fault.what}")
        chains, digest = chain_fingerprint()
        self.stdout.write(f"{chains} chains, fingerprint {digest}")
        if faults:
            raise CommandError(f"{len(faults)} places where the log does not hold.")
