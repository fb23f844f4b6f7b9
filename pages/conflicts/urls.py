"""Where assessments conflict, and how a goal is progressing."""

from django.urls import path

from pages.conflicts import views

urlpatterns = [
    path("cases/<uuid:case_id>/conflicts/", views.conflicts, name="conflicts"),
    path(
        "cases/<uuid:case_id>/conflicts/<uuid:first>/<uuid:second>/",
        views.conflict_settle,
        name="conflict_settle",
    ),
    path("goals/<uuid:goal_id>/progress/", views.goal_progress, name="goal_progress"),
]
