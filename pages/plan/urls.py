"""The goals, actions and services of the plan."""

from django.urls import path

from pages.plan import in_the_row, views

urlpatterns = [
    path("cases/<uuid:case_id>/plan/", views.plan_edit, name="plan_edit"),
    path("cases/<uuid:case_id>/goals/new/", views.goal_new, name="goal_new"),
    path("cases/<uuid:case_id>/services/new/", views.service_new, name="service_new"),
    path("goals/<uuid:goal_id>/", views.goal_edit, name="goal_edit"),
    path("goals/<uuid:goal_id>/drop/", in_the_row.goal_drop, name="goal_drop"),
    path("goals/<uuid:goal_id>/undo/", in_the_row.goal_undo, name="goal_undo"),
    path("goals/<uuid:goal_id>/take-up/", in_the_row.goal_take_up, name="goal_take_up"),
    path("goals/<uuid:goal_id>/actions/new/", views.action_new, name="action_new"),
    path("actions/<uuid:action_id>/", views.action_edit, name="action_edit"),
    path("actions/<uuid:action_id>/close/", views.action_close, name="action_close"),
    path("actions/<uuid:action_id>/done/", in_the_row.action_done, name="action_done"),
    path("actions/<uuid:action_id>/undo/", in_the_row.action_undo, name="action_undo"),
    path("actions/<uuid:action_id>/day/", in_the_row.action_day, name="action_day"),
    path("actions/<uuid:action_id>/reopen/", in_the_row.action_reopen, name="action_reopen"),
    path("services/<uuid:service_id>/", views.service_edit, name="service_edit"),
    path("services/<uuid:service_id>/how-it-went/", views.service_outcome, name="service_outcome"),
    path("my/goals/new/", views.own_goal_new, name="own_goal_new"),
    path("my/actions/<uuid:action_id>/done/", views.own_action_done, name="own_action_done"),
]
