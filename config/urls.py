"""All addresses: the account's, then the two faces'."""

from allauth.account.views import login, logout
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from web.access import open_to_all

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", open_to_all(login), name="account_login"),
    path("logout/", open_to_all(logout), name="account_logout"),
    path("language/", open_to_all(set_language), name="set_language"),
    path("api/", include("api.urls")),
    path("", include("pages.urls")),
]
