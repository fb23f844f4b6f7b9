"""The page of a case, and what pages under a case share."""

from django.urls import path

from pages.case import own_case, views

urlpatterns = [
    path("cases/<uuid:case_id>/", views.case, name="case"),
    path("cases/<uuid:case_id>/phone/", views.case_phone, name="case_phone"),
    path("my/plans/<uuid:case_id>/", own_case.own_case_turn_to, name="own_case_turn_to"),
]
