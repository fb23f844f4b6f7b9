"""The installation's checklist, and the letter by which letters are tried."""

from django.urls import path

from pages.installation import views, views_of_languages

urlpatterns = [
    path("installation/", views.installation, name="installation"),
    path("installation/languages/", views_of_languages.added_languages, name="languages"),
    path(
        "installation/languages/<str:code>/", views_of_languages.language_sign, name="language_sign"
    ),
    path("installation/letter/", views.letter_trial, name="letter_trial"),
    path("installation/letter/send/", views.letter_trial_send, name="letter_trial_send"),
]
