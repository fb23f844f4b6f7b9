"""What a notification says, written when it is handed over, in the reader's language.

Never a name, a number of anything of a client's, who has written, or what it is about: e-mail is
read on other people's screens.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from common.decision import NotVisible
from consent.selectors import party_by_secret, secret_of
from followup.account_letters import account_letter
from followup.channels import Letter
from followup.models import AT_ONCE, Channel, FollowUpPoint, Notice, Notification, Reminder
from followup.points import LINK, token_of
from people.languages import language_of
from people.models import User

# The path at which an invitation is taken up.
INVITATION = "/invitation/{secret}/"


def letter_for(notification: Notification, *, on: date) -> Letter | None:
    """The letter, or None where nothing is left to tell or there is no address."""
    user = notification.user
    assert user is not None
    if notification.notice in AT_ONCE:
        said, to = account_letter(notification)
    else:
        with override(language_of(user)):
            said = _said(notification, user, on)
        to = _address(user, Channel(notification.channel))
    if said is None or not to:
        return None
    subject, text = said
    return Letter(id=str(notification.pk), to=to, subject=subject, text=text)


def _said(notification: Notification, user: User, on: date) -> tuple[str, str] | None:
    address = settings.PUBLIC_URL
    if notification.notice == Notice.DIGEST:
        standing = _standing(user, on)
        late = standing.filter(due_on__lt=on).count()
        count = standing.count()
        if not count:
            return None
        waits = ngettext(
            "%(count)d thing waits for you.", "%(count)d things wait for you.", count
        ) % {"count": count}
        overdue = (
            ngettext("%(count)d of them is late.", "%(count)d of them are late.", late)
            % {"count": late}
            if late
            else ""
        )
        lines = [" ".join(filter(None, [waits, overdue])), _("Log in to see them:"), address]
        return _("What waits for you today"), "\n".join(lines)
    if notification.notice == Notice.POINT:
        point = _open_point(notification.about, on)
        if point is None:
            return None
        link = address + LINK.format(token=token_of(point.pk))
        text = _("How are things now? Two questions, no logging in. You need not answer.")
        return _("A question for you"), f"{text}\n{link}"
    if notification.notice == Notice.ENDED:
        text = _("Something that was shared with you has ended. You need do nothing.")
        return _("Something shared with you has ended"), text
    seen: datetime | None = user.last_login
    if seen and seen > notification.made_at:
        return None  # they have been here since, and it stood on their page
    if notification.notice == Notice.NEWS and not _standing(user, on).exists():
        return None
    text = _("There is something new for you. Log in to see it:")
    return _("Something new for you"), f"{text}\n{address}"


def invitation_letter(notification: Notification, *, now: datetime) -> Letter | None:
    """An invitation, to an address of the invited one's own: no name, not whose plan it is.

    In all languages, since nobody knows theirs. None where it was taken up or taken back, or was
    made anew and sent to another address meanwhile.
    """
    party_id, number = notification.about.split("@")
    secret = secret_of(UUID(party_id), int(number))
    try:
        standing = party_by_secret(secret, now=now)
    except NotVisible:
        return None
    address = settings.PUBLIC_URL + INVITATION.format(secret=secret)
    subjects, texts = [], []
    for language, _name in settings.LANGUAGES:
        with override(language):
            subjects.append(_("An invitation"))
            texts.append(
                _(
                    "You are invited to see something that somebody shares with you. The address "
                    "works once, for 14 days. Give it to nobody else. If you expect no "
                    "invitation, you need do nothing."
                )
            )
    channel = Channel(notification.channel)
    to = standing.email if channel == Channel.EMAIL else standing.phone
    text = "\n\n".join([*dict.fromkeys(texts), address])
    return Letter(
        id=str(notification.pk), to=to, subject=" / ".join(dict.fromkeys(subjects)), text=text
    )


def _standing(user: User, on: date) -> QuerySet[Reminder]:
    return Reminder.objects.filter(for_user=user, ended_on__isnull=True).filter(
        Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=on)
    )


def _open_point(about: str, on: date) -> FollowUpPoint | None:
    return (
        FollowUpPoint.objects.filter(pk=UUID(about), open_until__gte=on)
        .exclude(answers__source="client")
        .first()
    )


def _address(user: User, channel: Channel) -> str:
    """Where this user is reached by this channel; a client as their person's record says.

    Nobody under non-disclosure is written to outside this service but by Suomi.fi messages.
    """
    person = getattr(user, "person", None)
    if person is not None and person.died_on is not None:
        return ""
    if channel == Channel.SUOMIFI:
        return str(user.pk)
    if person is None:
        return user.email if channel == Channel.EMAIL else ""
    if person.non_disclosure:
        return ""
    return str(person.email if channel == Channel.EMAIL else person.phone)
