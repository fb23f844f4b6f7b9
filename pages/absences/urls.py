"""Who answers for whom while they are away."""

from django.urls import path

from pages.absences import views

urlpatterns = [
    path("absences/", views.covers, name="covers"),
    path("absences/new/", views.cover_new, name="cover_new"),
    path("absences/<uuid:absence_id>/cover/", views.cover_for, name="cover_for"),
    path("absences/<uuid:absence_id>/back/", views.absence_end, name="absence_end"),
    path("absences/<uuid:cover_id>/end/", views.cover_end, name="cover_end"),
    path("absences/<uuid:cover_id>/confirm/", views.cover_confirm, name="cover_confirm"),
    path("absences/<uuid:cover_id>/meanwhile/", views.cover_over, name="cover_over"),
    path("absences/<uuid:cover_id>/read/", views.cover_over_read, name="cover_over_read"),
    path("absences/reviewed/", views.covers_reviewed, name="covers_reviewed"),
    path("absences/<uuid:cover_id>/review/", views.cover_review, name="cover_review"),
]
