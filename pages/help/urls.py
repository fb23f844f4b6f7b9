"""What one's pages are for, and who sees what."""

from django.urls import path

from pages.help import views

urlpatterns = [path("help/", views.first_hour, name="first_hour")]
