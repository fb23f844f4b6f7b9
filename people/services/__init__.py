"""Writes about users and the organisation."""

from people.services.drafts import (
    DRAFTS_KEPT_DAYS,
    DraftSubject,
    forget_draft,
    forget_drafts,
    forget_drafts_about,
    forget_drafts_of_rows,
    forget_old_drafts,
    keep_draft,
)
from people.services.founding import found_network, read_plan
from people.services.identity import change_identity_code
from people.services.language import choose_language
from people.services.organisation import (
    create_network,
    create_office,
    create_user,
    give_position,
    link_client,
)
from people.services.sent_forms import (
    SENT_KEPT_DAYS,
    forget_answers_naming,
    forget_sent_forms,
    is_first,
    keep_answer,
    was_not_done,
)
from people.services.staff import (
    PasswordLink,
    add_worker,
    change_position,
    choose_password,
    end_position,
    make_password_link,
    name_leader,
    reinstate_worker,
)

__all__ = [
    "DRAFTS_KEPT_DAYS",
    "SENT_KEPT_DAYS",
    "DraftSubject",
    "PasswordLink",
    "add_worker",
    "change_identity_code",
    "change_position",
    "choose_language",
    "choose_password",
    "create_network",
    "create_office",
    "create_user",
    "end_position",
    "forget_answers_naming",
    "forget_draft",
    "forget_drafts",
    "forget_drafts_about",
    "forget_drafts_of_rows",
    "forget_old_drafts",
    "forget_sent_forms",
    "found_network",
    "give_position",
    "is_first",
    "keep_answer",
    "keep_draft",
    "link_client",
    "make_password_link",
    "name_leader",
    "read_plan",
    "reinstate_worker",
    "was_not_done",
]
