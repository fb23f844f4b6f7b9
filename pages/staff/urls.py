"""Offices and the people who work in them."""

from django.urls import path

from pages.staff import views

urlpatterns = [
    path("offices/", views.offices, name="offices"),
    path("offices/<uuid:office_id>/", views.office, name="office"),
    path("offices/<uuid:office_id>/new/", views.worker_new, name="worker_new"),
    path("offices/<uuid:office_id>/<uuid:user_id>/back/", views.worker_back, name="worker_back"),
    path("workers/<uuid:position_id>/", views.worker, name="worker"),
    path("workers/<uuid:position_id>/leads/", views.worker_leads, name="worker_leads"),
    path("workers/<uuid:position_id>/link/", views.worker_link, name="worker_link"),
    path("workers/<uuid:position_id>/end/", views.worker_end, name="worker_end"),
]
