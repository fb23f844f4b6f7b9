"""What concerns a client, in words: to them, as "you", in short sentences.

What somebody wrote of a thing stands beside these and is never put into them: it is in their
language, not in ours. A consequence is said only where there is one, with its section of law.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caseplan.plan.selectors.duty import Stakes
from common.bodies import Receiver
from common.reminders import ReminderKind
from followup.sentences import say
from inbox.own import OwnThing
from inbox.own_parts import OwnKind


@dataclass(frozen=True, slots=True)
class OwnSaid:
    """``name``: what is to be done; empty where somebody's own words say it. ``button``: the verb.

    ``more``: how long it takes or who asks. ``if_not``: what happens if nothing is done;
    ``stakes``: whether it is a duty, may become one, or is a choice; None for neither.
    """

    name: str | Promise
    button: str | Promise
    more: str | Promise = ""
    if_not: str | Promise = ""
    stakes: Stakes | None = None


_FREE = gettext_lazy("You choose freely. If you do not answer, nothing changes.")
_ANSWER, _LOOK = gettext_lazy("Answer"), gettext_lazy("Look at it")
_OF_A_TASK = {
    Stakes.DUTY: gettext_lazy(
        "This is your duty. If you leave it undone without a good reason, it can affect your "
        "unemployment benefit and social assistance."
    ),
    Stakes.BECOMES: gettext_lazy(
        "Now it is your choice: the plan it stands in is not in force yet."
    ),
    Stakes.CHOICE: gettext_lazy("This is your choice. It is no duty of the plan."),
}


def words_for(thing: OwnThing) -> OwnSaid:
    """A thing in words, in the language in force."""
    match thing.kind:
        case OwnKind.TASK:
            return OwnSaid("", gettext_lazy("Open this step"), "", *_stakes(thing.fact))
        case OwnKind.VERSION:
            return OwnSaid(
                gettext_lazy("Read the plan and say if it suits you"),
                gettext_lazy("Read and answer"),
                _("%(who)s asks.") % {"who": thing.who},
                gettext_lazy(
                    "Taking part in making the plan is your duty. You may say yes or no. If you "
                    "do not answer, this plan does not begin."
                ),
                Stakes.DUTY,
            )
        case OwnKind.ENDING:
            return OwnSaid(
                _ending(thing.fact),
                _ANSWER,
                "",
                gettext_lazy("You are heard before your workers decide. You need not answer."),
                Stakes.CHOICE,
            )
        case OwnKind.TIME_ASKED:
            until = date.fromisoformat(thing.fact)
            return OwnSaid(
                gettext_lazy("Answers whether you get more time"),
                _LOOK,
                _("You asked for %(on)s. Nobody has answered yet.")
                % {"on": f"{until.day}.{until.month}.{until.year}"},
            )
        case OwnKind.OPTIONS:
            return OwnSaid(
                gettext_lazy("Choose one, none, or ask for another"),
                _LOOK,
                "",
                gettext_lazy("You choose freely. Your team reads what you say."),
                Stakes.CHOICE,
            )
        case OwnKind.MEETING:
            return OwnSaid(
                gettext_lazy("Say whether you come to the meeting"),
                gettext_lazy("Answer yes or no"),
                "",
                gettext_lazy("If you do not answer, the meeting stands. If you cannot come, say."),
            )
        case OwnKind.MESSAGE:
            return OwnSaid(gettext_lazy("Your team waits for your answer"), _ANSWER)
        case OwnKind.CONSENT:
            return OwnSaid(_consent(thing), _ANSWER, "", _FREE, Stakes.CHOICE)
        case OwnKind.WRITTEN:
            return OwnSaid(
                _("%(who)s wrote something down for you. Is it what you said?")
                % {"who": thing.who},
                _LOOK,
            )
        case OwnKind.POINT:
            return OwnSaid(
                gettext_lazy("How are things now?"),
                _ANSWER,
                gettext_lazy("Two questions."),
                _FREE,
                Stakes.CHOICE,
            )
        case OwnKind.CHECK_IN:
            return OwnSaid(
                gettext_lazy("How is it going?"),
                gettext_lazy("Tell how it is going"),
                gettext_lazy("One word is enough."),
                _FREE,
                Stakes.CHOICE,
            )
    return OwnSaid("", "")


def told_in_words(thing: OwnThing, today: object) -> str:
    """What the client is told of a day to come, as the reminder says it."""
    assert thing.due_on is not None
    return say(ReminderKind(thing.fact), thing.due_on, "", today, to_client=True)  # type: ignore[arg-type]


def _stakes(standing: str) -> tuple[Promise, Stakes]:
    stakes = Stakes(standing)
    return _OF_A_TASK[stakes], stakes


def _ending(exit_: str) -> Promise:
    if exit_ == "no_joint_service":
        return gettext_lazy("Your workers ask whether you need joint service")
    return gettext_lazy("Your workers ask whether joint service can end")


def _consent(thing: OwnThing) -> str:

    body = Receiver(thing.party).label if thing.party else thing.who
    return _("%(who)s asks to see some of your information") % {"who": body}
