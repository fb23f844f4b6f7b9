"""Asking the client for a consent, and answering."""

from django.urls import path

from pages.consents import views

urlpatterns = [
    path("cases/<uuid:case_id>/ask-consent/", views.consent_ask, name="consent_ask"),
    path("cases/<uuid:case_id>/write-down/", views.consent_heard, name="consent_heard"),
    path(
        "consent-requests/<uuid:request_id>/withdraw/",
        views.consent_withdraw,
        name="consent_withdraw",
    ),
    path("my/who-sees/requests/<uuid:request_id>/", views.consent_request, name="consent_request"),
]
