"""What the client says no to."""

from django.urls import path

from pages.objections import views

urlpatterns = [
    path("my/actions/<uuid:action_id>/no/", views.action_no, name="action_no"),
    path("my/services/<uuid:service_id>/no/", views.service_no, name="service_no"),
    path("my/no/<uuid:objection_id>/", views.my_no, name="my_no"),
]
