"""The client's own side: what to do next, the plan, each step of it, and the doors to the rest."""

from django.urls import path

from pages.my_plan import doors, home, views

urlpatterns = [
    path("my/", home.my_page, name="my_page"),
    path("my/plan/", views.my_plan, name="my_plan"),
    path("my/steps/<uuid:action_id>/", views.my_step, name="my_step"),
    path("my/steps/<uuid:action_id>/write/", views.my_step_write, name="my_step_write"),
    path("my/services/<uuid:service_id>/", views.my_service, name="my_service"),
    path("my/people/", doors.my_people, name="my_people"),
    path("my/how-it-goes/", doors.my_going, name="my_going"),
    path("my/details/", doors.my_details, name="my_details"),
    path("my/information/", doors.my_information, name="my_information"),
]
