"""Plan templates of a body, and filling a plan from one."""

from django.urls import path

from pages.plan_templates import views

urlpatterns = [
    path("templates/", views.templates, name="templates"),
    path("templates/new/", views.template_new, name="template_new"),
    path("templates/<uuid:template_id>/", views.template, name="template"),
    path("templates/<uuid:template_id>/retire/", views.template_retire, name="template_retire"),
    path(
        "templates/<uuid:template_id>/lines/<uuid:line_id>/remove/",
        views.line_remove,
        name="line_remove",
    ),
    path("cases/<uuid:case_id>/ready-plans/", views.templates_for_case, name="ready_plans"),
    path(
        "cases/<uuid:case_id>/ready-plans/<uuid:template_id>/",
        views.use_template,
        name="ready_plan",
    ),
]
