"""The list of cases, and the same as a file."""

from django.urls import path

from pages.cases import views

urlpatterns = [
    path("cases/", views.cases, name="cases"),
    path("cases/recent/", views.recent, name="recent"),
    path("cases/export.csv", views.cases_csv, name="cases_csv"),
]
