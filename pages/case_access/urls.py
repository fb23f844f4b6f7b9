"""Finding a case, asking to see it, opening it in an emergency."""

from django.urls import path

from pages.case_access import views

urlpatterns = [
    path("cases/find/", views.case_find, name="case_find"),
    path("cases/find/ask/", views.access_ask, name="access_ask"),
    path("cases/find/emergency/", views.emergency, name="emergency"),
    path("access-requests/<uuid:request_id>/", views.access_answer, name="access_answer"),
]
