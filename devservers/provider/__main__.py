"""``python -m devservers.provider ADDRESS``: makes its database, with the service as its client."""

import os
import sys
from pathlib import Path

import django
from django.core.management import call_command

from devservers.provider.run import CLIENT_ID


def main(service: str) -> None:
    django.setup()
    from allauth.idp.oidc.models import Client  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    client = Client(id=CLIENT_ID, name="Yhdessä", skip_consent=True)
    client.set_secret((Path(os.environ["PROVIDER_FOLDER"]) / "client_secret").read_text())
    client.set_scopes(["openid", "profile"])
    client.set_redirect_uris(
        [f"{service}/login/with/trial-{whom}/back/" for whom in ("staff", "clients")]
    )
    client.set_post_logout_redirect_uris([f"{service}/login/"])
    client.save()


main(sys.argv[1])
