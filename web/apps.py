"""A log-in counts from when it began, whichever way it was made."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "web"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415 - models first

        from web.sessions import begin_log_in  # noqa: PLC0415

        user_logged_in.connect(begin_log_in, dispatch_uid="web.sessions")
