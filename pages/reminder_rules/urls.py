"""When reminders are sent."""

from django.urls import path

from pages.reminder_rules import views

urlpatterns = [
    path("reminder-rules/", views.reminder_rules, name="reminder_rules"),
    path("reminder-rules/<slug:kind>/", views.reminder_rule, name="reminder_rule"),
]
