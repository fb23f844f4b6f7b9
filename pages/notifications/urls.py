"""How somebody who works or is served here is told of what waits for them."""

from django.urls import path

from pages.notifications import views

urlpatterns = [
    path("contact/", views.contact, name="contact"),
]
