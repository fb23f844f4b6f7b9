"""Addresses of the systems that read by themselves."""

from django.urls import path

from pages.machines import views

_ONE = "machines/<uuid:machine_id>"
_KEY = "machines/keys/<uuid:key_id>"
urlpatterns = [
    path("machines/", views.machines, name="machines"),
    path("machines/new/", views.machine_new, name="machine_new"),
    path(f"{_ONE}/", views.machine, name="machine"),
    path(f"{_ONE}/decide/", views.machine_decide, name="machine_decide"),
    path(f"{_ONE}/withdraw/", views.machine_withdraw, name="machine_withdraw"),
    path(f"{_ONE}/end/", views.machine_end, name="machine_end"),
    path(f"{_ONE}/keys/new/", views.machine_key_new, name="machine_key_new"),
    path(f"{_KEY}/decide/", views.machine_key_decide, name="machine_key_decide"),
    path(f"{_KEY}/end/", views.machine_key_end, name="machine_key_end"),
]
