"""Two people at the same moment, in real transactions (with the fixture ``committed_db``)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.db import connection, transaction

from common.decision import NotAllowed, NotVisible, Refused


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


def by_turns(first: Callable[[], object], second: Callable[[], object]) -> tuple[str, str]:
    """Begin the second act while the first is done but not yet written; what became of each.

    What two at the same moment do only now and then, this does every time: the second act sees
    the world as it was before the first, unless it waits. The first is written once the second
    waits for it, is done, or has had half a second.
    """
    outcomes: dict[str, str] = {}
    done, write = threading.Event(), threading.Event()

    def run(name: str, act: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                act()
                if name == "first":
                    done.set()
                    write.wait(timeout=30)
            outcomes[name] = "done"
        except (Refused, NotAllowed, NotVisible) as error:
            outcomes[name] = type(error).__name__
        except Exception as error:
            outcomes[name] = repr(error)
        finally:
            done.set()
            connection.close()

    threads = [threading.Thread(target=run, args=("first", first))]
    threads[0].start()
    done.wait(timeout=30)
    threads.append(threading.Thread(target=run, args=("second", second)))
    threads[1].start()
    end = time.monotonic() + 0.5
    while threads[1].is_alive() and time.monotonic() < end and not _somebody_waits():
        threads[1].join(timeout=0.02)
    write.set()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes["first"], outcomes["second"]


def _somebody_waits() -> bool:
    """Whether a session of this database waits for what another one holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE NOT granted AND datname = current_database())"
        )
        return bool(cursor.fetchone()[0])
