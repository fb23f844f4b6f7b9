"""How an office holds its meetings."""

from django.urls import path

from pages.ways_of_working import views

urlpatterns = [
    path("way-of-working/", views.ways, name="ways"),
    path("way-of-working/new/", views.way_new, name="way_new"),
]
