"""Consultation without a case."""

from django.urls import path

from pages.consultations import views

urlpatterns = [
    path("consultations/", views.consultations, name="consultations"),
    path("consultations/new/", views.consultation_new, name="consultation_new"),
    path("consultations/<uuid:consultation_id>/", views.consultation, name="consultation"),
    *(
        path(f"consultations/<uuid:consultation_id>/{verb}/", view, name=f"consultation_{verb}")
        for verb, view in (
            ("answer", views.consultation_answer),
            ("seen", views.consultation_seen),
            ("withdraw", views.consultation_withdraw),
        )
    ),
]
