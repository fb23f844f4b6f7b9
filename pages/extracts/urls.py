"""Extracts for an evaluation: the list, an order, one of them and what may be done with it."""

from django.urls import path

from pages.extracts import views

urlpatterns = [
    path("extracts/", views.extracts, name="extracts"),
    path("extracts/new/", views.extract_new, name="extract_new"),
    path("extracts/<uuid:order_id>/", views.extract, name="extract"),
    path("extracts/<uuid:order_id>/approve/", views.extract_approve, name="extract_approve"),
    path("extracts/<uuid:order_id>/end/", views.extract_end, name="extract_end"),
    path("extracts/<uuid:order_id>/file/", views.extract_file, name="extract_file"),
]
