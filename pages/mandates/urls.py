"""Addresses of who acts for a client."""

from django.urls import path

from pages.mandates import telling, views

urlpatterns = [
    path("cases/<uuid:case_id>/acting/", views.mandates, name="mandates"),
    path("cases/<uuid:case_id>/acting/new/", views.mandate_new, name="mandate_new"),
    path("acting/<uuid:mandate_id>/confirm/", views.mandate_confirm, name="mandate_confirm"),
    path("acting/<uuid:mandate_id>/end/", views.mandate_end, name="mandate_end"),
    path("acting/<uuid:mandate_id>/tell/", telling.mandate_tell, name="mandate_tell"),
    path("my/acting/", views.my_mandates, name="my_mandates"),
    path("my/acting/<uuid:mandate_id>/end/", views.my_mandate_end, name="my_mandate_end"),
]
