"""Settings of the product: everything comes from the environment, and a wrong value fails loudly.

The reference of settings in the docs is generated from `env.SETTINGS`.
"""

from __future__ import annotations

from pathlib import Path

from warmhand.config import env
from warmhand.config.cluster import data_folder, database_settings

PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = env.secret_key()
SECRET_KEY_FALLBACKS = [k for k in env.text("WARMHAND_OLD_SECRET_KEYS").split(",") if k]
ALLOWED_HOSTS = env.text("WARMHAND_HOSTS").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in env.text("WARMHAND_ORIGINS").split(",") if o]
PRIVATE_HELPDESKS = frozenset(
    host for host in env.text("WARMHAND_PRIVATE_HELPDESKS").lower().split(",") if host
)
ROOT_URLCONF = "warmhand.config.urls"
WSGI_APPLICATION = "warmhand.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

DATABASES = database_settings()
# Connections are kept, and what is prepared on them (the facts of a client) is planned once: the
# planning costs ten times the running. Compiling such short statements never pays.
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
_options = DATABASES["default"]["OPTIONS"]
_options["options"] = (
    f"{_options.get('options', '')} -c jit=off -c plan_cache_mode=force_generic_plan".strip()
)
DATABASE_ROUTERS: list[str] = []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "heroicons",
    "ninja",
    "csp",
    "procrastinate.contrib.django",
    "warmhand.apps.accounts",
    "warmhand.apps.journal",
    "warmhand.apps.messaging",
    "warmhand.apps.policies",
    "warmhand.apps.people",
    "warmhand.apps.work",
    "warmhand.apps.directory",
    "warmhand.apps.giving",
    "warmhand.apps.followups",
    "warmhand.apps.introductions",
    "warmhand.apps.asks",
    "warmhand.apps.referrals",
    "warmhand.apps.alliances",
    "warmhand.apps.offers",
    "warmhand.apps.gratitude",
    "warmhand.apps.reviews",
    "warmhand.apps.moves",
    "warmhand.apps.insight",
    "warmhand.apps.connections",
    "warmhand.jobs",
    "warmhand.web",
]

MIDDLEWARE = [
    "warmhand.api.shape.OneErrorShape",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "warmhand.web.errors.NoBareRefusal",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "warmhand.web.shell.shell",
            ],
        },
    }
]
# The worker imports its tasks itself (jobs/worker.py): every other command starts without them.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "warmhand.web.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Warmhand"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MEDIA_ROOT = data_folder() / "files"

EMAIL_BACKEND = env.mail_backend()
EMAIL_HOST = env.text("WARMHAND_MAIL_HOST")
EMAIL_PORT = env.number("WARMHAND_MAIL_PORT")
EMAIL_HOST_USER = env.text("WARMHAND_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("WARMHAND_MAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("WARMHAND_MAIL_TLS")
EMAIL_TIMEOUT = 20  # seconds: a mail server that hangs must not hold a worker for ever
DEFAULT_FROM_EMAIL = env.text("WARMHAND_MAIL_FROM")

_HTTPS = env.flag("WARMHAND_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "warmhand.web.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"tokens": {"()": "warmhand.config.logs.WithoutTokens"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["tokens"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.text("WARMHAND_LOG_LEVEL")},
}
