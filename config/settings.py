"""Settings of the installation. What differs between places comes from ``config.env``."""

from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.db.backends.postgresql.psycopg_any import is_psycopg3

from common import practice
from config import env, keys, log_ins

assert is_psycopg3

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")
PRODUCTION = env.flag("PRODUCTION")
DEMO = env.flag("DEMO")
DEBUG = env.flag("DEBUG")

_secrets = keys.load(VAR_DIR, production=PRODUCTION)
SECRET_KEY = _secrets["SECRET_KEY"]
IDENTITY_KEYS = _secrets["IDENTITY_KEYS"].split(",")
IDENTITY_HASH_KEY = _secrets["IDENTITY_HASH_KEY"]

# The heads of the log are signed with the first, which the web process has no business to know, and
# kept outside the database. Verifying needs the second only.
_audit_keys = keys.load_audit(VAR_DIR, production=PRODUCTION)
AUDIT_SIGNING_KEY = _audit_keys["AUDIT_SIGNING_KEY"]
AUDIT_PUBLIC_KEY = _audit_keys["AUDIT_PUBLIC_KEY"]
AUDIT_HEADS_DIR = env.folder("AUDIT_HEADS_DIR", VAR_DIR / "audit-heads")

ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1],testserver"
)
CSRF_TRUSTED_ORIGINS = env.words("TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "config.apps.InstallationConfig",
    "common",
    "audit",
    "people",
    "cases.apps.CasesConfig",
    "consent.apps.ConsentConfig",
    "records.apps.RecordsConfig",
    "benefits.apps.BenefitsConfig",
    "caseplan.assessments.apps.AssessmentsConfig",
    "caseplan.messages.apps.MessagesConfig",
    "caseplan.contacts.apps.ContactsConfig",
    "caseplan.plan.apps.PlanConfig",
    "caseplan.options.apps.OptionsConfig",
    "caseplan.remarks.apps.RemarksConfig",
    "caseplan.plan_templates.apps.PlanTemplatesConfig",
    "caseplan.meetings.apps.MeetingsConfig",
    "caseplan.intake.apps.IntakeConfig",
    "followup.apps.FollowUpConfig",
    "rights.apps.RightsConfig",
    "inbox",
    "evaluation.apps.EvaluationConfig",
    "operations",
    "web",
    "components",
    "pages",
    "api",
    *(["demo"] if DEMO else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "config.apps.StaticsConfig",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "simple_history",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "web.limits.LimitsMiddleware",
    "web.characters.CharacterMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "web.compressing.CompressingMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "web.in_place.InPlaceMiddleware",
    "web.identity.asking_again.AskingAgainMiddleware",
    "web.middleware.ActorMiddleware",
    "web.once.OnceMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.page_context.page",
                "pages.menu.menu_counts",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "web.templatetags.posting",
                "components.templatetags.formatting",
                "pages.templatetags.frame",
                "components.templatetags.components",
                "pages.templatetags.plan_parts",
                "pages.templatetags.row_parts",
                "pages.templatetags.wording",
                "components.templatetags.charts",
            ],
        },
    }
]
FORM_RENDERER = "components.forms.Renderer"

AS_OWNER = env.flag("DATABASE_AS_OWNER")


def _database(setting: str, role: str) -> dict[str, Any]:
    parts = env.database(setting, "postgresql:///yhdessa")
    if role:
        parts = log_ins.derived(parts, role)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "yhdessa"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Of what is asked through a cursor of the driver's own (inbox.statement): nothing else is
        # prepared, since Django's cursors put the values into the statement.
        "OPTIONS": {"prepare_threshold": 0, **parts},
    }


# The web's log-in, or the owner's where somebody migrates; those of the night where it runs.
DATABASES: dict[str, dict[str, Any]] = {
    alias: _database(setting, role)
    for alias, (setting, role) in log_ins.addresses(
        production=PRODUCTION, as_owner=AS_OWNER
    ).items()
}
# Beside each the same log-in at the practice database (docs/adr/0036).
DATABASES |= {
    practice.practice_alias(alias): {**parts, "NAME": parts["NAME"] + practice.ENDING}
    for alias, parts in list(DATABASES.items())
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "Europe/Helsinki"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_BEAT_SCHEDULE = {
    "night": {"task": "operations.tasks.nightly", "schedule": crontab(hour="2", minute="15")},
    "tending": {"task": "operations.tasks.resume", "schedule": crontab(minute="*/10")},
    "practice": {"task": "config.tasks.tend_practice", "schedule": crontab()},
    "outbox": {"task": "operations.tasks.send_notifications", "schedule": crontab()},
    "sealing": {"task": "operations.tasks.seal_log", "schedule": crontab(minute="*/5")},
}
# A night goes by batches of about so many cases.
CASES_PER_BATCH = env.number("CASES_PER_BATCH", 5000)
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# Folders from which a director may import extracts, besides uploading them.
IMPORT_FOLDERS = env.words("IMPORT_FOLDERS")
# Days between two spells that do not break unbroken unemployment. The statute has no tolerance.
UNEMPLOYMENT_GAP_DAYS = env.number("UNEMPLOYMENT_GAP_DAYS", 0)

AUTH_USER_MODEL = "people.User"
# django-guardian keeps who sees a case for a time (cases.models.TemporaryAccess); no shared user.
ANONYMOUS_USER_NAME = None
# Its permissions are read by cases.access alone, never through user.has_perm.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
GUARDIAN_MONKEY_PATCH_USER = GUARDIAN_MONKEY_PATCH_GROUP = False
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:home"
ACCOUNT_ADAPTER = "web.login.AccountAdapter"
ACCOUNT_FORMS = {"login": "web.login.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
# Whoever chooses a password chooses one that is hard to guess: long, and none of the common ones.
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": f"django.contrib.auth.password_validation.{name}",
        "OPTIONS": {"min_length": 12} if name == "MinimumLengthValidator" else {},
    }
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "web.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # half minutes on either side; web.factors uses a code up for all three
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
ACCOUNT_RATE_LIMITS = False  # web.throttle does it

# How many proxies of the installation's own stand before the web process. Each says, last in
# X-Forwarded-For, whom it was asked by; nothing else in that header is believed.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)

# Bytes of a request's body; more is refused unread. A sent file has 10 MB at most.
LARGEST_BODY = env.number("LARGEST_BODY_MB", 12) * 1024**2
LARGEST_BODIES = {"pages:import_new": env.number("LARGEST_IMPORT_MB", 500) * 1024**2}
DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_BODY

# The link by which somebody chooses a password works for a day, once.
PASSWORD_RESET_TIMEOUT = 24 * 3600
# Where the addresses of those who work here may be, as "salo.fi,kela.fi"; empty: anywhere.
STAFF_ADDRESS_DOMAINS = [word.lower() for word in env.words("STAFF_ADDRESS_DOMAINS")]

# What a way of logging in (in allauth's words) shows where the log-in says nothing itself. Levels,
# and what each act needs: common.levels. A trial has passwords only, and there they are enough.
TRIAL = DEMO and not PRODUCTION
LEVEL_OF_A_WAY = {"password": "substantial" if TRIAL else "low"}
# Who works here and comes by a password has a second factor too, made at the first log-in.
SECOND_FACTOR = not TRIAL
# Whether who works here may come by a password at all; 0 where each body has its own log-in.
LOCAL_ACCOUNTS = env.flag("LOCAL_ACCOUNTS", default=True)
# How long that counts in a trial, whatever the act; 0 elsewhere: as the table of the acts says.
LEVELS_LAST_MINUTES = 720 if TRIAL else 0

# Where people may come from with a log-in of their own: the operator's table, a TOML file.
IDENTITY_PROVIDERS = env.providers("IDENTITY_PROVIDERS", production=PRODUCTION)
# Who lets in a worker whom their body's directory knows: "leader" of the office, or the state's
# "centre" (381/2023 s. 12).
STAFF_LET_IN_BY = env.choice("STAFF_LET_IN_BY", ("leader", "centre"))

# How long a log-in lasts: unused, and at all. An installation may make it shorter (web.sessions).
SESSION_ENGINE = "web.sessions"
SESSION_IDLE_MINUTES = env.number("SESSION_IDLE_MINUTES", 60, least=5, most=60)
SESSION_HOURS = env.number("SESSION_HOURS", 12, least=1, most=12)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
# Believed where a proxy of the installation's own writes it.
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION and TRUSTED_PROXIES else None
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "web.errors.not_sent_from_here"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Where people find this service: what a letter says to log in to.
PORT = env.number("PORT", 8000, least=1, most=65535)
PUBLIC_URL = env.text("PUBLIC_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
# How people are told outside it. Without a mail server each letter is a file below VAR_DIR.
MESSAGE_FOLDER = VAR_DIR / "messages"
CHANNELS = {
    "email": "followup.channels.ways.email",
    "sms": env.text("SMS_CHANNEL", "followup.channels.ways.sms"),
    "suomifi": env.text("SUOMIFI_CHANNEL", "followup.channels.ways.suomifi"),
}
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_TLS")
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = MESSAGE_FOLDER / "email"
# Where one may also write of the accessibility of the service; empty: by the form alone.
ACCESSIBILITY_EMAIL = env.text("ACCESSIBILITY_EMAIL", "")
# Where the arrangement of the joint controllers is published whole; empty: it is asked for.
ARRANGEMENT_URL = env.text("ARRANGEMENT_URL", "")
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "yhdessa@localhost")
# The right side of a letter's own id.
EMAIL_ID_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2]

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
# Every page mirrored, to see before a language is written from right to left that it would stand.
if DEMO and not PRODUCTION and env.flag("MIRRORED_LANGUAGE"):
    LANGUAGES.append(("ar-xb", "Mirrored"))
# Languages beside these, whose texts stand in ``locale``: open to clients once they are signed.
MORE_LANGUAGES = env.words("MORE_LANGUAGES")
LANGUAGES += [(code, code) for code in MORE_LANGUAGES]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True

STATIC_URL = "static/"
# Collected where people are served, and by ``make run``: a file's name then holds the hash of what
# is in it, and a browser keeps it for a year. Elsewhere the finders serve the files as they stand.
COLLECTED = PRODUCTION or env.flag("STATICS_COLLECTED")
STATIC_ROOT = VAR_DIR / "static" if COLLECTED else None
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG

REST_FRAMEWORK = {
    # The session first: who is not logged in is told 403 as ever.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication",
        "api.callers.MachineAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "PAGE_SIZE": 25,
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Yhdessä",
    "DESCRIPTION": "Joint cases and plans, read-only.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
}
# The history's user is the actor of the service, never a request of a thread.
SIMPLE_HISTORY_ENABLED = True

# What broke and where, never with what: for every process alike (config.logs).
LOGGING_CONFIG = "config.logs.configure"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "sparing": {
            "()": "config.logs.Sparing",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "sparing"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Those that bring handlers of their own: Django's write to whoever is set as an admin, too.
    "loggers": {
        name: {"handlers": [], "propagate": True, "level": "NOTSET"}
        for name in ("django", "django.server", "gunicorn.error", "gunicorn.access", "celery")
    },
}

# Looks into every file that is sent: takes its bytes, gives the name of what it found or "".
ATTACHMENT_SCANNER = env.text("ATTACHMENT_SCANNER", "caseplan.messages.scanning.known_test_file")

# A demo's clock may stand ahead: a file with a number of days. Never where people are served.
DAYS_AHEAD_FILE = env.text("DAYS_AHEAD_FILE", "") if DEMO and not PRODUCTION else ""

# In production told with all the other faults.
if not PRODUCTION:
    env.require_sound()
