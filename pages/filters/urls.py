"""Saved filters of lists: saved, changed, removed."""

from django.urls import path

from pages.filters import views

urlpatterns = [
    path("filters/<slug:kind>/save/", views.filter_save, name="filter_save"),
    path("filters/<uuid:filter_id>/change/", views.filter_change, name="filter_change"),
    path("filters/<uuid:filter_id>/remove/", views.filter_remove, name="filter_remove"),
]
