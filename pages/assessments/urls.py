"""Assessments by experts and by the client, seen over time."""

from django.urls import path

from pages.assessments import own, views

urlpatterns = [
    path("cases/<uuid:case_id>/assessments/", views.assessments, name="assessments"),
    path(
        "cases/<uuid:case_id>/assessments/rate/",
        views.expert_rating_new,
        name="expert_rating_new",
    ),
    path(
        "cases/<uuid:case_id>/assessments/new/<slug:code>/",
        views.assessment_type,
        name="assessment_type",
    ),
    path(
        "expert-ratings/<uuid:rating_id>/",
        views.expert_rating_edit,
        name="expert_rating_edit",
    ),
    path("assessments/import/", views.assessments_import, name="assessments_import"),
    path("assessments/<uuid:assessment_id>/", views.assessment_edit, name="assessment_edit"),
    path("my/assessments/", own.my_assessments, name="my_assessments"),
    path("my/assessments/new/<slug:code>/", own.my_assessment_new, name="my_assessment_new"),
]
