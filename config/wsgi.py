"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from config.checks import Part, require_sound
from config.database_checks import require_served_database

require_sound(Part.WEB)
application = get_wsgi_application()
require_served_database()
