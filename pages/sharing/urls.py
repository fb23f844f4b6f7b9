"""Who sees what of the client's information, and deciding about it."""

from django.urls import path

from pages.sharing import views

urlpatterns = [
    path("cases/<uuid:case_id>/who-sees/", views.case_who_sees, name="case_who_sees"),
    path("cases/<uuid:case_id>/see-as/<slug:who>/", views.case_see_as, name="case_see_as"),
    path(
        "cases/<uuid:case_id>/see-as/<slug:who>/<uuid:version_id>/",
        views.case_see_version_as,
        name="case_see_version_as",
    ),
    path("my/who-sees/", views.who_sees, name="who_sees"),
    path("my/who-sees/several/", views.change_many, name="change_many"),
    path("my/who-sees/as/<slug:who>/", views.see_as_page, name="see_as"),
    path(
        "my/who-sees/as/<slug:who>/<uuid:version_id>/",
        views.see_version_as_page,
        name="see_version_as",
    ),
    path("my/who-sees/as/<slug:who>/one/<uuid:thing>/", views.change_thing, name="change_thing"),
    path("my/who-sees/<category:category>/<slug:who>/", views.change_one, name="change_one"),
]
