"""All addresses: the account's, then the two faces'."""

from allauth.account.views import account_inactive
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from components.gallery import gallery
from pages.account.language import language
from pages.account.password import ChangePassword, ChoosePassword, forgotten
from pages.account.second_factor import authenticate
from web.access import only_for, open_to_all
from web.identity.views import LoginPage, Logout

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", open_to_all(LoginPage.as_view()), name="account_login"),
    path("login/second/", authenticate, name="mfa_authenticate"),
    path("login/closed/", open_to_all(account_inactive), name="account_inactive"),
    path("login/", include("web.identity.urls")),
    path("logout/", open_to_all(Logout.as_view()), name="account_logout"),
    path("password/forgotten/", forgotten, name="password_forgotten"),
    path(
        "password/<slug:uidb64>/<str:token>/",
        open_to_all(ChoosePassword.as_view()),
        name="choose_password",
    ),
    path("password/", only_for()(ChangePassword.as_view()), name="change_password"),
    path("language/", language, name="set_language"),
    path("api/", include("api.urls")),
    path("", include("pages.urls")),
]

handler400 = "web.errors.bad_request"
handler403 = "web.errors.not_allowed"
handler404 = "web.errors.not_there"
handler500 = "web.errors.failed"

if settings.DEBUG or settings.DEMO:
    urlpatterns.insert(0, path("design/", open_to_all(gallery), name="design"))
