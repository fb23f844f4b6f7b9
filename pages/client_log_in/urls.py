"""The worker prints a code; the client uses it."""

from django.urls import path

from pages.client_log_in import entering, views

urlpatterns = [
    path("cases/<uuid:case_id>/log-in/", views.client_log_in, name="client_log_in"),
    path("cases/<uuid:case_id>/log-in/code/", views.client_code, name="client_code"),
    path("cases/<uuid:case_id>/log-in/end/", views.client_log_in_end, name="client_log_in_end"),
    path("login/code/", entering.enter_code, name="enter_code"),
    path("login/code/way/", entering.make_way, name="make_way"),
    path("login/passkey/", entering.passkey, name="passkey_log_in"),
]
