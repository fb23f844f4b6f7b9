"""Meetings: called, held, written up."""

from django.urls import path

from pages.meetings import held, interpreter, own_calendar, views

urlpatterns = [
    path("cases/<uuid:case_id>/meetings/", views.meetings, name="meetings"),
    path("cases/<uuid:case_id>/meetings/new/", views.meeting_new, name="meeting_new"),
    path("cases/<uuid:case_id>/meetings/held/", held.meeting_held, name="meeting_held"),
    path(
        "cases/<uuid:case_id>/interpreter/", interpreter.interpreter_need, name="interpreter_need"
    ),
    path(
        "meetings/<uuid:meeting_id>/interpreter/",
        interpreter.meeting_interpreter,
        name="meeting_interpreter",
    ),
    path("my/interpreter/", interpreter.my_interpreter, name="my_interpreter"),
    path("meetings/<uuid:meeting_id>/", views.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/meeting.ics", own_calendar.meeting_ics, name="meeting_ics"),
    path(
        "meetings/<uuid:meeting_id>/answer/<uuid:participant_id>/",
        views.meeting_answer,
        name="meeting_answer",
    ),
    *(
        path(f"meetings/<uuid:meeting_id>/{verb}/", view, name=name)
        for verb, view, name in (
            ("move", views.meeting_move, "meeting_move"),
            ("cancel", views.meeting_cancel, "meeting_cancel"),
            ("ask", views.meeting_ask, "meeting_ask"),
            ("points/new", views.point_new, "point_new"),
            ("action", views.agree_action, "agree_action"),
            ("service", views.agree_service, "agree_service"),
            ("close", views.meeting_close, "meeting_close"),
        )
    ),
    path("points/<uuid:point_id>/", views.point, name="point"),
]
