"""The team of a case, and handing a case over."""

from django.urls import path

from pages.team import several, views

urlpatterns = [
    path("hand-over/", several.hand_over_several, name="hand_over_several"),
    path("handovers/", several.handovers, name="handovers"),
    path("handovers/accept/", several.handovers_accept, name="handovers_accept"),
    path("cases-came/", several.cases_came, name="cases_came"),
    path("cases-came/read/", several.cases_came_read, name="cases_came_read"),
    path("cases/<uuid:case_id>/team/", views.team, name="team"),
    path("cases/<uuid:case_id>/team/new/", views.member_add, name="member_add"),
    path("cases/<uuid:case_id>/team/<uuid:user_id>/end/", views.member_end, name="member_end"),
    path("cases/<uuid:case_id>/hand-over/", views.hand_over, name="hand_over"),
    path("cases/<uuid:case_id>/taking-over/", views.handover_summary, name="handover_summary"),
    path("handovers/<uuid:handover_id>/", views.handover, name="handover"),
    path("handovers/<uuid:handover_id>/accept/", views.handover_accept, name="handover_accept"),
    path("handovers/<uuid:handover_id>/decline/", views.handover_decline, name="handover_decline"),
    path(
        "handovers/<uuid:handover_id>/withdraw/", views.handover_withdraw, name="handover_withdraw"
    ),
]
