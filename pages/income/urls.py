"""What a step does to income: of a case, of one service, and asking what is not known."""

from django.urls import path

from pages.income import views

urlpatterns = [
    path("my/income/", views.my_income, name="my_income"),
    path("my/income/ask/", views.income_ask, name="income_ask"),
    path("cases/<uuid:case_id>/income/", views.case_income, name="case_income"),
    path("cases/<uuid:case_id>/income/confirmed/", views.kela_confirm, name="kela_confirm"),
    path(
        "kela-confirmations/<uuid:confirmation_id>/",
        views.kela_confirmation,
        name="kela_confirmation",
    ),
    path("services/<uuid:service_id>/income/", views.service_income, name="service_income"),
]
