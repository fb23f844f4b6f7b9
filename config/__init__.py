"""Wiring only: settings, URLs, WSGI, Celery, embedded servers. No rule; may import every room."""
