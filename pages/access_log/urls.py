"""Who has looked at the client's information, and asking about it."""

from django.urls import path

from pages.access_log import views

urlpatterns = [
    path("my/access-log/", views.access_log, name="access_log"),
    path("my/access-log/<int:look>/ask/", views.look_ask, name="look_ask"),
    path("questions/", views.questions, name="questions"),
    path("questions/turned-away/read/", views.turned_away_seen, name="turned_away_seen"),
    path("questions/<uuid:question_id>/", views.question_answer, name="question_answer"),
    path("questions/<uuid:question_id>/longer/", views.question_prolong, name="question_prolong"),
]
