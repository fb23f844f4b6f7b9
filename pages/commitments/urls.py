"""What one body asks of another."""

from django.urls import path

from pages.commitments import views

urlpatterns = [
    path("commitments/", views.board, name="board"),
    path("commitments/export.csv", views.board_csv, name="board_csv"),
    path("goals/<uuid:goal_id>/ask/", views.body_ask, name="body_ask"),
    *(
        path(f"requests/<uuid:request_id>/{verb}/", view, name=f"body_{verb}")
        for verb, view in (
            ("accept", views.body_accept),
            ("decline", views.body_decline),
            ("withdraw", views.body_withdraw),
            ("read", views.body_read),
        )
    ),
]
