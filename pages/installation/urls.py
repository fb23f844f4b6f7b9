"""The installation's checklist, and the letter by which letters are tried."""

from django.urls import path

from pages.installation import views

urlpatterns = [
    path("installation/", views.installation, name="installation"),
    path("installation/letter/", views.letter_trial, name="letter_trial"),
    path("installation/letter/send/", views.letter_trial_send, name="letter_trial_send"),
]
