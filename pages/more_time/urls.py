"""More time for a step of the client's."""

from django.urls import path

from pages.more_time import views

urlpatterns = [
    path("actions/<uuid:action_id>/more-time/", views.more_time_ask, name="more_time_ask"),
    path("more-time/<uuid:more_time_id>/", views.more_time_answer, name="more_time_answer"),
    path(
        "more-time/<uuid:more_time_id>/take-back/",
        views.more_time_take_back,
        name="more_time_take_back",
    ),
]
