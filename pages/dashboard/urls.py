"""The director's page: counts, never names."""

from django.urls import path

from pages.dashboard import views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
]
