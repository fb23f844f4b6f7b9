"""The client writes on a worker's screen."""

from django.urls import path

from pages.assisted_mode import views

urlpatterns = [
    path("cases/<uuid:case_id>/with-client/", views.begin, name="with_client"),
    path("with-client/end/", views.end, name="with_client_end"),
    path("cases/<uuid:case_id>/client-goals/new/", views.own_goal, name="client_goal_new"),
]
