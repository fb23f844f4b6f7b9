"""Reads about users and the organisation."""

from people.selectors.accounts import (
    accounts_at,
    list_address_changes,
    list_let_in,
    open_address_change,
    standing_position,
)
from people.selectors.actors import (
    actor_for,
    actor_in_position,
    body_at,
    defer_all_but_name,
    names_of,
)
from people.selectors.forms import answer_to, draft_of
from people.selectors.log_ins import AccountEventSeen, account_events_of, log_ins_of
from people.selectors.networks import all_networks, municipality_names, municipality_shown
from people.selectors.persons import anonymised_person, codes_of, filter_by_code, people_by_code
from people.selectors.reached import account_of_staff, is_address_of_staff, is_number_of_staff
from people.selectors.roles import (
    list_role_changes,
    list_role_holders,
    offices_without_leader,
    visible_role_changes,
)
from people.selectors.staff import (
    FORMER,
    Contact,
    OfficeStaff,
    OfficeStaffing,
    caseworkers_of,
    coming_positions,
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
    "AccountEventSeen",
    "Contact",
    "OfficeStaff",
    "OfficeStaffing",
    "account_events_of",
    "account_of_staff",
    "accounts_at",
    "actor_for",
    "actor_in_position",
    "all_networks",
    "anonymised_person",
    "answer_to",
    "body_at",
    "caseworkers_of",
    "codes_of",
    "coming_positions",
    "contacts_of",
    "defer_all_but_name",
    "draft_of",
    "filter_by_code",
    "is_address_of_staff",
    "is_number_of_staff",
    "leaders_and_officers",
    "leads_office",
    "list_address_changes",
    "list_let_in",
    "list_office_staffing",
    "list_role_changes",
    "list_role_holders",
    "log_ins_of",
    "municipality_names",
    "municipality_shown",
    "names_of",
    "officer_contacts",
    "offices_of",
    "offices_without_leader",
    "open_address_change",
    "people_by_code",
    "staff_of",
    "standing_position",
    "visible_role_changes",
]
