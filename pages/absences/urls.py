"""Who answers for whom while they are away."""

from django.urls import path

from pages.absences import views

urlpatterns = [
    path("absences/", views.covers, name="covers"),
    path("absences/new/", views.cover_new, name="cover_new"),
    path("absences/<uuid:cover_id>/end/", views.cover_end, name="cover_end"),
]
