"""Coming in: needs assessed, referrals, and the places that offices fill."""

from django.urls import path

from pages.intake import telling, views

urlpatterns = [
    path("assess/", views.need_new, name="need_new"),
    path("assess/refer/", views.need_refer, name="need_refer"),
    path("triggers/<uuid:person_id>/<rule:rule>/refer/", views.trigger_refer, name="trigger_refer"),
    path("referrals/", views.referrals, name="referrals"),
    path("referrals/<uuid:referral_id>/", views.referral, name="referral"),
    path("referrals/<uuid:referral_id>/begin/", views.referral_begin, name="referral_begin"),
    path("referrals/<uuid:referral_id>/remove/", views.referral_remove, name="referral_remove"),
    path("cases/<uuid:case_id>/tell/", telling.tell_client, name="tell_client"),
    path("seats/<uuid:membership_id>/", views.seat, name="seat"),
]
