"""What has changed of what somebody was told before."""

from django.urls import path

from pages.news import views

urlpatterns = [
    path("news/seen/", views.news_seen, name="news_seen"),
]
