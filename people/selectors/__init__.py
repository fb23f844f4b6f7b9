"""Reads about users and the organisation."""

from people.selectors.actors import actor_for, actor_in_position, defer_all_but_name, names_of
from people.selectors.forms import answer_to, draft_of
from people.selectors.networks import all_networks, municipality_names, municipality_shown
from people.selectors.persons import anonymised_person, codes_of, filter_by_code, people_by_code
from people.selectors.reached import account_of_staff, is_address_of_staff, is_number_of_staff
from people.selectors.staff import (
    FORMER,
    Contact,
    OfficeStaff,
    OfficeStaffing,
    caseworkers_of,
    contacts_of,
    leaders_and_officers,
    leads_office,
    list_office_staffing,
    officer_contacts,
    offices_of,
    staff_of,
)

__all__ = [
    "FORMER",
    "Contact",
    "OfficeStaff",
    "OfficeStaffing",
    "account_of_staff",
    "actor_for",
    "actor_in_position",
    "all_networks",
    "anonymised_person",
    "answer_to",
    "caseworkers_of",
    "codes_of",
    "contacts_of",
    "defer_all_but_name",
    "draft_of",
    "filter_by_code",
    "is_address_of_staff",
    "is_number_of_staff",
    "leaders_and_officers",
    "leads_office",
    "list_office_staffing",
    "municipality_names",
    "municipality_shown",
    "names_of",
    "officer_contacts",
    "offices_of",
    "people_by_code",
    "staff_of",
]
