"""The first page of each: a worker's day; everybody else is sent on to theirs."""

from django.urls import path

from pages.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("day/", views.my_day, name="my_day"),
]
