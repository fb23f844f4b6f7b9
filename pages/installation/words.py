"""Each check in words: what it is, how far it is, who does it, and the page where that is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _

from common.actor import ActorKind
from components.templatetags.formatting import short_date
from operations.checklist import Check, CheckState, What
from people.models import Network

Text = str | Promise


@dataclass(frozen=True, slots=True)
class CheckSaid:
    """A check as the page shows it. ``url`` is empty where this reader has nothing to do there."""

    heading: Text
    state: str
    said: list[Text]
    who: Text
    url: str
    link: Text


@dataclass(frozen=True, slots=True)
class _Wording:
    """``missing``, ``waits``, ``done``: the sentence for each; ``names`` and ``day`` go into it."""

    heading: Text
    missing: Text
    waits: Text
    done: Text
    who: Text


_KEEPER = gettext_lazy("Whoever keeps the organisation")
_OPERATOR = gettext_lazy("The operator of the installation")
_NEVER: dict[str, Text] = {
    "never": _("There has been no nightly run yet."),
    "late": _("The last nightly run ended on %(day)s, more than a day ago."),
}

_WORDS: dict[What, _Wording] = {
    What.FOUNDED: _Wording(
        _("The network is founded"), _("There is no network yet."), "", "", _KEEPER
    ),
    What.TOWNS: _Wording(
        _("Municipalities"),
        _("No municipality yet."),
        _("%(names)s: waits for its day, or for a data-protection officer."),
        "%(names)s.",
        _KEEPER,
    ),
    What.OFFICES: _Wording(
        _("An office of each body"), _("No office yet: %(names)s."), "", "%(names)s.", _KEEPER
    ),
    What.LEADERS: _Wording(
        _("Somebody leads each office"),
        _("Nobody leads: %(names)s."),
        _("Not decided yet, or has not logged in yet: %(names)s."),
        "%(names)s.",
        _KEEPER,
    ),
    What.DIRECTOR: _Wording(
        _("The director of the joint service"),
        _("Nobody yet."),
        _("Not decided yet, or has not logged in yet: %(names)s."),
        "%(names)s.",
        _KEEPER,
    ),
    What.WORKERS: _Wording(
        _("Somebody of each body who can log in"),
        _("Nobody has logged in yet: %(names)s."),
        "",
        "%(names)s.",
        _("Whoever leads the office adds its people"),
    ),
    What.OFFICERS: _Wording(
        _("Two data-protection officers"),
        _("Missing: %(names)s."),
        _("Not decided yet, or has not logged in yet: %(names)s."),
        "%(names)s.",
        _KEEPER,
    ),
    What.GROUNDS: _Wording(
        _("The table of grounds, read and signed by two"),
        _("Nothing is signed, so nothing is shown to: %(names)s."),
        "",
        _("In force towards each body."),
        _("The data-protection officers, one after the other"),
    ),
    What.LETTERS: _Wording(
        _("Letters arrive"),
        _("No letter has been tried."),
        _("A letter was sent on %(day)s. %(names)s has not typed its code yet."),
        _("A letter arrived on %(day)s: %(names)s typed its code."),
        _("You"),
    ),
    What.STAFF_LOG_IN: _Wording(
        _("Whoever works here can log in"),
        _("Nobody has come in by it yet."),
        "",
        _("Somebody last came in by it on %(day)s."),
        _("Whoever this organisation's log-in knows: by its button on the log-in page"),
    ),
    What.CLIENT_LOG_IN: _Wording(
        _("Clients can log in"),
        _("Nobody has come in by it yet."),
        "",
        _("Somebody last came in by it on %(day)s."),
        _("Anybody, as themselves: by its button on the log-in page"),
    ),
    What.SECOND_FACTORS: _Wording(
        _("A second factor beside each password"),
        "",
        "",
        _("Everybody who works here by a password has one."),
        _("Each of them, at their next log-in"),
    ),
    What.NIGHT: _Wording(
        _("The nightly run is done"),
        _("The last nightly run, which ended on %(day)s, failed in part."),
        "",
        _("The last nightly run ended on %(day)s."),
        _OPERATOR,
    ),
    What.LOG: _Wording(
        _("The log is sealed, verified and signed"),
        _("The nightly run of %(day)s did not verify and sign the log."),
        "",
        _("Done by the nightly run that ended on %(day)s."),
        _OPERATOR,
    ),
}


def in_words(check: Check, reader: ActorKind, network: Network | None) -> CheckSaid:
    """A check for one reader, with the page where they do it, where it is theirs to do."""
    wording = _WORDS[check.what]
    heading: Text = wording.heading
    if check.about and check.what in (What.STAFF_LOG_IN, What.CLIENT_LOG_IN):
        name = (check.missing or check.done)[0]
        heading = f"{heading}: {name}"
    url: str = ""
    link: Text = ""
    if not check.is_done or check.what in _ALWAYS:
        url, link = _page(check, reader, network)
    return CheckSaid(
        heading, check.state.value, _said(check, wording), "" if check.is_done else _who(check),
        url, link,
    )  # fmt: skip


def _said(check: Check, wording: _Wording) -> list[Text]:
    special = _SPECIAL.get(check.what)
    if special is not None and (said := special(check)):
        return [said]
    sentences = {
        CheckState.MISSING: (wording.missing, check.missing),
        CheckState.WAITS: (wording.waits, check.waits),
        CheckState.DONE: (wording.done, check.done),
    }
    found = [sentences[check.state]]
    if check.state is CheckState.MISSING and check.waits and wording.waits:
        found.append((wording.waits, check.waits))
    day = short_date(check.on)
    return [str(text) % {"names": _listed(names), "day": day} for text, names in found]


def _listed(names: Sequence[str]) -> str:
    """With semicolons where a name has a comma of its own, as "Kela, Salo"."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def _who(check: Check) -> Text:
    if check.what in (What.STAFF_LOG_IN, What.CLIENT_LOG_IN) and not check.about:
        return _OPERATOR
    if check.state is CheckState.WAITS and check.what in (
        What.LEADERS, What.DIRECTOR, What.OFFICERS
    ):  # fmt: skip
        return _("They themselves: the link came by e-mail")
    return _WORDS[check.what].who


def _leaders(check: Check) -> Text:
    return _("There is no office yet.") if check.missing == ("",) else ""


def _grounds(check: Check) -> Text:
    if check.state is not CheckState.WAITS:
        return ""
    which, count = check.waits
    if which == "ahead":
        return _("Signed by two. It holds from %(day)s.") % {"day": short_date(check.on)}
    if which == "second":
        return _("Signed by one officer, another signs after them: %(count)s.") % {"count": count}
    return _("Drafted, and waits to be read and signed: %(count)s.") % {"count": count}


def _officers(check: Check) -> Text:
    if not check.missing:
        return ""
    count = int(check.missing[0])
    return ngettext("One is missing. One alone signs nothing.", "Two are missing.", count)


def _log_in(check: Check) -> Text:
    if check.about:
        return ""
    if check.is_done:
        return _("By a password and a second factor: no organisation's own log-in is connected.")
    if check.what is What.STAFF_LOG_IN:
        return _("No organisation's own log-in is connected, and passwords are not allowed.")
    return _("No identification of clients is connected (IDENTITY_PROVIDERS).")


def _second_factors(check: Check) -> Text:
    if check.done:
        return _("This is a trial: a password is enough.")
    if not check.waits:
        return ""
    count = int(check.waits[0])
    return ngettext(
        "%(count)d person has none yet. Nothing opens to them before.",
        "%(count)d people have none yet. Nothing opens to them before.",
        count,
    ) % {"count": count}


def _night(check: Check) -> Text:
    said = _NEVER.get(check.missing[0]) if check.missing else None
    day = short_date(check.on)
    return str(said) % {"day": day} if said else ""


_SPECIAL: dict[What, Callable[[Check], Text]] = {
    What.LEADERS: _leaders,
    What.GROUNDS: _grounds,
    What.OFFICERS: _officers,
    What.STAFF_LOG_IN: _log_in,
    What.CLIENT_LOG_IN: _log_in,
    What.SECOND_FACTORS: _second_factors,
    What.NIGHT: _night,
    What.LOG: _night,
}
_ALWAYS = (What.LETTERS,)
"""What may be done again when it is done: after the mail server has changed."""


def _page(check: Check, reader: ActorKind, network: Network | None) -> tuple[str, Text]:
    """Where this reader does what is missing; empty where it is somebody else's to do."""
    if check.what is What.LETTERS:
        said = _("Try it again") if check.is_done else _("Try it")
        return reverse("pages:letter_trial"), said
    if reader is ActorKind.KEEPER:
        return _for_keeper(check, network)
    if reader is ActorKind.OFFICER and check.what is What.GROUNDS:
        return reverse("pages:grounds"), _("Open the table")
    if reader is ActorKind.OFFICER and check.what in _BY_ROLE:
        return _proposing(check)
    if check.what in (What.NIGHT, What.LOG):
        return reverse("pages:operations"), _("See the nightly runs")
    if reader is ActorKind.DIRECTOR and check.what is What.LEADERS and check.about:
        return _proposing(check)
    return "", ""


_BY_ROLE = (What.DIRECTOR, What.OFFICERS)


def _for_keeper(check: Check, network: Network | None) -> tuple[str, Text]:
    if check.what is What.FOUNDED:
        return reverse("pages:network_new"), _("Found a network")
    if check.what in (What.LEADERS, *_BY_ROLE) and check.missing and check.about:
        return _proposing(check)
    if network is None:
        return "", ""
    if check.what is What.TOWNS and check.missing:
        return reverse("pages:town_new", args=[network.pk]), _("A municipality joins")
    if check.what is What.OFFICES:
        return reverse("pages:office_new", args=[network.pk]), _("A new office")
    return "", ""


def _proposing(check: Check) -> tuple[str, Text]:
    if not check.missing:
        return "", ""
    return f"{reverse('pages:role_new')}?{urlencode({'what': check.about})}", _("Name somebody")
