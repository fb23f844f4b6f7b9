"""The mapping of services that are needed."""

from django.urls import path

from pages.mapping import views

urlpatterns = [
    path("cases/<uuid:case_id>/mapping/", views.mapping, name="mapping"),
    path("cases/<uuid:case_id>/mapping/<area:area>/", views.mapping_view, name="mapping_view"),
    path(
        "cases/<uuid:case_id>/mapping/<area:area>/client/",
        views.mapping_view_client,
        name="mapping_view_client",
    ),
]
