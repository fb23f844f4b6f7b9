"""The legal grounds by which bodies see information."""

from django.urls import path

from pages.grounds import deciding, views

urlpatterns = [
    path("grounds/", views.grounds, name="grounds"),
    path("grounds/export.csv", views.grounds_csv, name="grounds_csv"),
    path("grounds/new/", views.ground_new, name="ground_new"),
    path("grounds/national/", views.grounds_national, name="grounds_national"),
    path("grounds/sign/", deciding.grounds_sign, name="grounds_sign"),
    path("grounds/<uuid:ground_id>/", views.ground, name="ground"),
    path("grounds/<uuid:ground_id>/sign/", deciding.ground_sign, name="ground_sign"),
    path("grounds/<uuid:ground_id>/end/", deciding.ground_end, name="ground_end"),
    path("grounds/<uuid:ground_id>/remove/", views.ground_remove, name="ground_remove"),
    path("grounds/<uuid:ground_id>/suspend/", deciding.ground_suspend, name="ground_suspend"),
    path("grounds/<uuid:ground_id>/lift/", deciding.ground_lift, name="ground_lift"),
    path("grounds/<uuid:ground_id>/aside/", deciding.ground_set_aside, name="ground_set_aside"),
]
