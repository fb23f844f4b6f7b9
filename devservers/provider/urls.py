"""Addresses of the trial's identity provider: its log-in, and the protocol."""

from allauth.account.views import login, logout, reauthenticate
from django.urls import include, path

urlpatterns = [
    path("log-in/", login, name="account_login"),
    path("log-in/again/", reauthenticate, name="account_reauthenticate"),
    path("log-out/", logout, name="account_logout"),
    path("", include("allauth.idp.urls")),
]
