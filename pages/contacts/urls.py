"""The contact log of a case."""

from django.urls import path

from pages.contacts import views

urlpatterns = [
    path("cases/<uuid:case_id>/contacts/", views.contacts, name="contacts"),
    path("cases/<uuid:case_id>/contacts/new/", views.contact_new, name="contact_new"),
    path("contacts/<uuid:contact_id>/", views.contact_correct, name="contact_correct"),
]
