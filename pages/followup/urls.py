"""How it goes, and how things are after the end."""

from django.urls import path

from pages.followup import views

urlpatterns = [
    # Sent in letters: followup.points.LINK.
    path("how-are-things/<str:token>/", views.how_are_things, name="how_are_things"),
    path("my/how-is-it-going/", views.check_in, name="check_in"),
    path("cases/<uuid:case_id>/follow-up/", views.follow_up, name="follow_up"),
    path("cases/<uuid:case_id>/follow-up/clock/", views.clock_move, name="clock_move"),
    path("check-ins/<uuid:check_in_id>/handled/", views.check_in_handled, name="check_in_handled"),
    path("reminders/<uuid:reminder_id>/wait/", views.snooze, name="reminder_snooze"),
    path("reminders/<uuid:reminder_id>/again/", views.show_again, name="reminder_again"),
    path("afterwards/<uuid:point_id>/", views.point_answer, name="point_answer"),
    path(
        "afterwards/answers/<uuid:answer_id>/contact/",
        views.contact_noted,
        name="contact_noted",
    ),
]
