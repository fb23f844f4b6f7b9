"""Asking for something recorded to be corrected, and answering."""

from django.urls import path

from pages.corrections import views

urlpatterns = [
    path(
        "my/corrections/new/<slug:kind>/<slug:subject>/",
        views.correction_new,
        name="correction_new",
    ),
    path("my/asked/", views.my_asked, name="my_asked"),
    path("corrections/<uuid:correction_id>/", views.correction_answer, name="correction_answer"),
    path(
        "corrections/<uuid:correction_id>/longer/",
        views.correction_prolong,
        name="correction_prolong",
    ),
]
