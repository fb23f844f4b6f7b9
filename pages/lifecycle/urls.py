"""A case from referral to ending: start, hold, ending, reopening."""

from django.urls import path

from pages.lifecycle import views

urlpatterns = [
    path("cases/<uuid:case_id>/start/", views.case_start, name="case_start"),
    path("cases/<uuid:case_id>/decline/", views.case_decline, name="case_decline"),
    path("cases/<uuid:case_id>/ending/new/", views.ending_new, name="ending_new"),
    path("cases/<uuid:case_id>/reopen/", views.case_reopen, name="case_reopen"),
    path("cases/<uuid:case_id>/hold/", views.case_hold, name="case_hold"),
    path("cases/<uuid:case_id>/goes-on/new/", views.go_on_ask, name="go_on_ask"),
    path("goes-on/<uuid:asked_id>/", views.go_on_answer, name="go_on_answer"),
    path("goes-on/<uuid:asked_id>/withdraw/", views.go_on_withdraw, name="go_on_withdraw"),
    path("endings/<uuid:ending_id>/", views.ending_assess, name="ending_assess"),
    path("endings/<uuid:ending_id>/withdraw/", views.ending_withdraw, name="ending_withdraw"),
]
