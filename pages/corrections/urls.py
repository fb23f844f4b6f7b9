"""Asking for something recorded to be corrected, and answering."""

from django.urls import path

from pages.corrections import views

urlpatterns = [
    path(
        "my/corrections/new/<slug:kind>/<slug:subject>/",
        views.correction_new,
        name="correction_new",
    ),
    path("corrections/<uuid:correction_id>/", views.correction_answer, name="correction_answer"),
]
