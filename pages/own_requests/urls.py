"""A person's own request for joint service, to the person and to whoever answers it."""

from django.urls import path

from pages.own_requests import answering, asking

urlpatterns = [
    path("own-request/", asking.own_request, name="own_request"),
    path("own-request/new/", asking.own_request_new, name="own_request_new"),
    *(
        path(f"own-request/<uuid:own_request_id>/{verb}/", view, name=f"own_request_{verb}")
        for verb, view in (
            ("letter", asking.own_request_letter),
            ("read", asking.own_request_read),
            ("withdraw", asking.own_request_withdraw),
        )
    ),
    path("people-asking/", answering.people_asking, name="people_asking"),
    path("people-asking/paper/", answering.paper_new, name="own_request_paper"),
    path("people-asking/<uuid:own_request_id>/", answering.person_asking, name="person_asking"),
    *(
        path(f"people-asking/<uuid:own_request_id>/{verb}/", view, name=f"person_asking_{verb}")
        for verb, view in (
            ("name", answering.name_who_answers),
            ("begin", answering.begin),
            ("refuse", answering.refuse),
            ("died", answering.close_for_death),
            ("letter", answering.answer_letter),
        )
    ),
]
