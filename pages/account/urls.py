"""How whoever is logged in got here, and where else they are."""

from django.urls import path

from pages.account import addresses, log_ins, passkeys, second_factor, stronger

urlpatterns = [
    path("log-ins/", log_ins.log_ins, name="log_ins"),
    path("log-ins/others/end/", log_ins.log_ins_end_others, name="log_ins_end_others"),
    path("log-ins/<uuid:log_in_id>/end/", log_ins.log_in_end, name="log_in_end"),
    path("log-ins/passkeys/", passkeys.own_passkeys, name="own_passkeys"),
    path("log-ins/second/", second_factor.second_factor, name="second_factor"),
    path("log-ins/second/app/", second_factor.second_factor_app, name="second_factor_app"),
    path(
        "log-ins/second/<uuid:user_id>/end/",
        second_factor.second_factor_end,
        name="second_factor_end",
    ),
    path("log-ins/stronger/<slug:act>/", stronger.stronger, name="stronger"),
    path("log-ins/address/", addresses.own_address, name="own_address"),
    path(
        "log-ins/address/<uuid:change_id>/stop/",
        addresses.own_address_stop,
        name="own_address_stop",
    ),
    path("address/<str:token>/", addresses.address_confirm, name="address_confirm"),
    path("address/<str:token>/stop/", addresses.address_stop, name="address_stop"),
]
