"""Who has which role, who begins and ends it, and who let whom in."""

from django.urls import path

from pages.roles import views

urlpatterns = [
    path("roles/", views.roles, name="roles"),
    path("roles/new/", views.role_new, name="role_new"),
    path("roles/<uuid:change_id>/decide/", views.role_decide, name="role_decide"),
    path("roles/<uuid:change_id>/withdraw/", views.role_withdraw, name="role_withdraw"),
    path(
        "roles/addresses/<uuid:change_id>/approve/", views.address_approve, name="address_approve"
    ),
    path("roles/addresses/<uuid:change_id>/refuse/", views.address_refuse, name="address_refuse"),
    path("roles/holders/<uuid:position_id>/", views.role_contact, name="role_contact"),
    path("roles/people/<uuid:user_id>/log-ins/", views.log_ins_of_one, name="log_ins_of_one"),
]
