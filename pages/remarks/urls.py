"""What the client says of the plan, steps they propose, and what is answered."""

from django.urls import path

from pages.remarks import views

urlpatterns = [
    path("cases/<uuid:case_id>/remarks/", views.remarks, name="remarks"),
    path("goals/<uuid:goal_id>/remark/", views.remark_goal, name="remark_goal"),
    path("goals/<uuid:goal_id>/propose/", views.remark_step, name="remark_step"),
    path("actions/<uuid:action_id>/remark/", views.remark_action, name="remark_action"),
    path("services/<uuid:service_id>/remark/", views.remark_service, name="remark_service"),
    path("remarks/<uuid:remark_id>/answer/", views.remark_answer, name="remark_answer"),
    path("remarks/<uuid:remark_id>/take-up/", views.remark_take_up, name="remark_take_up"),
]
