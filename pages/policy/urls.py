"""The policy text of the network."""

from django.urls import path

from pages.policy import views

urlpatterns = [
    path("policy/", views.policy, name="policy"),
    path("policy/new/", views.policy_new, name="policy_new"),
]
