"""
Settings of the whole site: one file, every switch read once from the environment.

Each name in `env` below is documented in `.env.example`. Defaults are the safe ones for production; `make run`
writes a `.env` that loosens them for a developer's own machine.
"""

import sys
import warnings
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env(
    SECRET_KEY=(str, ""),
    DEBUG=(str, "False"),
    SITE_URL=(str, "http://127.0.0.1:8000"),
    ALLOWED_HOSTS=(list, []),
    HTTPS=(str, "True"),
    BEHIND_PROXY=(str, "False"),
    DATABASE_URL=(str, ""),
    REDIS_URL=(str, ""),
    EMAIL_URL=(str, "consolemail://"),
    DEFAULT_FROM_EMAIL=(str, "svetaine@localhost"),
    MEDIA_ROOT=(str, ""),
    SERVE_MEDIA=(str, "True"),
    S3_BUCKET=(str, ""),
    SECURITY_CONTACT=(str, ""),
)
environ.Env.read_env(BASE_DIR / ".env")


def stop(name, problem):
    """End the start with one line instead of a traceback, and without the value: it may hold a password."""
    sys.exit(f"{name} {problem}: write it to .env (see .env.example) or to the environment.")


def switch(name):
    """Whether a switch is on. A word that is neither stops the start: a slip must not turn HTTPS off."""
    words = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    word = env(name).strip().lower()
    return words[word] if word in words else stop(name, "is neither True nor False")


def address(name, read, example):
    """The settings that an address of a service stands for; one that cannot be read stops the start."""
    try:
        with warnings.catch_warnings(action="error"):
            return read(name)
    except (ValueError, UserWarning, ImproperlyConfigured):
        return stop(name, f"cannot be read, expected {example}")


SECRET_KEY = env("SECRET_KEY") or stop("SECRET_KEY", "is not set")
DEBUG = switch("DEBUG")
HTTPS = switch("HTTPS")
BEHIND_PROXY = switch("BEHIND_PROXY")
SITE_URL = env("SITE_URL").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname
if not (SITE_HOST and SITE_URL.startswith(("http://", "https://"))):
    stop("SITE_URL", "cannot be read, expected https://www.example.lt")
# The same name with „www.“, or without it, leads here (desk.middleware).
OTHER_HOST = SITE_HOST.removeprefix("www.") if SITE_HOST.startswith("www.") else f"www.{SITE_HOST}"
ALLOWED_HOSTS = [*env("ALLOWED_HOSTS"), SITE_HOST, OTHER_HOST]
if DEBUG:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]

# --- Apps -------------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "desk",
    "search",
    "wordpress_import",
    "home",
    "events",
    "news",
    "members",
    "projects",
    "partners",
    "accounts",
    "outbox",
    "core",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "desk.apps.PeopleConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_countries",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "core.middleware.AdminPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "core.middleware.CachePolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "desk.middleware.OldAddressMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SessionLimitsMiddleware",
    "accounts.middleware.AdminDoorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.BadRequestMiddleware",
    "core.middleware.NotReadyMiddleware",
    "core.middleware.SavedAtOnceMiddleware",
]

ROOT_URLCONF = "lag_site.urls"
WSGI_APPLICATION = "lag_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- Database, cache, sessions ----------------------------------------------------------------------------------------

DATABASE = {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}
if env("DATABASE_URL"):
    DATABASE = address("DATABASE_URL", env.db_url, "postgres://USER:PASSWORD@HOST:5432/NAME")
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE["OPTIONS"] = {
        # Writers wait instead of failing, and a saved row survives a power cut.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
elif DATABASE["ENGINE"] == "django.db.backends.postgresql":
    if not DATABASE["NAME"]:
        stop("DATABASE_URL", "names no database")
    DATABASE |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    DATABASE["OPTIONS"] = {"connect_timeout": 10, **DATABASE.get("OPTIONS", {})}
else:
    stop("DATABASE_URL", "is of neither PostgreSQL nor SQLite")
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if env("REDIS_URL"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env("REDIS_URL")}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Users ------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend", "members.backends.DelegateBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.ContextValidator"},
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/nariams/"  # members; staff go to the admin (accounts.adapters)
# Messages wait in the session of who is signed in, not in a cookie of their own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 30 * 24 * 60 * 60  # members; staff are signed out sooner (accounts.middleware)

# Nobody enters the admin by a password alone, but on a developer's own machine.
STAFF_NEED_SECOND_FACTOR = not DEBUG
# What may be tried how often, per address of the visitor (ip), account (user), or what is typed (key).
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/10m/ip,5/10m/key",
    "sign_in_link": "30/10m/ip,3/10m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    # A village hall may register its people one after the other; the key is a form together with an e-mail address.
    "registration": "30/10m/ip,10/h/key",
    "registration_link": "10/10m/ip,3/h/key",
    "contact": "10/10m/ip,10/h/key",
}
# nginx in front writes the visitor's address into X-Forwarded-For; nobody else is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}  # the form finds the user name of an e-mail address
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever comes by the link has shown that the address is theirs
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {"login": "accounts.forms.PasswordLoginForm", "reauthenticate": "accounts.forms.PasswordAgainForm"}
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a phone's clock, and the time it takes to type
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.ConnectAppForm",
    "add_webauthn": "accounts.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.RenamePasskeyForm",
}

# --- Language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "lt"
LANGUAGES = [("lt", "Lietuvių")]
TIME_ZONE = "Europe/Vilnius"
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "locale"]
# Lithuanian groups thousands with a no-break space; Django's own `lt` formats use a full stop.
FORMAT_MODULE_PATH = ["lag_site.formats"]
# "Sakartvelas" is the name the Lithuanian state uses; the list of country names still says "Gruzija".
COUNTRIES_OVERRIDE = {"GE": "Sakartvelas"}

# --- Static files and uploads -----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static", ("vadovas", BASE_DIR / "docs" / "img")]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT") or BASE_DIR / "media")
SERVE_MEDIA = switch("SERVE_MEDIA")
FILE_UPLOAD_PERMISSIONS = 0o644

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Hashed names only where `collectstatic` has run; a developer's edit shows at once.
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
if env("S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env("S3_BUCKET"),
            "file_overwrite": False,
            # Pictures keep their address on the site itself: no page sends its reader to another host.
            "custom_domain": urlsplit(SITE_URL).netloc + "/media",
            "url_protocol": urlsplit(SITE_URL).scheme + ":",
        },
    }
    SERVE_MEDIA = True

# --- Security ---------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True  # forms and Wagtail's scripts find the token in the page
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "home.views.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        # Players of videos, asked for by the reader's click only (core.blocks.VIDEO_PLAYERS).
        "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
# The admin of Wagtail still needs inline styles and a few inline scripts of its own, and previews pages in a frame.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
    "frame-ancestors": [SELF],
}
PERMISSIONS_POLICY = {
    feature: [] for feature in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
}

# --- E-mail -----------------------------------------------------------------------------------------------------------

EMAIL = address("EMAIL_URL", env.email_url, "smtp+tls://USER:PASSWORD@HOST:587")
if EMAIL["EMAIL_BACKEND"].endswith("smtp.EmailBackend") and not (EMAIL["EMAIL_HOST"] and EMAIL["EMAIL_PORT"]):
    stop("EMAIL_URL", "lacks a host or a port, expected smtp+tls://USER:PASSWORD@HOST:587")
vars().update(EMAIL)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL")
EMAIL_TIMEOUT = 10

# --- Wagtail ----------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "VVG svetainė"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = [("lt", "Lietuvių")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # everybody works here: a page is published when the clock on the wall says so
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Passwords and addresses: one's own by /paskyra/, another's by the administrators' list of users.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "core.rich_text.TextArea"}}
WAGTAILIMAGES_IMAGE_MODEL = "core.CustomImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.CustomDocument"
# Through Django, so that a private collection stays private (core.visibility, docs/deploy.md).
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "odp", "ods", "odt", "pdf", "rtf", "txt", "zip"]
WAGTAILDOCS_EXTENSIONS += ["doc", "docx", "ppt", "pptx", "xls", "xlsx"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.uploads.DocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.uploads.ImageForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
# "simple": PostgreSQL's own default takes our words for English ones and cuts off their ends.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
TAGGIT_CASE_INSENSITIVE = True

# --- Ours -------------------------------------------------------------------------------------------------------------

SECURITY_CONTACT = env("SECURITY_CONTACT")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        # No line, no traceback tells an address that is a key (core.logs).
        "line": {
            "()": "core.logs.MaskingFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # By the root's handler, once. `django.server` tells the requests of runserver.
        "django": {"handlers": [], "level": "WARNING"},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
