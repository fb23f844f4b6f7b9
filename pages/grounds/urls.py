"""The legal grounds by which bodies see information."""

from django.urls import path

from pages.grounds import views

urlpatterns = [
    path("grounds/", views.grounds, name="grounds"),
    path("grounds/export.csv", views.grounds_csv, name="grounds_csv"),
    path("grounds/new/", views.ground_new, name="ground_new"),
    path("grounds/national/", views.grounds_national, name="grounds_national"),
    path("grounds/sign/", views.grounds_sign, name="grounds_sign"),
    path("grounds/<uuid:ground_id>/", views.ground, name="ground"),
    path("grounds/<uuid:ground_id>/sign/", views.ground_sign, name="ground_sign"),
    path("grounds/<uuid:ground_id>/end/", views.ground_end, name="ground_end"),
    path("grounds/<uuid:ground_id>/remove/", views.ground_remove, name="ground_remove"),
]
