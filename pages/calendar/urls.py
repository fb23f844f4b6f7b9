"""A worker's calendar."""

from django.urls import path

from pages.calendar import feed, views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/own-program/", feed.own_program, name="calendar_program"),
    path("calendar/own-program/make/", feed.feed_make, name="calendar_feed_make"),
    path("calendar/own-program/end/", feed.feed_end, name="calendar_feed_end"),
    path("calendar/private/<str:token>.ics", feed.feed, name="calendar_feed"),
]
