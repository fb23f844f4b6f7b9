"""The first log-in, one short page at a time."""

from django.urls import path

from pages.welcome import views

urlpatterns = [
    path("welcome/", views.welcome_language, name="welcome_language"),
    path("welcome/telling/", views.welcome_telling, name="welcome_telling"),
    path("welcome/what/", views.welcome_what, name="welcome_what"),
    path("welcome/choice/", views.welcome_choice, name="welcome_choice"),
    path("introduce/", views.introduce, name="introduce"),
]
