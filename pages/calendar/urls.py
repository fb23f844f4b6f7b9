"""A worker's calendar."""

from django.urls import path

from pages.calendar import views

urlpatterns = [path("calendar/", views.calendar, name="calendar")]
