"""The accessibility statement and what is said of it."""

from django.urls import path

from pages.accessibility import views

urlpatterns = [
    path("accessibility/", views.statement, name="accessibility"),
    path("accessibility/feedback/", views.feedback_list, name="accessibility_feedback"),
    path(
        "accessibility/feedback/<uuid:feedback_id>/",
        views.feedback_answer,
        name="accessibility_answer",
    ),
]
