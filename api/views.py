"""The JSON face's views: one selector each, the same as the pages'."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.serializers import (
    CasePageSerializer,
    CaseSerializer,
    ExplanationSerializer,
    PlanPageSerializer,
    PlanSerializer,
)
from benefits.selectors import explain_rule
from caseplan.plan.selectors import PlanRow, cases_by_keys, cases_of, list_cases, list_plans
from cases.access import get_case
from common.actor import ActorKind
from common.decision import NotVisible
from common.scopes import MachineScope
from records.selectors import reading_of
from web.requests import context_of

READERS = frozenset({ActorKind.WORKER, ActorKind.CLIENT, ActorKind.MACHINE})
PAGE = OpenApiParameter("page", int, description="Which page, from 1.")
NOT_THERE = {
    401: OpenApiResponse(description="A token that does not count."),
    403: OpenApiResponse(description="Not logged in, or a system without the scope."),
    404: OpenApiResponse(description="For this reader there is nothing here."),
}


class NotInScope(PermissionDenied):
    """A system reads what it is not registered for, or has not asked its token for."""

    def __init__(self, scope: MachineScope) -> None:
        super().__init__(
            _("This system's token does not let it read this: %(scope)s.") % {"scope": scope.value}
        )


class ReadView(APIView):
    """For workers, clients, and systems that may read it; for everybody else logged in, the
    address does not exist."""

    access_kinds = READERS
    scope: ClassVar[MachineScope]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        actor = context_of(request._request).actor
        if actor.kind not in READERS:
            raise NotVisible
        if actor.is_machine and self.scope not in actor.scopes:
            raise NotInScope(self.scope)


class CaseList(ReadView):
    scope = MachineScope.CASES

    @extend_schema(
        responses={200: CasePageSerializer, **NOT_THERE},
        parameters=[PAGE],
        operation_id="cases_list",
    )
    def get(self, request: Request) -> Response:
        """The open cases the reader sees, by name, 25 a page."""
        ctx = context_of(request._request)
        pages = PageNumberPagination()
        reading = reading_of(ctx.actor, now=ctx.now)
        page = pages.paginate_queryset(cases_of(reading), request, view=self) or []
        rows = list_cases(reading, page, searched=False)
        return pages.get_paginated_response(CaseSerializer(rows, many=True).data)


class CaseDetail(ReadView):
    scope = MachineScope.CASES

    @extend_schema(responses={200: CaseSerializer, **NOT_THERE}, operation_id="cases_read")
    def get(self, request: Request, case_id: UUID) -> Response:
        """One visible case."""
        ctx = context_of(request._request)
        case = get_case(ctx.actor, case_id, now=ctx.now)
        (row,) = list_cases(reading_of(ctx.actor, now=ctx.now), [case.pk], searched=False)
        return Response(CaseSerializer(row).data)


class PlanList(ReadView):
    scope = MachineScope.PLANS

    @extend_schema(
        responses={200: PlanPageSerializer, **NOT_THERE},
        parameters=[PAGE],
        operation_id="plans_list",
    )
    def get(self, request: Request) -> Response:
        """The plans of the open cases the reader sees, 25 a page."""
        ctx = context_of(request._request)
        pages = PageNumberPagination()
        keys = cases_of(reading_of(ctx.actor, now=ctx.now))
        page = pages.paginate_queryset(keys, request, view=self) or []
        plans = list_plans(ctx.actor, cases_by_keys(page), now=ctx.now)
        return pages.get_paginated_response(
            PlanSerializer(plans, many=True, context=_context(plans)).data
        )


class PlanDetail(ReadView):
    scope = MachineScope.PLANS

    @extend_schema(responses={200: PlanSerializer, **NOT_THERE}, operation_id="plans_read")
    def get(self, request: Request, case_id: UUID) -> Response:
        """The plan of one visible case."""
        ctx = context_of(request._request)
        case = get_case(ctx.actor, case_id, now=ctx.now)
        (plan,) = list_plans(ctx.actor, [case], now=ctx.now)
        return Response(PlanSerializer(plan, context=_context([plan])).data)


class ExplanationDetail(ReadView):
    scope = MachineScope.EXPLANATIONS

    @extend_schema(
        responses={200: ExplanationSerializer, **NOT_THERE},
        parameters=[
            OpenApiParameter("on", date, description="The day asked about; its law holds.")
        ],
        operation_id="explanations_read",
    )
    def get(self, request: Request, person_id: UUID, rule: str) -> Response:
        """Why somebody meets, or is coming to, a trigger or signal; the client about themselves."""
        ctx = context_of(request._request)
        asked = request.query_params.get("on")
        try:
            on = date.fromisoformat(asked) if asked else None
        except ValueError:
            raise ValidationError({"on": _("Write the day like this: 2024-05-01.")}) from None
        found = explain_rule(ctx.actor, person_id, rule=rule, on=on, now=ctx.now)
        return Response(ExplanationSerializer(found).data)


def _context(plans: Iterable[PlanRow]) -> dict[str, object]:
    """The goals that stand in the answer: an action names no other."""
    return {"goals": {goal.pk for plan in plans for goal in plan.goals}}
