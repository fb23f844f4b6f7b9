"""What the system is, and what each body records: open to all."""

from django.urls import path

from pages.about import views

urlpatterns = [
    path("about/", views.about, name="about"),
    path("about/your-information/", views.privacy, name="privacy"),
    path("about/processing/", views.processing, name="processing"),
    path("about/processing/<slug:body>/", views.processing_body, name="processing_body"),
]
