"""The plan, the people and who sees what, each on a sheet of paper in the client's language."""

from django.urls import path

from pages.on_paper import views

urlpatterns = [
    path("cases/<uuid:case_id>/paper/plan/", views.plan_paper, name="plan_paper"),
    path("cases/<uuid:case_id>/paper/people/", views.people_paper, name="people_paper"),
    path("cases/<uuid:case_id>/paper/grants/", views.grants_paper, name="grants_paper"),
]
