"""The import of register extracts: checked, proposed, confirmed by a second person."""

from django.urls import path

from pages.register_import import confirming, views

urlpatterns = [
    path("register/", views.imports, name="imports"),
    path("register/confirm/", confirming.imports_waiting, name="imports_waiting"),
    path(
        "register/confirm/<uuid:run_id>/",
        confirming.import_to_confirm,
        name="import_to_confirm",
    ),
    path(
        "register/confirm/<uuid:run_id>/yes/",
        confirming.import_confirm,
        name="import_confirm",
    ),
    path("register/new/", views.import_new, name="import_new"),
    path("register/<uuid:run_id>/", views.import_one, name="import"),
    path("register/<uuid:run_id>/rejected.csv", views.import_rejected, name="import_rejected"),
    *(
        path(f"register/<uuid:run_id>/{verb}/", view, name=f"import_{verb.replace('-', '_')}")
        for verb, view in (
            ("propose", views.import_propose),
            ("discard", views.import_discard),
            ("stop", views.import_stop),
            ("go-on", views.import_go_on),
        )
    ),
]
