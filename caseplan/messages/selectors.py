"""Threads and messages as a reader may see them, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from audit.models import Purpose
from caseplan.messages.models import Attachment, Message, ReadMark, Thread, ThreadKind, WaitsFor
from cases.access import get_case, worked_on_by
from cases.models import Case
from common.actor import Actor
from common.row_acts import RowAct, RowActs, RowSubject
from consent.models import ClientInformation
from records.access import get_row, rows_of_case, visible_to
from records.selectors import Reading, reading_in, reading_of


@dataclass(frozen=True, slots=True)
class ThreadSeen:
    """A thread with how it stands to its reader."""

    thread: Thread
    is_new: bool


@dataclass(frozen=True, slots=True)
class MessageSeen:
    """A message and the files sent with it, without their content."""

    message: Message
    attachments: list[Attachment]


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A thread with its messages in order, and until when others have read it, by name."""

    thread: Thread
    messages: list[MessageSeen]
    read_by: list[ReadMark]


def list_threads(actor: Actor, case_id: UUID, *, now: datetime) -> tuple[Case, list[ThreadSeen]]:
    """The threads of a visible case, the newest first; logged. Raises ``NotVisible``.

    A client's page shows the dialogue; the bodies' notes stand among everything recorded.
    """
    case = get_case(actor, case_id, now=now)
    reading = reading_in(actor, case, now=now)
    rows = rows_of_case(reading.grounds, case.pk, Thread)
    if actor.is_client:
        rows = rows.filter(kind=ThreadKind.DIALOGUE)
    threads = list(rows.order_by("-newest_at", "pk"))
    reading.log_and_hide_names("threads_listed", Purpose.KEEP_CASE, [(case, list(threads))])
    return case, _seen(actor, threads)


def open_thread(actor: Actor, thread_id: UUID, *, now: datetime) -> ThreadPage:
    """One visible thread; logged. Raises ``NotVisible``. Constant number of queries."""
    thread = get_row(actor, Thread, thread_id, now=now)
    reading = reading_of(actor, now=now)
    messages = list(
        visible_to(actor, Message, now=now, grounds=reading.grounds)
        .filter(thread=thread)
        .select_related("recorded_by")
        .order_by("recorded_at", "pk")
    )
    marks = ReadMark.objects.filter(thread=thread).exclude(user_id=actor.writer_id)
    files: dict[UUID, list[Attachment]] = {}
    for file in (
        visible_to(actor, Attachment, now=now, grounds=reading.grounds)
        .filter(message__thread=thread)
        .defer("content")
        .order_by("recorded_at", "pk")
    ):
        files.setdefault(file.message_id, []).append(file)
    reading.log_and_hide_names(
        "thread_opened", Purpose.KEEP_CASE, [(thread.case, [thread, *messages])]
    )
    seen = [MessageSeen(message, files.get(message.pk, [])) for message in messages]
    return ThreadPage(thread, seen, list(marks.select_related("user").order_by("read_at", "pk")))


def open_attachment(actor: Actor, attachment_id: UUID, *, now: datetime) -> Attachment:
    """One visible file with its content; logged. Raises ``NotVisible``."""
    file = get_row(actor, Attachment, attachment_id, now=now)
    reading_of(actor, now=now).log_and_hide_names(
        "attachment_opened", Purpose.KEEP_CASE, [(file.case, [file])]
    )
    return file


def threads_waiting(actor: Actor, *, now: datetime) -> list[Thread]:
    """The threads in which it is the reader's turn, the longest waiting first; logged.

    For a worker: in the cases they work on. For the client: in their own, while they are open: in
    one that has ended nobody can answer.
    """
    reading = reading_of(actor, now=now)
    turn = WaitsFor.CLIENT if actor.is_client else WaitsFor.TEAM
    rows = visible_to(actor, Thread, now=now, grounds=reading.grounds).filter(waits_for=turn)
    if actor.is_worker:
        rows = rows.filter(case__in=worked_on_by(actor, now=now))
    else:
        rows = rows.filter(case__ended_at=None)
    threads = list(rows.select_related("case__person").order_by("newest_at", "pk"))
    by_case: dict[UUID, tuple[Case, list[ClientInformation]]] = {}
    for thread in threads:
        case, mine = by_case.setdefault(thread.case_id, (thread.case, []))
        thread.case = case  # one object a case, so that a name taken away is away everywhere
        mine.append(thread)
    reading.log_and_hide_names("threads_waiting_listed", Purpose.FOLLOW_UP, by_case.values())
    return threads


def threads_about(actor: Actor, case: Case, topic: str, *, now: datetime) -> list[Thread]:
    """The topics of a visible case that are named so, the newest first; logged.

    What is written about a step of the plan begins with its words.
    """
    reading = reading_of(actor, now=now).in_case(case)
    found = list(
        rows_of_case(reading.grounds, case.pk, Thread)
        .filter(topic=topic, kind=ThreadKind.DIALOGUE)
        .order_by("-newest_at", "-pk")
    )
    if found:
        reading.log_and_hide_names("threads_about_listed", Purpose.KEEP_CASE, [(case, found)])
    return found


def count_unread(reading: Reading, case: Case) -> int:
    """In how many threads of a visible case something is new to the reader. One query.

    A number alone is told: what they are about is read, and logged, with the threads.
    """
    read = ReadMark.objects.filter(
        thread=OuterRef("pk"), user_id=reading.actor.writer_id, read_at__gte=OuterRef("newest_at")
    )
    return rows_of_case(reading.grounds, case.pk, Thread).filter(~Exists(read)).count()


def _seen(actor: Actor, threads: list[Thread]) -> list[ThreadSeen]:
    marks = ReadMark.objects.filter(thread__in=threads, user_id=actor.writer_id)
    read = dict(marks.values_list("thread", "read_at"))
    return [ThreadSeen(t, t.pk not in read or read[t.pk] < t.newest_at) for t in threads]


def acts_of_thread(actor: Actor, thread: Thread, *, may_write: bool) -> RowActs:
    """What may be done with a topic in its row: answer it. No query."""
    acts = (RowAct.ANSWER, RowAct.NOTE) if may_write and actor.is_worker else ()
    return RowActs(RowSubject.THREAD, thread.pk, thread.topic, acts, case_id=thread.case_id)
