"""A case on hold, its ending and reopening."""

from django.urls import path

from pages.lifecycle import views

urlpatterns = [
    path("cases/<uuid:case_id>/ending/new/", views.ending_new, name="ending_new"),
    path("cases/<uuid:case_id>/no-joint-service/", views.no_joint_service, name="no_joint_service"),
    path("cases/<uuid:case_id>/reopen/", views.case_reopen, name="case_reopen"),
    path("cases/<uuid:case_id>/hold/", views.case_hold, name="case_hold"),
    path("cases/<uuid:case_id>/goes-on/new/", views.go_on_ask, name="go_on_ask"),
    path("goes-on/<uuid:asked_id>/", views.go_on_answer, name="go_on_answer"),
    path("goes-on/<uuid:asked_id>/withdraw/", views.go_on_withdraw, name="go_on_withdraw"),
    path("endings/<uuid:ending_id>/", views.ending_assess, name="ending_assess"),
    path("endings/<uuid:ending_id>/withdraw/", views.ending_withdraw, name="ending_withdraw"),
]
