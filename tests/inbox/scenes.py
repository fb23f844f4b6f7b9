"""Each kind of what waits, as it comes to be by what people do: for whom, and what ends it."""

from __future__ import annotations

from common.inbox import InboxKind
from tests.inbox import scenes_of_contact as contact
from tests.inbox import scenes_of_days as days
from tests.inbox import scenes_of_the_person as person
from tests.inbox import scenes_of_the_plan as plan
from tests.inbox import scenes_of_the_team as team
from tests.inbox.scene import Scene

_K = InboxKind
_LEADS = "it is whoever leads an office: a cover takes the place of a worker, not of a leader"
_NOBODY = "it is about no case"
SCENES: dict[InboxKind, Scene] = {
    _K.HELP_WANTED: Scene(("employment",), contact.asks_for_help),
    _K.CONTACT_WANTED: Scene(("employment",), contact.wants_contact, stays="the case has ended"),
    _K.MESSAGE: Scene(("employment", "social", "kela"), contact.writes),
    _K.REVIEW_ASKED: Scene(("employment",), plan.asks_for_review),
    _K.CORRECTION: Scene(("social",), plan.asks_correction),
    _K.DISAGREED: Scene(("employment",), plan.disagrees),
    _K.ENDING_OPPOSED: Scene(("employment", "social"), plan.opposes_ending),
    _K.PROPOSAL: Scene(("social", "kela"), plan.is_proposed, each=True),
    _K.ENDING: Scene(("employment", "kela"), plan.proposes_ending, each=True),
    _K.BODY_REQUEST: Scene(("kela",), plan.asks_kela),
    _K.GO_ON: Scene(("kela",), plan.goes_on),
    _K.MEETING_ASKED: Scene(("employment",), contact.invites),
    _K.MEETING_UNRECORDED: Scene(("employment",), contact.has_met),
    _K.HANDOVER: Scene(("colleague",), team.hands_over),
    _K.ACCESS_ASKED: Scene(("employment",), team.asks_to_see),
    _K.PLAN_PAPER: Scene(("employment", "kela"), plan.writes_paper_down),
    _K.CONSENT_PAPER: Scene(("employment", "kela"), person.writes_consent_down),
    _K.OPTIONS_TURNED_DOWN: Scene(("employment",), plan.takes_none),
    _K.MORE_TIME: Scene(("employment",), plan.asks_for_more_time),
    _K.REMARK: Scene(("employment", "social", "kela"), plan.says_of_the_plan),
    _K.SEAT: Scene(("social",), team.keeps_a_seat),
    _K.REFERRAL: Scene(("kela",), person.refers),
    _K.OWN_REQUEST: Scene(("employment",), person.asks_for_joint_service, stays=_NOBODY),
    _K.CONSULTATION: Scene(("kela",), person.consults),
    _K.CONSULTATION_ANSWERED: Scene(("employment",), person.is_answered, stays=_NOBODY),
    _K.LIFE_CONFIRM: Scene(("employment", "kela"), person.wants_a_second),
    _K.LIFE_CHANGED: Scene(("employment", "kela"), person.changes, each=True),
    _K.PROTECTION: Scene(("employment", "social", "kela"), person.register_lifts),
    _K.MOVED_AWAY: Scene(("employment", "social", "kela"), person.moves_away),
    _K.EMERGENCY: Scene(("employment",), team.opens_at_once),
    _K.NOTE: Scene(("employment", "kela"), contact.notes, each=True),
    _K.NEWS: Scene(("employment", "social", "kela"), plan.objects, each=True),
    _K.GOOD_NEWS: Scene(("employment", "social", "kela"), plan.comes_into_force, each=True),
    _K.CLOCK: Scene(("employment",), days.is_due),
    _K.REMINDER: Scene(("employment",), days.reminds),
    _K.POSTPONED: Scene(("employment",), days.postpones, stays="the taker has put off nothing"),
    _K.ACTION: Scene(("employment",), days.promises),
    _K.IMPORT: Scene(("social",), team.proposes_import, own=_LEADS),
    _K.ENTRY: Scene(("social",), team.asks_to_be_let_in, own=_LEADS),
    _K.COVER_CONFIRM: Scene(("social",), team.names_themselves, own=_LEADS),
    _K.REQUESTS_LATE: Scene(("kela",), days.asks_in_vain, own=_LEADS),
    _K.REMINDERS_LATE: Scene(("colleague",), days.is_long_late, own=_LEADS),
    _K.CASES_CAME: Scene(("colleague",), team.leaves, own="it tells what came to the reader"),
    _K.INTERPRETER: Scene(("employment",), contact.lacks_an_interpreter),
    _K.INTERPRETER_WISHED: Scene(("employment",), contact.wishes_an_interpreter),
    _K.NOBODY_STANDS_IN: Scene(("colleague",), team.is_away_alone, own=_LEADS),
    _K.MEETING: Scene(("employment",), contact.meets),
    _K.ASKED_OF_BODY: Scene(("employment",), plan.has_asked_kela),
    _K.OPTIONS_SENT: Scene(("employment",), plan.may_choose),
    _K.ASKED_OF_CLIENT: Scene(("employment", "social", "kela"), contact.is_asked),
    _K.PLAN_SENT: Scene(("employment",), plan.sends_plan),
    _K.ACTION_WAITS: Scene(("employment",), days.waits_for_others),
}
