"""Two records of one person, merged."""

from django.urls import path

from pages.merged_records import views

urlpatterns = [
    path("records/", views.records, name="records"),
    path("records/<uuid:event_id>/", views.record, name="record"),
]
