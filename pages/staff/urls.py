"""Offices and the people who work in them."""

from django.urls import path

from pages.staff import files, load, views

urlpatterns = [
    path("offices/", views.offices, name="offices"),
    path("offices/<uuid:office_id>/", views.office, name="office"),
    path("offices/<uuid:office_id>/load/", load.office_load, name="office_load"),
    path("offices/<uuid:office_id>/new/", views.worker_new, name="worker_new"),
    path("offices/<uuid:office_id>/<uuid:user_id>/back/", views.worker_back, name="worker_back"),
    path("offices/<uuid:office_id>/file/", files.staff_file_new, name="staff_file_new"),
    path("staff-files/", files.staff_files, name="staff_files"),
    path("staff-files/new/", files.staff_files_new, name="staff_files_new"),
    path("staff-files/<uuid:file_id>/", files.staff_file, name="staff_file"),
    path("staff-files/<uuid:file_id>/faults.csv", files.staff_file_faults, name="staff_file_csv"),
    *(
        path(f"staff-files/<uuid:file_id>/{verb}/", view, name=f"staff_file_{verb}")
        for verb, view in (
            ("write", files.staff_file_write),
            ("propose", files.staff_file_propose),
            ("discard", files.staff_file_discard),
        )
    ),
    path(
        "staff-files/missing/<uuid:missing_id>/stays/",
        files.staff_missing_stays,
        name="staff_missing_stays",
    ),
    path("workers/<uuid:position_id>/", views.worker, name="worker"),
    path("workers/<uuid:position_id>/load/", load.worker_load, name="worker_load"),
    path("workers/<uuid:position_id>/leads/", views.worker_leads, name="worker_leads"),
    path("workers/<uuid:position_id>/link/", views.worker_link, name="worker_link"),
    path("workers/<uuid:position_id>/end/", views.worker_end, name="worker_end"),
]
