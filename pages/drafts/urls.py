"""What somebody has begun to write and not saved."""

from django.urls import path

from pages.drafts import views

urlpatterns = [
    path("drafts/", views.draft_keep, name="draft_keep"),
    path("drafts/forget/", views.draft_forget, name="draft_forget"),
]
