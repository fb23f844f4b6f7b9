"""Options offered to the client, and what the client says to them."""

from django.urls import path

from pages.options import views

urlpatterns = [
    path("cases/<uuid:case_id>/options/", views.offers, name="offers"),
    path("goals/<uuid:goal_id>/options/new/", views.offer_new, name="offer_new"),
    path("options/<uuid:offer_id>/", views.offer, name="offer"),
    path("options/<uuid:offer_id>/reply/", views.offer_reply, name="offer_reply"),
    path("options/<uuid:offer_id>/withdraw/", views.offer_withdraw, name="offer_withdraw"),
]
