"""The history of the plan."""

from django.urls import path

from pages.history import views

urlpatterns = [
    path("cases/<uuid:case_id>/history/", views.case_history, name="case_history"),
    path("my/who-sees/history/", views.my_history, name="my_history"),
]
