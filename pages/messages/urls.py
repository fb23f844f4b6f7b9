"""Messages of the team and the client."""

from django.urls import path

from pages.messages import views

urlpatterns = [
    path("cases/<uuid:case_id>/messages/", views.threads, name="threads"),
    path("cases/<uuid:case_id>/messages/new/", views.thread_new, name="thread_new"),
    path("messages/<uuid:thread_id>/", views.thread, name="thread"),
    path("attachments/<uuid:attachment_id>/", views.attachment, name="attachment"),
]
