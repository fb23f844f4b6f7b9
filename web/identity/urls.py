"""Addresses of the way to an identity provider and back, below ``/login/``."""

from django.urls import path

from web.identity import views

app_name = "login"

urlpatterns = [
    path("with/<slug:key>/", views.start, name="start"),
    path("with/<slug:key>/link/", views.link, name="link"),
    path("with/<slug:key>/back/", views.back, name="back"),
    path("with/<slug:key>/ended/", views.ended, name="ended"),
    path("with/<slug:key>/keys.json", views.keys, name="keys"),
    path("with/<slug:key>/out/", views.out, name="out"),
    path("with/<slug:key>/away/", views.away, name="away"),
]
