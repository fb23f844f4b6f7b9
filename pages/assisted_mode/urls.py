"""The client writes on a worker's screen, or on a paper that a worker types."""

from django.urls import path

from pages.assisted_mode import acts, views

urlpatterns = [
    path("cases/<uuid:case_id>/with-client/", views.begin, name="with_client"),
    path("with-client/end/", views.end, name="with_client_end"),
    path("cases/<uuid:case_id>/for-client/", views.for_client, name="for_client"),
    path("cases/<uuid:case_id>/paper/new/", views.paper_came, name="paper_came"),
    path("cases/<uuid:case_id>/client-goals/new/", views.own_goal, name="client_goal_new"),
    path("cases/<uuid:case_id>/client-check-in/", acts.client_check_in, name="client_check_in"),
    path("cases/<uuid:case_id>/client-message/", acts.client_message, name="client_message"),
    path("cases/<uuid:case_id>/client-review/", acts.client_review, name="client_review"),
    path("actions/<uuid:action_id>/client-no/", acts.client_no_action, name="client_no_action"),
    path("services/<uuid:service_id>/client-no/", acts.client_no_service, name="client_no_service"),
    path("client-no/<uuid:objection_id>/back/", acts.client_no_back, name="client_no_back"),
]
