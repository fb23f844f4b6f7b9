"""How it has gone, at a milestone."""

from django.urls import path

from pages.feedback import views

urlpatterns = [
    path("my/how-it-has-gone/", views.my_feedback, name="my_feedback"),
    path("my/how-it-has-gone/no/", views.my_feedback_no, name="my_feedback_no"),
    path("feedback/", views.feedback, name="feedback"),
]
