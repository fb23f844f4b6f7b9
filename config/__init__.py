"""Wiring only: settings, URLs, WSGI, Celery. No rule; may import every room."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
