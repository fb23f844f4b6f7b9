"""Practising among artificial people."""

from django.urls import path

from pages.practice import views

urlpatterns = [
    path("practise/", views.practise, name="practise"),
    path("practise/end/", views.end, name="practise_end"),
    path("practise/anew/", views.anew, name="practise_anew"),
    path("practise/letters/", views.letters, name="practise_letters"),
]
