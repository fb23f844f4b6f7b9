"""Messages of the team and the client."""

from django.urls import path

from pages.messages import in_the_row, views

urlpatterns = [
    path("cases/<uuid:case_id>/messages/", views.threads, name="threads"),
    path("cases/<uuid:case_id>/messages/new/", views.thread_new, name="thread_new"),
    path("messages/<uuid:thread_id>/", views.thread, name="thread"),
    path("actions/<uuid:action_id>/ask/", in_the_row.action_ask, name="action_ask"),
    path("cases/<uuid:case_id>/note/", in_the_row.case_note, name="case_note"),
    path("attachments/<uuid:attachment_id>/", views.attachment, name="attachment"),
]
