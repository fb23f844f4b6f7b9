"""What one account was shown, the record of a breach, and the letters that tell of it."""

from django.urls import path

from pages.breaches import letters, views

urlpatterns = [
    path("breaches/", views.breaches, name="breaches"),
    path("breaches/accounts/<uuid:user_id>/", views.account_examine, name="account_examine"),
    path("breaches/accounts/<uuid:examination_id>/seen/", views.examination, name="examination"),
    path(
        "breaches/accounts/<uuid:examination_id>/seen.csv",
        views.examination_csv,
        name="examination_csv",
    ),
    path("breaches/accounts/<uuid:examination_id>/record/", views.breach_new, name="breach_new"),
    path("breaches/<uuid:breach_id>/", views.breach, name="breach"),
    path("breaches/<uuid:breach_id>/edit/", views.breach_edit, name="breach_edit"),
    path("breaches/<uuid:breach_id>/authority/", views.breach_authority, name="breach_authority"),
    path("breaches/<uuid:breach_id>/close/", views.breach_close, name="breach_close"),
    path("breaches/<uuid:breach_id>/letters/", letters.breach_letters, name="breach_letters"),
    path("breaches/<uuid:breach_id>/letters.pdf", letters.letters_pdf, name="breach_letters_pdf"),
    path("breaches/<uuid:breach_id>/text/<str:language>/", letters.breach_text, name="breach_text"),
    path("breaches/<uuid:breach_id>/send/", letters.breach_send, name="breach_send"),
    path("my/letters/<uuid:letter_id>/", letters.my_letter, name="my_letter"),
    path("my/own-use/", views.my_own_use, name="my_own_use"),
]
