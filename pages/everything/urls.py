"""Everything recorded about the client, to read and to take along."""

from django.urls import path

from pages.everything import views

urlpatterns = [
    path("my/everything/", views.everything, name="everything"),
    path("my/everything.json", views.everything_json, name="everything_json"),
    path("my/everything.pdf", views.everything_pdf, name="everything_pdf"),
]
