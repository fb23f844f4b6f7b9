"""Wiring only: settings, URLs, WSGI, Celery and the embedded servers. Owns no rule; may import every room."""
