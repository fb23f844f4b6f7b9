"""What was taken out in bulk."""

from django.urls import path

from pages.exports import views

urlpatterns = [path("exports/", views.exports, name="exports")]
