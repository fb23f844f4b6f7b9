"""Changes in a client's life: code, name, move, non-disclosure, death."""

from django.urls import path

from pages.life_changes import views

urlpatterns = [
    path("cases/<uuid:case_id>/changes/", views.changes, name="changes"),
    path("cases/<uuid:case_id>/changes/died/", views.change_died, name="change_died"),
    *(
        path(f"cases/<uuid:case_id>/changes/{verb}/", view, name=name)
        for verb, view, name in (
            ("code", views.change_code, "change_code"),
            ("moved", views.change_moved, "change_moved"),
            ("end", views.change_left, "change_left"),
            ("name", views.change_name, "change_name"),
            ("non-disclosure", views.change_protect, "change_protect"),
            ("disclosure", views.change_unprotect, "change_unprotect"),
            ("stays-on", views.change_keep_protected, "change_keep_protected"),
        )
    ),
    path("changes/<uuid:event_id>/undo/", views.change_undo, name="change_undo"),
    path("changes/<uuid:event_id>/confirm/", views.change_confirm, name="change_confirm"),
    path("changes/<uuid:event_id>/seen/", views.change_seen, name="change_seen"),
]
