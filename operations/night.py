"""What a night consists of, in order: each step is a service of the room that owns it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from audit.sealing import attest, seal
from audit.services import remove_expired_rows
from benefits.services import erase_unneeded_facts, evaluate
from caseplan.intake.services import (
    erase_consultations,
    erase_own_requests,
    forget_referrals,
    forget_strangers,
    rehome_requests,
)
from cases.services import (
    clear_expired_access,
    end_of_day,
    finish_ended_work,
    forget_absences,
    reassign_cases,
    tell_of_ended_covers,
)
from common.actor import Actor
from common.clock import day_of, machine_now
from common.dates import add_months
from consent.services import lapse_written
from evaluation.extracts.services import end_expired_extracts, make_waiting_extracts
from evaluation.services import make_snapshots
from evaluation.verification import verify_tonight
from followup.services import (
    forget_feedback,
    forget_notifications_about,
    make_points,
    mix_feedback,
    notify_of_the_night,
    remind,
    remind_beside_cases,
)
from operations.drafts import forget_lost_drafts
from operations.erasure import close_followed, erase_access_requests, erase_due
from people.services import (
    forget_accessibility_feedback,
    forget_old_log_ins,
    forget_old_machine_tokens,
    forget_sent_forms,
    forget_staff_files,
    settle_address_changes,
)
from people.services.life import forget_undo_data
from statutes.reader import law_on


@dataclass(frozen=True, slots=True)
class StepInput:
    """What a step is given: who asks, for which day, when, and for which cases."""

    actor: Actor
    on: date
    now: datetime
    first: UUID
    last: UUID


@dataclass(frozen=True, slots=True)
class NightStep:
    """One step. ``by_case``: done range by range; steps of a later stage wait for the earlier."""

    name: str
    stage: int
    do: Callable[[StepInput], dict[str, int]]
    by_case: bool = False


def _registers(given: StepInput) -> dict[str, int]:
    vanished = erase_unneeded_facts(actor=given.actor, on=given.on, now=given.now)
    evaluated = evaluate(actor=given.actor, on=given.on, now=given.now)
    return {
        "people_vanished": vanished.people,
        "corrected_rows_vanished": vanished.rows,
        "flags_opened": evaluated.opened,
        "flags_closed": evaluated.closed,
    }


def _cases(given: StepInput) -> dict[str, int]:
    return {
        "temporary_accesses_over": clear_expired_access(actor=given.actor, now=given.now),
        "consents_lapsed": lapse_written(actor=given.actor, on=given.on, now=given.now),
        "work_ended": finish_ended_work(actor=given.actor, now=given.now),
        "own_requests_rehomed": rehome_requests(now=given.now),
        "cases_rehomed": reassign_cases(actor=given.actor, now=given.now),
        "absences_forgotten": forget_absences(now=given.now),
        "returns_told": tell_of_ended_covers(actor=given.actor, now=given.now),
        "points_made": make_points(actor=given.actor, on=given.on, now=given.now),
    }


def _reminders(given: StepInput) -> dict[str, int]:
    done = remind(actor=given.actor, on=given.on, first=given.first, last=given.last)
    return {"reminders_raised": done.raised, "reminders_ended": done.ended}


def _covers(given: StepInput) -> dict[str, int]:
    done = remind_beside_cases(actor=given.actor, on=given.on)
    return {"reminders_raised": done.raised, "reminders_ended": done.ended}


def _letters(given: StepInput) -> dict[str, int]:
    told = notify_of_the_night(actor=given.actor, on=given.on, now=given.now)
    return {"letters_written": told}


def _figures(given: StepInput) -> dict[str, int]:
    return {
        "snapshots_made": make_snapshots(actor=given.actor, on=given.on, now=given.now),
        "snapshots_verified": verify_tonight(on=given.on),
    }


def _closing(given: StepInput) -> dict[str, int]:
    return {"cases_closed": close_followed(actor=given.actor, on=given.on, now=given.now)}


def _erasure(given: StepInput) -> dict[str, int]:
    gone = erase_due(actor=given.actor, on=given.on, now=given.now)
    asked = erase_own_requests(on=given.on)
    forget_notifications_about(asked)
    years = law_on(given.on).figure("access_log_years").value
    # The database keeps the log by its own clock, which no demo sets ahead.
    today = min(given.on, day_of(given.now), day_of(machine_now()))
    kept_from = add_months(today, -12 * years)
    return {
        "cases_erased": gone.erased,
        "cases_not_erased": gone.failed,
        "referrals_erased": forget_referrals(actor=given.actor, on=given.on, now=given.now),
        "accounts_forgotten": forget_strangers(actor=given.actor, on=given.on, now=given.now),
        "access_requests_erased": erase_access_requests(on=given.on),
        "own_requests_erased": len(asked),
        "consultations_erased": erase_consultations(on=given.on),
        "extracts_ended": end_expired_extracts(actor=given.actor, on=given.on, now=given.now),
        "extracts_made": make_waiting_extracts(actor=given.actor, now=given.now),
        "drafts_forgotten": forget_lost_drafts(now=given.now),
        "changes_forgotten": forget_undo_data(now=given.now),
        "addresses_settled": settle_address_changes(actor=given.actor, now=given.now),
        "log_ins_forgotten": forget_old_log_ins(),
        "machine_tokens_forgotten": forget_old_machine_tokens(),
        "staff_files_forgotten": forget_staff_files(actor=given.actor, now=given.now),
        "answers_mixed": mix_feedback(now=given.now),
        "answers_forgotten": forget_feedback(now=given.now),
        "feedback_forgotten": forget_accessibility_feedback(now=given.now),
        "sent_forms_forgotten": forget_sent_forms(now=given.now),
        "log_rows_expired": remove_expired_rows(before=end_of_day(kept_from - timedelta(days=1))),
    }


def _log(given: StepInput) -> dict[str, int]:
    seals = seal()
    # By the machine's clock, as the database's: a demo's may stand ahead.
    found = attest(on=given.on, now=machine_now())
    return {"log_seals_made": seals, "log_rows_verified": found.rows_read}


STEPS: tuple[NightStep, ...] = (
    NightStep("registers", 1, _registers),
    NightStep("cases", 2, _cases),
    NightStep("reminders", 3, _reminders, by_case=True),
    NightStep("covers", 3, _covers),
    NightStep("letters", 4, _letters),
    NightStep("figures", 4, _figures),
    NightStep("closing", 5, _closing),
    NightStep("erasure", 6, _erasure),
    NightStep("log", 7, _log),
)
STEP_OF: dict[str, NightStep] = {step.name: step for step in STEPS}
