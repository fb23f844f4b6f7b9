"""What is answered where no view answers: in JSON below ``/api/``, as a page elsewhere.

Whoever reads ``/api/`` is a program: a page in its place is a second fault on top of the first.
Must not rely on anything but the address: an error may come before the request has an actor.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import csrf, defaults

from web.in_place import is_in_place, refused_in_place

NOT_THERE = _("There is nothing here for you.")
NOT_ALLOWED = _("You may not do this.")
NOT_UNDERSTOOD = _("The request was not understood.")
NOT_SURE_WHO = _("The request was not sent from a page of this service. Nothing was changed.")
OUR_FAULT = _("Something went wrong on our side. Nothing was changed.")


def is_for_programs(path: str) -> bool:
    """Is the address of the JSON face, whether or not there is anything at it?"""
    return path == "/api" or path.startswith("/api/")


def in_json(reason: str | Promise, status: int) -> JsonResponse:
    return JsonResponse({"detail": str(reason)}, status=status)


def error_answer(request: HttpRequest, status: int, reason: str, template: str) -> HttpResponse:
    """The reason in the reader's language; ``template`` is for people."""
    if is_for_programs(request.path):
        return in_json(reason, status)
    if is_in_place(request):
        return refused_in_place(request, reason, status)
    return render(request, template, {"reason": reason}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_for_programs(request.path):
        return in_json(NOT_UNDERSTOOD, 400)
    return defaults.bad_request(request, exception)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_for_programs(request.path):
        return in_json(NOT_ALLOWED, 403)
    return defaults.permission_denied(request, exception)


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_for_programs(request.path):
        return in_json(NOT_THERE, 404)
    return defaults.page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponse:
    if is_for_programs(request.path):
        return in_json(OUR_FAULT, 500)
    return defaults.server_error(request)


def not_sent_from_here(request: HttpRequest, reason: str = "", **given: Any) -> HttpResponse:
    """The proof that a form came from this site is missing or wrong (``CSRF_FAILURE_VIEW``)."""
    if is_for_programs(request.path):
        return in_json(NOT_SURE_WHO, 403)
    if is_in_place(request):
        return error_answer(request, 403, str(NOT_SURE_WHO), "403_csrf.html")
    return csrf.csrf_failure(request, reason, **given)
