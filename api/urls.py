"""The addresses of the JSON face, version 1."""

from django.urls import path
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.views import SpectacularAPIView

from api import views
from api.machines import Token
from web.access import open_to_all

# JSON like every other answer here; YAML for whoever asks for it.
SCHEMA = SpectacularAPIView.as_view(
    renderer_classes=[
        OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer, OpenApiYamlRenderer2,
    ]
)  # fmt: skip

app_name = "api"
urlpatterns = [
    path("schema/", open_to_all(SCHEMA), name="schema"),
    path("v1/token/", open_to_all(Token.as_view()), name="token"),
    path("v1/cases/", views.CaseList.as_view(), name="cases"),
    path("v1/cases/<uuid:case_id>/", views.CaseDetail.as_view(), name="case"),
    path(
        "v1/explanations/<uuid:person_id>/<slug:rule>/",
        views.ExplanationDetail.as_view(),
        name="explanation",
    ),
    path("v1/plans/", views.PlanList.as_view(), name="plans"),
    path("v1/plans/<uuid:case_id>/", views.PlanDetail.as_view(), name="plan"),
]
