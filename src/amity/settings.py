"""Every setting of Amity, with safe defaults. What an owner may set is documented in docs/settings.md."""

from __future__ import annotations

import ipaddress
import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from platformdirs import user_data_path


def text_from_env(name: str, default: str = "") -> str:
    """Read a text setting."""
    return os.environ.get(name, default).strip()


def url_from_env(name: str, default: str) -> str:
    """Read a web address without its final slash; anything else is refused loudly."""
    value = text_from_env(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(f"{name} must look like https://amity.example.org, not {value!r}.")
    return value


def proxy_from_env(name: str) -> str:
    """Read the address of the proxy in front, or ``*`` for whoever can reach the port at all."""
    value = text_from_env(name)
    try:
        return value if value in {"", "*"} else str(ipaddress.ip_address(value))
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is the address of the proxy, such as 127.0.0.1, not {value!r}."
        ) from None


def folder_from_env(name: str, default: Path) -> Path:
    """Read a folder, made for its owner alone when it is missing."""
    folder = Path(text_from_env(name) or default).expanduser().absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _secret_key(home: Path) -> str:
    path = home / "secret.key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


def _database(url: str, home: Path) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "amity.storage.sqlite",
            "NAME": home / "amity.sqlite3",
            "CONN_MAX_AGE": 60,  # a new connection reads the book's first pages anew: half the time of a page
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "cached_statements": 500,  # each page asks dozens of its own; of a hundred none is left
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
                "PRAGMA secure_delete=ON;PRAGMA cache_size=-16000",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("AMITY_DATABASE must look like postgresql://user:password@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


AMITY_HOME = folder_from_env("AMITY_HOME", user_data_path("amity", appauthor=False))
AMITY_URL = url_from_env("AMITY_URL", "http://127.0.0.1:8000")
AMITY_PROXY = proxy_from_env("AMITY_PROXY")
AMITY_BOOK = text_from_env("AMITY_BOOK")
AMITY_SMTP = text_from_env("AMITY_SMTP")
AMITY_FROM = text_from_env("AMITY_FROM")
AMITY_DKIM = text_from_env("AMITY_DKIM")
AMITY_IMAP = text_from_env("AMITY_IMAP")

_ADDRESS = urlsplit(AMITY_URL)
IS_HTTPS = _ADDRESS.scheme == "https"
AMITY_HOST = _ADDRESS.hostname or ""

SECRET_KEY = _secret_key(AMITY_HOME)
DEBUG = False
ALLOWED_HOSTS = sorted({AMITY_HOST, "127.0.0.1", "localhost"})
CSRF_TRUSTED_ORIGINS = [AMITY_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "amity",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "amity.doors.web.middleware.OwnersDay",
    "amity.doors.web.middleware.OneSentence",
]
ROOT_URLCONF = "amity.urls"
WSGI_APPLICATION = "amity.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["amity.doors.web.tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "amity.doors.web.context.house",
            ],
        },
    },
]

DATABASES = {"default": _database(text_from_env("AMITY_DATABASE"), AMITY_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "amity.Owner"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "amity.owner.passwords.OwnWords"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "today"

# allauth knows passkeys, codes and rate limits; its pages are mounted in amity/urls.py, each by itself.
ACCOUNT_ADAPTER = "amity.doors.web.gatekeeping.Gatekeeper"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # said for allauth's own checks: nobody signs up here
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the owner of an address is made by whoever runs the machine
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
MFA_ADAPTER = "amity.doors.web.gatekeeping.Keyring"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]  # recovery codes are of owner/keys.py, which keeps only hashes
MFA_FORMS = {
    "authenticate": "amity.doors.web.gatekeeping.SecondStepForm",
    "reauthenticate": "amity.doors.web.gatekeeping.ConfirmForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Amity"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off

SESSION_COOKIE_NAME = "__Host-amity" if IS_HTTPS else "amity"
CSRF_COOKIE_NAME = "__Host-amity-csrf" if IS_HTTPS else "amity-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if AMITY_PROXY:
    # Forwarded headers are believed only when the owner says a proxy sets them.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no names in cookies
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(__file__).parent / "static"]
STATIC_ROOT = AMITY_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "amity.storage.assets.Assets"},
}
WHITENOISE_AUTOREFRESH = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = folder_from_env("AMITY_UPLOADS", AMITY_HOME / "uploads")
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"level": "ERROR"},  # a page that is not there is no news to who runs it
        "waitress.queue": {"level": "ERROR"},  # nor is a reader who waits a moment for another
    },
    "root": {"handlers": ["console"], "level": text_from_env("AMITY_LOG", "WARNING")},
}
