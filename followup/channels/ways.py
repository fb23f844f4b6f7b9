"""Which channel goes which way in this installation."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from followup.channels.base import Gateway
from followup.channels.email import Email
from followup.channels.folder import Folder
from followup.models import Channel


def sms() -> Gateway:
    """Text messages, each into a file."""
    return Folder(Path(settings.MESSAGE_FOLDER) / "sms", address="+ -()")


def suomifi() -> Gateway:
    """Suomi.fi messages, each into a file; addressed by the user's own id."""
    return Folder(Path(settings.MESSAGE_FOLDER) / "suomifi", address="abcdef-")


def email() -> Gateway:
    """E-mail over the mail server of the settings."""
    return Email()


def gateway_for(channel: Channel) -> Gateway:
    """The installation's way of a channel, by the settings."""
    made: Gateway = import_string(settings.CHANNELS[channel.value])()
    return made
