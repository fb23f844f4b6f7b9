"""Two people at the same moment, in real transactions (with the fixture ``committed_db``)."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection

from common.decision import NotVisible, Refused


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do the acts at the same moment, each in its own connection; what became of each."""
    start = threading.Barrier(len(acts))
    outcomes: list[str] = []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
            outcomes.append("done")
        except (Refused, NotVisible) as error:
            outcomes.append(type(error).__name__)
        except Exception as error:
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)
