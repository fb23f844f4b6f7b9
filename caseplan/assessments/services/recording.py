"""Writes of how the client's situation was assessed: their own scores, an expert's rating."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from caseplan.assessments.access import (
    can_assess_oneself,
    can_correct_assessment,
    can_correct_rating,
)
from caseplan.assessments.instruments import InstrumentVersion, UnknownInstrument, instrument
from caseplan.assessments.models import Assessment, ExpertRating
from cases.access import can_write_in_case
from cases.models import Case
from common.actor import Actor
from common.bodies import Party
from common.clock import day_of
from common.decision import Refused
from consent.models import Category
from records.services import RevisedRow, add_row, lock_row, require_text, save_row


@transaction.atomic
def assess_oneself(
    *,
    actor: Actor,
    case: Case,
    instrument: str,
    version: str,
    taken_on: date,
    scores: Mapping[str, int | None],
    now: datetime,
) -> Assessment:
    """Record the client's own scores of one day: by the client, or a worker with them present.

    They are the client's either way: no body sees them without consent, the typing one neither.
    Raises :class:`NotAllowed` for a worker alone, :class:`Refused` for scores off their scale.
    """
    can_assess_oneself(actor, case, now=now).require()
    row = Assessment(
        case=case,
        category=Category.SELF_ASSESSMENT,
        instrument=instrument,
        version=version,
        taken_on=taken_on,
        scores=checked_scores(instrument, version, taken_on, scores, today=day_of(now)),
    )
    return _once_a_day(lambda: add_row(actor, row, now, for_party=Party.CLIENT), "taken_on")


@transaction.atomic
def correct_assessment(
    *,
    actor: Actor,
    assessment_id: UUID,
    taken_on: date,
    scores: Mapping[str, int | None],
    revision: int,
    now: datetime,
) -> Assessment:
    """Change the day or the scores of an assessment; its earlier scores are kept as history."""
    row = lock_row(actor, Assessment, assessment_id, now)
    can_correct_assessment(actor, row, now=now).require()
    row.taken_on = taken_on
    row.scores = checked_scores(
        row.instrument,
        row.version,
        taken_on,
        scores,
        today=day_of(row.recorded_at),
        before=row.scores,
    )
    return _once_a_day(lambda: save_row(actor, row, revision, now), "taken_on")


@transaction.atomic
def rate_work_ability(
    *, actor: Actor, case: Case, on: date, work_ability: int, basis: str, now: datetime
) -> ExpertRating:
    """Record how an expert of the actor's body rates work ability, 0-10, and what it rests on."""
    can_write_in_case(actor, case, now=now).require()
    row = _rating(
        ExpertRating(case=case, category=Category.HEALTH_WORK_ABILITY),
        on, work_ability, basis, today=day_of(now),
    )  # fmt: skip
    return _once_a_day(lambda: add_row(actor, row, now), "on")


@transaction.atomic
def correct_rating(
    *,
    actor: Actor,
    rating_id: UUID,
    on: date,
    work_ability: int,
    basis: str,
    revision: int,
    now: datetime,
) -> ExpertRating:
    """Change a rating of the actor's own body; what it said before is kept as history."""
    row = lock_row(actor, ExpertRating, rating_id, now)
    can_correct_rating(actor, row, now=now).require()
    row = _rating(row, on, work_ability, basis, today=day_of(row.recorded_at))
    return _once_a_day(lambda: save_row(actor, row, revision, now), "on")


def checked_scores(
    code: str,
    version: str,
    taken_on: date,
    scores: Mapping[str, int | None],
    *,
    today: date,
    before: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """The scores that were given, when each stands on a scale of that instrument and version.

    What is the mean of other scales is counted here, and refused where something else was given.
    ``before`` are the scores a correction begins from: a mean that was typed once stays as long as
    nothing it rests on changes and it cannot be counted.

    Raises :class:`Refused` with the scale as its field: off its scale, unknown, none at all; a
    day still to come, or on which the version was not in use.
    """
    try:
        used = instrument(code).version(version)
    except UnknownInstrument as error:
        raise Refused(_("This instrument or version is not known."), field="version") from error
    _not_to_come(taken_on, today, "taken_on")
    if not used.was_in_use(taken_on):
        raise Refused(_("This version was not in use on that day."), field="taken_on")
    scales = {scale.code: scale for scale in used.scales}
    given = {scale: score for scale, score in scores.items() if score is not None}
    for name, score in given.items():
        if name not in scales:
            raise Refused(_("This instrument has no such scale."), field=name)
        if not scales[name].holds(score):
            raise Refused(
                _("Give a whole number from %(least)s to %(most)s.")
                % {"least": scales[name].minimum, "most": scales[name].maximum},
                field=name,
            )
    return _with_means(used, given, before or {})


def _with_means(
    used: InstrumentVersion, given: Mapping[str, int], before: Mapping[str, int]
) -> dict[str, int]:
    means: dict[str, int] = {}
    for scale in used.counted:
        mean = scale.mean(given)
        if mean is None and all(given.get(code) == before.get(code) for code in scale.mean_of):
            mean = before.get(scale.code)
        if given.get(scale.code, mean) != mean:
            raise Refused(
                _("This is counted as the mean of its areas, never typed. Leave it empty."),
                field=scale.code,
            )
        if mean is not None:
            means[scale.code] = mean
    found = {scale.code: given[scale.code] for scale in used.typed if scale.code in given} | means
    if not found:
        raise Refused(_("Give at least one score."))
    return found


def _rating(
    row: ExpertRating, on: date, work_ability: int, basis: str, *, today: date
) -> ExpertRating:
    _not_to_come(on, today, "on")
    if not 0 <= work_ability <= 10:
        raise Refused(_("Give a whole number from 0 to 10."), field="work_ability")
    row.on, row.work_ability = on, work_ability
    row.basis = require_text(basis, "basis", _("Say what the rating rests on."))
    return row


def _not_to_come(day: date, today: date, field: str) -> None:
    if day > today:
        raise Refused(_("The day cannot be in the future."), field=field)


def _once_a_day(write: Callable[[], RevisedRow], field: str) -> RevisedRow:
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        raise Refused(
            _("There is one for this day already. Change that one."), field=field
        ) from error
