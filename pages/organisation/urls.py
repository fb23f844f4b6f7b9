"""Networks, their municipalities and offices: kept by whoever keeps the organisation."""

from django.urls import path

from pages.organisation import offices, territory, views

_NETWORK = "organisation/networks/<uuid:network_id>"
_OFFICE = "organisation/offices/<uuid:office_id>"
_CHANGE = "organisation/changes/<uuid:change_id>"
urlpatterns = [
    path("organisation/", views.organisation, name="organisation"),
    path("organisation/read/", views.organisation_seen, name="organisation_seen"),
    path("organisation/networks/new/", views.network_new, name="network_new"),
    path(f"{_NETWORK}/", views.network, name="network"),
    path(f"{_NETWORK}/name/", views.network_rename, name="network_rename"),
    path(f"{_NETWORK}/end/", territory.network_end, name="network_end"),
    path(f"{_NETWORK}/towns/new/", territory.town_new, name="town_new"),
    path(f"{_NETWORK}/towns/leave/", territory.town_leave, name="town_leave"),
    path("organisation/towns/merge/", territory.towns_merge, name="towns_merge"),
    path(f"{_CHANGE}/", territory.territory_change, name="territory_change"),
    path(f"{_CHANGE}/decide/", territory.territory_decide, name="territory_decide"),
    path(f"{_CHANGE}/withdraw/", territory.territory_withdraw, name="territory_withdraw"),
    path(f"{_NETWORK}/offices/new/", offices.office_new, name="office_new"),
    path(f"{_OFFICE}/", offices.office_change, name="office_change"),
    path(f"{_OFFICE}/close/", offices.office_close, name="office_close"),
    path(f"{_OFFICE}/merge/", offices.office_merge, name="office_merge"),
]
