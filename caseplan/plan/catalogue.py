"""The kinds of services that a joint plan names: the three bodies' and the associations'.

A kind is what evaluation counts by and what two bodies are compared on; the name of a service
beside it stays in the worker's words. What was done is recorded nowhere (report 2020:40,
Vaikuttavuuden arviointi 3.4, and Johtopäätökset 3, the seventh conclusion).
"""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.bodies import Body
from statutes.steps import StepKind


class ServiceType(models.TextChoices):
    """What kind of service a service is."""

    CAREER_GUIDANCE = "career_guidance", _("Career guidance")
    JOB_SEARCH_COACHING = "job_search_coaching", _("Coaching in job search")
    JOB_COACHING = "job_coaching", _("Job coaching")
    WORK_TRIAL = "work_trial", _("Work trial")
    LABOUR_TRAINING = "labour_training", _("Labour market training")
    OWN_STUDIES = "own_studies", _("Own studies on unemployment benefit")
    PAY_SUBSIDY = "pay_subsidy", _("Pay-subsidised work")
    START_UP = "start_up", _("Start-up grant")
    REHABILITATIVE_WORK = "rehabilitative_work", _("Rehabilitative work activity")
    SOCIAL_REHABILITATION = "social_rehabilitation", _("Social rehabilitation")
    SOCIAL_WORK = "social_work", _("Social work")
    HOUSING = "housing", _("Support in housing")
    SUBSTANCE = "substance", _("Substance abuse services")
    MENTAL_HEALTH = "mental_health", _("Mental health services")
    HEALTH_CHECK = "health_check", _("Health check of the unemployed")
    WORK_ABILITY = "work_ability", _("Assessment of work ability")
    VOCATIONAL_REHABILITATION = "vocational_rehabilitation", _("Vocational rehabilitation")
    REHABILITATION_STUDY = "rehabilitation_study", _("Vocational rehabilitation assessment")
    REHABILITATION_TRIAL = "rehabilitation_trial", _("Training or work trial as rehabilitation")
    PSYCHOTHERAPY = "psychotherapy", _("Rehabilitative psychotherapy")
    WORKSHOP = "workshop", _("Workshop")
    PEER_SUPPORT = "peer_support", _("Peer support")
    DEBT_ADVICE = "debt_advice", _("Debt advice")
    OTHER = "other", _("Other service")


_ASSOCIATIONS = _("Associations and others")
_OF = ServiceType
_BY: dict[Body, tuple[ServiceType, ...]] = {
    Body.EMPLOYMENT: (
        _OF.CAREER_GUIDANCE, _OF.JOB_SEARCH_COACHING, _OF.JOB_COACHING, _OF.WORK_TRIAL,
        _OF.LABOUR_TRAINING, _OF.OWN_STUDIES, _OF.PAY_SUBSIDY, _OF.START_UP,
    ),
    Body.SOCIAL: (
        _OF.REHABILITATIVE_WORK, _OF.SOCIAL_REHABILITATION, _OF.SOCIAL_WORK, _OF.HOUSING,
        _OF.SUBSTANCE, _OF.MENTAL_HEALTH, _OF.HEALTH_CHECK, _OF.WORK_ABILITY,
    ),
    Body.KELA: (
        _OF.VOCATIONAL_REHABILITATION, _OF.REHABILITATION_STUDY, _OF.REHABILITATION_TRIAL,
        _OF.PSYCHOTHERAPY,
    ),
}  # fmt: skip
_BY_OTHERS = (_OF.WORKSHOP, _OF.PEER_SUPPORT, _OF.DEBT_ADVICE, _OF.OTHER)


def services_for(body: Body) -> list[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
    """The catalogue as a body is offered it: its own first, then whatever others provide."""
    groups: list[tuple[str | Promise, tuple[ServiceType, ...]]] = [
        (body.label, _BY[body]),
        (_ASSOCIATIONS, _BY_OTHERS),
    ]
    return [(heading, [(one.value, one.label) for one in ones]) for heading, ones in groups]


class IncomeStep(models.TextChoices):
    """What a client may do next, by what it does to benefits (``statutes.steps``)."""

    PART_TIME_WORK = StepKind.PART_TIME_WORK.value, _("Part-time work")
    FULL_TIME_WORK = StepKind.FULL_TIME_WORK.value, _("Full-time work")
    PAY_SUBSIDY = StepKind.PAY_SUBSIDY.value, _("Work with pay subsidy")
    OWN_BUSINESS = StepKind.OWN_BUSINESS.value, _("A business of one's own")
    START_UP = StepKind.START_UP.value, _("A business with a start-up grant")
    STUDY = StepKind.STUDY.value, _("Studies")
    SUPPORTED_STUDY = StepKind.SUPPORTED_STUDY.value, _("Studies on unemployment benefit")
    SERVICE = StepKind.SERVICE.value, _("A service such as a work trial, coaching or training")
    REHABILITATIVE_WORK = StepKind.REHABILITATIVE_WORK.value, _("Rehabilitative work activity")
    OTHER_SERVICE = StepKind.OTHER_SERVICE.value, _("Another service of the plan")
    REHABILITATION = StepKind.REHABILITATION.value, _("Rehabilitation")
    SICKNESS = StepKind.SICKNESS.value, _("Illness")
    PARENTAL_LEAVE = StepKind.PARENTAL_LEAVE.value, _("Looking after a small child")


_STEPS: dict[StepKind, tuple[ServiceType, ...]] = {
    StepKind.SERVICE: (
        _OF.JOB_SEARCH_COACHING, _OF.JOB_COACHING, _OF.WORK_TRIAL, _OF.LABOUR_TRAINING,
    ),
    StepKind.SUPPORTED_STUDY: (_OF.OWN_STUDIES,),
    StepKind.PAY_SUBSIDY: (_OF.PAY_SUBSIDY,),
    StepKind.START_UP: (_OF.START_UP,),
    StepKind.REHABILITATIVE_WORK: (_OF.REHABILITATIVE_WORK,),
    StepKind.REHABILITATION: (
        _OF.VOCATIONAL_REHABILITATION, _OF.REHABILITATION_STUDY, _OF.REHABILITATION_TRIAL,
        _OF.PSYCHOTHERAPY,
    ),
}  # fmt: skip


def step_of(service: str) -> StepKind:
    """What a kind of service is by what it does to benefits; one that none names, another."""
    return next(
        (step for step, kinds in _STEPS.items() if service in kinds), StepKind.OTHER_SERVICE
    )
