"""Where a system of a body asks for a token (RFC 6749 4.4, RFC 7523), and as whom it then reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.parsers import FormParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.callers import MachineAuthentication
from common.clock import machine_now
from common.scopes import MachineScope
from people.machine_access import calls_from, reads_on
from people.models import Machine
from people.selectors import machine_actor
from people.services import issue_token, record_machine_refusal
from people.services.machines import TOKEN_LASTS
from web.machines.proof import LONGEST_ASSERTION, NotProven, Proven, called, prove
from web.requests import context_of
from web.throttle import begin_proving, own_address

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LONGEST_REQUEST = 16 * 1024


class MachineScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = MachineAuthentication
    name = "machine"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "oauth2",
            "description": "A system of one of the bodies, registered by two people: an assertion "
            "signed by its own key (RFC 7523) gets a token for ten minutes.",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": "/api/v1/token/",
                    "scopes": {scope.value: _in_english(scope) for scope in MachineScope},
                }
            },
        }


def _in_english(scope: MachineScope) -> str:
    return {
        MachineScope.CASES: "The list of cases",
        MachineScope.PLANS: "The plans",
        MachineScope.EXPLANATIONS: "Why somebody is on the list of triggers",
        MachineScope.PROTECTED: "Also people under non-disclosure",
    }[scope]


class TokenSerializer(serializers.Serializer[object]):
    """A token, and for how long it reads what."""

    access_token = serializers.CharField()
    token_type = serializers.CharField(help_text="Always `Bearer`.")
    expires_in = serializers.IntegerField(help_text="Seconds.")
    scope = serializers.CharField()


class TokenRequestSerializer(serializers.Serializer[object]):
    """What a system sends, as `application/x-www-form-urlencoded`; each once."""

    grant_type = serializers.CharField(help_text="`client_credentials`.")
    client_assertion_type = serializers.CharField(help_text=f"`{ASSERTION_TYPE}`.")
    client_assertion = serializers.CharField(
        help_text="A JWT signed by RS256, PS256 or ES256: `iss` and `sub` the system's id, `aud` "
        "the address of this endpoint and nothing else, `iat`, `exp` within ten minutes, a `jti` "
        "that was never used."
    )
    scope = serializers.CharField(
        required=False, help_text="Less than the system is registered for; empty: all of it."
    )
    client_id = serializers.CharField(required=False, help_text="The system's id, if it is sent.")


class Token(APIView):
    """For systems alone: no session is looked at, and no form of a page leads here."""

    access_kinds = None
    authentication_classes = ()
    permission_classes = (AllowAny,)
    parser_classes = (FormParser,)

    @extend_schema(
        request={"application/x-www-form-urlencoded": TokenRequestSerializer},
        responses={
            200: TokenSerializer,
            400: OpenApiResponse(description="RFC 6749 5.2: `error` says what is wrong."),
            401: OpenApiResponse(description="It has not shown who it is. Why is not said here."),
            415: OpenApiResponse(description="Not a form."),
            429: OpenApiResponse(description="Too many tries: `Retry-After`."),
        },
        auth=[],
        operation_id="token",
    )
    def post(self, request: Request) -> Response:
        """A token for a system that shows who it is by its own key."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > _LONGEST_REQUEST:
            return _refused("invalid_request", 413)
        data = cast(QueryDict, request.data)
        given = {name: data.getlist(name) for name in data}
        if any(len(values) > 1 for values in given.values()):
            return _refused("invalid_request")
        sent = {name: values[0] for name, values in given.items()}
        if sent.get("grant_type") != "client_credentials":
            return _refused("unsupported_grant_type" if "grant_type" in sent else "invalid_request")
        if "client_secret" in sent or sent.get("client_assertion_type") != ASSERTION_TYPE:
            return _refused("invalid_client", 401)
        return _answer(request._request, sent)


def _answer(request: HttpRequest, sent: dict[str, str]) -> Response:
    ctx = context_of(request)
    assertion = sent.get("client_assertion", "")
    name = called(assertion) if len(assertion) <= LONGEST_ASSERTION else None
    attempt = begin_proving(request, name=str(name or ""))
    try:
        proven = _proven(request, assertion, sent.get("client_id"))
    except NotProven as refused:
        if refused.machine is not None:
            record_machine_refusal(
                actor=machine_actor(refused.machine), word=refused.word, now=ctx.now
            )
        return _refused("invalid_client", 401)
    attempt.succeeded()
    machine = proven.machine
    asked = set(sent.get("scope", "").split()) or set(machine.scopes)
    if not asked <= set(machine.scopes):
        record_machine_refusal(actor=machine_actor(machine), word="scope", now=ctx.now)
        return _refused("invalid_scope")
    scopes = [scope for scope in MachineScope if scope.value in asked]
    token = issue_token(
        actor=machine_actor(machine, scopes), key=proven.key, scopes=scopes, now=ctx.now
    )
    return _never_kept(
        Response(
            {
                "access_token": token,
                "token_type": "Bearer",
                "expires_in": int(TOKEN_LASTS.total_seconds()),
                "scope": " ".join(scope.value for scope in scopes),
            }
        )
    )


def _proven(request: HttpRequest, assertion: str, client_id: str | None) -> Proven:
    """Who signed it, where they may ask at all now, and from here. Raises ``NotProven``."""
    here = settings.PUBLIC_URL + reverse("api:token")
    proven = prove(assertion, audience=here, now=machine_now().timestamp())
    machine: Machine = proven.machine
    requirements: list[tuple[str, Callable[[], bool]]] = [
        ("client_id", lambda: client_id in (None, str(machine.pk))),
        ("ended", lambda: reads_on(machine, context_of(request).today)),
        ("address", lambda: calls_from(machine, own_address(request))),
    ]
    for word, holds in requirements:
        if not holds():
            raise NotProven(word, machine)
    return proven


def _refused(error: str, status: int = 400) -> Response:
    return _never_kept(Response({"error": error}, status=status))


def _never_kept(response: Response) -> Response:
    response["Cache-Control"] = "no-store"
    response["Pragma"] = "no-cache"
    return response
