"""Every setting of the site, read from the environment once, typed, here and nowhere else.

Without any environment the site runs embedded: SQLite and a Valkey of its own under var/.
DATABASE_URL and REDIS_URL switch to PostgreSQL and Redis, which production uses.
"""

import os
from pathlib import Path
from typing import Any

import environ
from django.utils.translation import gettext_lazy as _

from config.open_api import *  # noqa: F403 - Django reads settings from one module
from config.safety import *  # noqa: F403
from config.sign_in import *  # noqa: F403
from config.worker import *  # noqa: F403
from config.worker import WAITING

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# ── What kind of run this is ────────────────────────────────────────────────
# pytest says so itself. A real process that a test starts has no part in it (tests/faults).
TESTING: bool = env.bool("TESTING", default=bool(env.str("PYTEST_VERSION", default="")))
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var" / ("test" if TESTING else ""))))
VAR_DIR.mkdir(parents=True, exist_ok=True)
EMBEDDED: bool = not env.str("DATABASE_URL", default="")
DEBUG: bool = env.bool("DEBUG", default=False)
DEMO: bool = env.bool("DEMO", default=False)  # the page to enter as one of six people exists only here
SITE_URL: str = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SITE_NAME = "Top Table"
SITE_PHONE: str = env.str("SITE_PHONE", default="0800 555 0142")
CONTACT_EMAIL: str = env.str("CONTACT_EMAIL", default="hello@toptable.example")
SECURE: bool = SITE_URL.startswith("https://")


def _secret_key() -> str:
    """The key from the environment; embedded, one made on the first start and kept under var/."""
    given = env.str("SECRET_KEY", default="a key for tests only" if TESTING else "")
    if given:
        return given
    if not EMBEDDED:
        raise environ.ImproperlyConfigured("Set SECRET_KEY: sign-in cookies are signed with it.")
    kept = VAR_DIR / "secret_key"
    if not kept.exists():
        from django.core.management.utils import get_random_secret_key

        kept.touch(mode=0o600)
        kept.write_text(get_random_secret_key())
    return kept.read_text().strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
# 32 random bytes in base64; without it a key is made in VAR_DIR on its first use (record/keys.py).
RECORD_SIGNING_KEY: str = env.str(
    "RECORD_SIGNING_KEY", default="dGhpcyBpcyBhIGtleSBmb3IgdGVzdHMgb25seSwgb2s=" if TESTING else ""
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL] if SECURE else [])
TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", default=0)  # how many proxies of ours stand before the web

# ── Rooms ───────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "accounts.admin_site.TopTableAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "config.staticfiles.ServedFilesConfig",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "csp",
    "words",
    "record",
    "accounts",
    "communities",
    "decisions",
    "proposals",
    "ballots",
    "notifications",
    "api",
    "webhooks",
    "front",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.encodings.RefusedEncodingsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "config.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.backends.SignedInMiddleware",
    "accounts.kept.KeptTypingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.second_factor.SecondFactorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "front.context_processors.site",
            ],
            "builtins": ["words.templatetags.words"],
        },
    }
]

# ── Database ────────────────────────────────────────────────────────────────
DATABASES: dict[str, Any] = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'toptable.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at BEGIN, so that two
    # writers wait for each other instead of failing half-way; FULL keeps what was acknowledged
    # through a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=20000;PRAGMA foreign_keys=ON;"
        ),
    }
else:
    DATABASES["default"]["ENGINE"] = "config.postgresql"
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A pool in transaction mode hands every transaction another connection: nothing may be left on one for the next,
    # neither a cursor of the server's nor a prepared statement.
    DATABASE_POOLED: bool = env.bool("DATABASE_POOLED", default=False)
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = DATABASE_POOLED
    # Planning took longer than running for most of our short queries: each connection plans a query that comes again
    # once (docs/decisions/0073).
    options: dict[str, Any] = DATABASES["default"].setdefault("OPTIONS", {})
    if env.bool("DATABASE_PREPARES", default=not DATABASE_POOLED):
        options.update(server_side_binding=True, prepare_threshold=3)
    # For the first twenty of a hundred thousand rows PostgreSQL made ready to remember what each of them is joined to:
    # two milliseconds, before it read one (docs/decisions/0081). It also counts on a disk that is slow wherever it has
    # to look twice, and sorted whole tables for one piece of them (0083). What the address asks for comes last, and so
    # counts. Some pools refuse what a connection asks for.
    if not DATABASE_POOLED:
        planning = "-c enable_memoize=off -c random_page_cost=1.1"
        options["options"] = f"{planning} {options.get('options', '')}".strip()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Redis (or Valkey): broker, cache and limits ─────────────────────────────
REDIS_URL: str = env.str("REDIS_URL", default="")
CACHES: dict[str, Any] = {
    "default": (
        {
            "BACKEND": "config.cache.SharedCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "toptable",
            "OPTIONS": {
                # The site goes on when Redis is away: limits open, nothing fails.
                "IGNORE_EXCEPTIONS": True,
                "SOCKET_CONNECT_TIMEOUT": 0.5,
                "SOCKET_TIMEOUT": 0.5,
            },
        }
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True

CELERY_BROKER_URL = REDIS_URL or "memory://localhost//"
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", default=False)
CELERY_TASK_TIME_LIMIT = env.int("CELERY_TASK_TIME_LIMIT", default=600)
# A task whose worker died is given out again after this long: longer than any task may run. What matters is in the
# database, where the sweeps find it sooner.
CELERY_BROKER_TRANSPORT_OPTIONS = WAITING | {"visibility_timeout": env.int("CELERY_VISIBILITY_TIMEOUT", default=900)}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

# ── People ──────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES  # without one, X-Forwarded-For is anybody's word
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE  # passkeys work on localhost too
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "front.views.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ── Safety ──────────────────────────────────────────────────────────────────
SECURE_SSL_REDIRECT = SECURE and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# ── Words ───────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = len(LANGUAGES) > 1
USE_TZ = True

# ── Files ───────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS: list[Any] = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "words.finders.MadeFilesFinder",  # the joined stylesheet and the packed fonts
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # The files of the open data page. Several machines need a folder that they share, or another backend.
    "open_data": {
        "BACKEND": env.str("OPEN_DATA_STORAGE", default="django.core.files.storage.FileSystemStorage"),
        "OPTIONS": env.json("OPEN_DATA_OPTIONS", default={"location": str(VAR_DIR / "open-data")}),
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "jpg", "webp", "woff", "woff2", "gz", "br", "zip"]

# ── Mail ────────────────────────────────────────────────────────────────────
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="Top Table <table@toptable.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if env.str("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
else:
    # Embedded: each message is a file under var/mail, readable at /demo/mail/ in demo mode.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
EMAIL_TIMEOUT = 10

# ── Open API ────────────────────────────────────────────────────────────────
DATA_LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
API_RATE: str = env.str("API_RATE", default="600/min")
# Webhooks go to https at public addresses and nowhere else. Both are for tests: plain http at any port, and 127.0.0.1.
WEBHOOK_PLAIN_HTTP = False
WEBHOOK_LOOPBACK = False

# ── Rules that an operator may set ──────────────────────────────────────────
REQUIRE_SECOND_FACTOR: bool = env.bool("REQUIRE_SECOND_FACTOR", default=False)  # professionals and facilitators
CERTIFY_AFTER_WORKING_DAYS = 3  # a count that nobody certified certifies itself after this long
STANDING_ANSWER_WORKING_DAYS = 5  # an answer nobody decided otherwise becomes the decision after this long
DELIVERY_LEASE_SECONDS = 300  # a worker that dies while it sends mail holds it back for this long
CONFIRM_WITHOUT_DISPUTE_DAYS = 14  # domain.md: after 14 days without a dispute a claim counts as confirmed

# ── Under test ──────────────────────────────────────────────────────────────
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, not safe
    CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = True
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_AUTOREFRESH = True  # files are found where they are written; nothing is collected
    # Each of pytest's workers counts rate limits by itself.
    CACHES["default"]["KEY_PREFIX"] = "test-" + env.str("PYTEST_XDIST_WORKER", default="one")
    if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        # A file, so that a browser's requests are connections of their own, as in life; not forced to disk.
        _run = env.str("PYTEST_XDIST_TESTRUNUID", default=str(os.getpid()))
        DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / f"{_run}.sqlite3")}
        DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    else:
        options["options"] = f"{options.get('options', '')} -c synchronous_commit=off".strip()  # nor here

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
