"""Confirming what a worker wrote down of a client's decision, or saying that it is not so."""

from django.urls import path

from pages.confirmations import views

urlpatterns = [
    path("my/who-sees/said/<uuid:consent_id>/", views.said, name="said"),
    path("written-down/<uuid:consent_id>/", views.written_down, name="written_down"),
    path("written-down/<uuid:consent_id>/archive/", views.paper_archive, name="paper_archive"),
]
