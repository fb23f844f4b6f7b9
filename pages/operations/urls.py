"""The runs of the nights and the outbox."""

from django.urls import path

from pages.operations import views

urlpatterns = [
    path("operations/", views.operations, name="operations"),
    path("operations/again/", views.try_again, name="operations_again"),
]
