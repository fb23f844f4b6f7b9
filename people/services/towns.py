"""A municipality by its code and names, and the days it is of a network."""

from __future__ import annotations

import re
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from common.decision import Refused
from common.transactions import forget_cached
from people.models import Municipality, Network, NetworkMunicipality


def name_town(code: str, name_fi: str, name_sv: str) -> Municipality:
    """The municipality of a code, made where it is not known. Raises :class:`Refused`."""
    given = code.strip()
    if not re.fullmatch("[0-9]{3}", given):
        raise Refused(_("A municipality's code has three digits."), field="code")
    known = Municipality.objects.filter(pk=given).first()
    if known is not None:
        return known
    for field, name in (("name_fi", name_fi), ("name_sv", name_sv)):
        if not name.strip():
            raise Refused(_("This code is new here: write its name too."), field=field)
    forget_cached()
    return Municipality.objects.create(code=given, name_fi=name_fi.strip(), name_sv=name_sv.strip())


def join(network: Network, town: Municipality, since: date) -> NetworkMunicipality:
    """It is of the network from a day on. Raises :class:`Refused` where it is of another then."""
    forget_cached()
    try:
        with transaction.atomic():
            return NetworkMunicipality.objects.create(
                network=network, municipality=town, since=since
            )
    except IntegrityError as error:
        raise Refused(
            _("%(name)s is in another network already.") % {"name": town.name_fi},
            field="municipalities",
        ) from error
