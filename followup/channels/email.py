"""E-mail, over the installation's mail server."""

from __future__ import annotations

import smtplib
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from followup.channels.base import ChannelUnavailable, DeliveryRefused, DeliveryUnconfirmed, Letter


class Email:
    """One connection to the mail server, opened with the first letter."""

    def __init__(self) -> None:
        self._connection = get_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def hand_over(self, letter: Letter) -> None:
        """See :class:`followup.channels.base.Gateway`."""
        message = EmailMessage(
            letter.subject,
            letter.text,
            to=[letter.to],
            headers={
                "Message-ID": f"<{letter.id}@{settings.EMAIL_ID_DOMAIN}>",
                "Auto-Submitted": "auto-generated",
            },
            connection=self._connection,
        )
        try:
            self._connection.open()
        except (smtplib.SMTPException, OSError) as error:
            self._forget()
            raise ChannelUnavailable(type(error).__name__) from error
        try:
            message.send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
            # The server answered: it is there, and will not take this one.
            self._forget()
            raise DeliveryRefused(type(error).__name__) from error
        except (smtplib.SMTPException, OSError) as error:
            self._forget()
            raise DeliveryUnconfirmed(type(error).__name__) from error

    def _forget(self) -> None:
        """A connection that failed is not used again."""
        try:
            self._connection.close()
        except (smtplib.SMTPException, OSError):
            self._connection = get_connection()
