"""A plan is proposed, answered, settled and reviewed; its versions."""

from django.urls import path

from pages.agreement import proposing, views

urlpatterns = [
    path("cases/<uuid:case_id>/propose/", proposing.propose, name="propose"),
    path("cases/<uuid:case_id>/propose/as/<slug:who>/", proposing.propose_as, name="propose_as"),
    path("cases/<uuid:case_id>/versions/", views.versions, name="versions"),
    path("versions/<uuid:version_id>/", views.version, name="version"),
    path("versions/<uuid:version_id>/plan.pdf", views.version_pdf, name="version_pdf"),
    path("versions/<uuid:version_id>/accept/", views.accept, name="accept"),
    path("versions/<uuid:version_id>/disagree/", views.disagree, name="disagree"),
    path("versions/<uuid:version_id>/client/", views.client_answer, name="client_answer"),
    path("papers/<uuid:paper_id>/", views.signed_paper, name="signed_paper"),
    path("versions/<uuid:version_id>/settle/", views.settle, name="settle"),
    path("reviews/<uuid:request_id>/", views.review_answer, name="review_answer"),
    path("my/review/", views.review_ask, name="review_ask"),
]
