"""People outside the bodies, whom the client has invited."""

from django.urls import path

from pages.outside import views

urlpatterns = [
    path("cases/<uuid:case_id>/invite/", views.outside_heard, name="outside_heard"),
    path("cases/<uuid:case_id>/invited/", views.outside_sent, name="outside_sent"),
    path("invited/<uuid:party_id>/again/", views.outside_again, name="outside_again"),
    path("my/who-sees/outside/new/", views.outside_new, name="outside_new"),
    path("my/who-sees/outside/<uuid:party_id>/", views.outside_party, name="outside_party"),
    path("invitation/<str:secret>/", views.invitation, name="invitation"),
    path("shared/", views.shared, name="shared"),
    path("shared/<uuid:case_id>/", views.shared_case, name="shared_case"),
]
