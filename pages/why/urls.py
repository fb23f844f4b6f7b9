"""Why joint service was proposed to the client."""

from django.urls import path

from pages.why import views

urlpatterns = [path("cases/<uuid:case_id>/why/", views.why, name="why")]
