"""Asking to be let in, and letting in."""

from django.urls import path

from pages.letting_in import views

urlpatterns = [
    path("letting-in/", views.letting_in, name="letting_in"),
    path("letting-in/again/", views.entry_again, name="entry_again"),
    path("letting-in/<uuid:asked_id>/", views.entry, name="entry"),
    path("letting-in/<uuid:asked_id>/no/", views.entry_refuse, name="entry_refuse"),
    path("letting-in/<uuid:asked_id>/same/", views.entry_same, name="entry_same"),
]
