"""What the registers say of the client, shown to them."""

from django.urls import path

from pages.registers import views

urlpatterns = [
    path("my/registers/", views.registers, name="registers"),
]
