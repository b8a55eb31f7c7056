"""Every setting of an installation. Values come from ``TODOKE_*`` variables."""

import base64
import os
import secrets
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONCE, NONE, SELF

from todoke.operation.store import store_of

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("TODOKE_VAR", ROOT / "var"))


def _switch(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def _secret_key() -> str:
    """The key from the environment, or one made once and kept in a private file under ``var/``."""
    if given := os.environ.get("TODOKE_SECRET_KEY"):
        return given
    path = VAR / "secret-key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text()


def _field_keys() -> list[str]:
    """The keys of encrypted answers, the newest first: from the environment, or one made once under ``var/``."""
    if given := os.environ.get("TODOKE_FIELD_KEYS"):
        return given.split(",")
    path = VAR / "field-key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    return path.read_text().split(",")


POOLER = _switch("TODOKE_POOLER")
_LIMITS = "-c statement_timeout=30s -c lock_timeout=5s -c TimeZone=UTC"
_DIRECT: dict[str, Any] = {"prepare_threshold": 3, "options": _LIMITS}


def _database() -> dict[str, Any]:
    """SQLite under ``var/`` unless ``TODOKE_DATABASE`` names a ``postgresql://`` address."""
    address = os.environ.get("TODOKE_DATABASE", "")
    if address.startswith("postgresql://"):
        parts = urlsplit(address)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "DISABLE_SERVER_SIDE_CURSORS": POOLER,
            "OPTIONS": {"connect_timeout": 5} | ({"prepare_threshold": None} if POOLER else _DIRECT),
        }
    return {
        "ENGINE": "todoke.operation.sqlite3",
        "NAME": address.removeprefix("sqlite:///") or VAR / "todoke.sqlite3",
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": os.environ.get("TODOKE_TEST_DATABASE") or VAR / "tests.sqlite3"},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384; "
            "PRAGMA secure_delete=ON;",
        },
    }


DEMO = _switch("TODOKE_DEMO")
DEBUG = _switch("TODOKE_DEBUG")
HTTPS = _switch("TODOKE_HTTPS", default=not DEMO)
STAFF_SECOND_FACTOR = _switch("TODOKE_STAFF_SECOND_FACTOR", default=not DEMO)
SECRET_KEY = _secret_key()
FIELD_KEYS = _field_keys()
FORM_REVIEW = _switch("TODOKE_FORM_REVIEW", default=True)
ALLOWED_HOSTS = os.environ.get("TODOKE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
PUBLIC_URL = os.environ.get("TODOKE_URL", "http://127.0.0.1:8000")
MUNICIPALITY = os.environ.get("TODOKE_MUNICIPALITY", "みらい区")

INSTALLED_APPS = [
    "todoke.design",
    "todoke.accounts",
    "todoke.organization",
    "todoke.audit",
    "todoke.operation",
    "todoke.jobs",
    "todoke.formbuilder",
    "todoke.flows",
    "todoke.approvals",
    "todoke.payments",
    "todoke.notices",
    "todoke.records",
    "todoke.procedures",
    "todoke.cases",
    "todoke.guidance",
    "todoke.insights",
    "todoke.plans",
    "todoke.meetings",
    "todoke.systems",
    "todoke.continuity",
    "todoke.portal",
    "todoke.office",
    "todoke.studio",
    "todoke.board",
    "todoke.demo",
    "todoke.proving",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "todoke.entrance.PolicyOnce",
    "todoke.entrance.no_nul",
    "todoke.fallback.fall_back",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "todoke.design.furigana.furigana",
    "todoke.entrance.private_by_default",
    "todoke.entrance.staff_door",
    "todoke.fallback.OnlyShow",
]

ROOT_URLCONF = "todoke.urls"
WSGI_APPLICATION = "todoke.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "todoke.design.context.house",
                "todoke.operation.context.standing",
            ],
            "builtins": [
                "todoke.design.templatetags.addresses",
                "todoke.design.templatetags.design",
                "todoke.design.templatetags.components",
                "todoke.design.templatetags.charts",
                "todoke.design.templatetags.lists",
            ],
        },
    }
]
FORM_RENDERER = "todoke.design.forms.FieldRenderer"

WORKING_THREADS = int(os.environ.get("TODOKE_WORKING_THREADS", "0"))

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/arrival/"
ACCOUNT_ADAPTER = "todoke.accounts.signing_in.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional" if DEMO else "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Todoke"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO

TASKS = {"default": {"BACKEND": "todoke.jobs.backend.DatabaseBackend", "QUEUES": []}}
NOTICE_CHANNEL = os.environ.get("TODOKE_NOTICES", "mailbox" if DEMO else "smtp")
PERIODIC: dict[str, tuple[str, timedelta | time]] = {
    "配達できなかった通知のまとめ": ("todoke.notices.tasks.send_digest", time(7, 30)),
    "終わった作業の整理": ("todoke.jobs.tasks.sweep", time(3, 0)),
    "割合の記録": ("todoke.insights.tasks.record_yesterday", time(0, 20)),
    "受け渡しの期限": ("todoke.notices.tasks.sweep_handed", timedelta(hours=1)),
    "添付の掃除": ("todoke.formbuilder.tasks.sweep_uploads", time(3, 30)),
    "支払結果の照会": ("todoke.payments.tasks.ask_pending", timedelta(minutes=15)),
    "ポイントの失効": ("todoke.payments.tasks.expire_points", timedelta(hours=12)),
    "参照専用の写し": ("todoke.continuity.tasks.refresh_standby", timedelta(minutes=10)),
    "預りの取込み": ("todoke.continuity.tasks.take_in", timedelta(minutes=1)),
    "監査の錨": ("todoke.audit.tasks.anchor", timedelta(seconds=60)),
    "様式の公開予定": ("todoke.formbuilder.tasks.publish_due", timedelta(minutes=1)),
    "宿題のお知らせ": ("todoke.meetings.tasks.remind_of_commitments", time(8, 0)),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"frames": {"()": "todoke.operation.logs.Frames"}},
    "filters": {"failed": {"()": "todoke.operation.logs.Failed"}},
    "handlers": {"failures": {"class": "logging.StreamHandler", "formatter": "frames", "filters": ["failed"]}},
    "loggers": {"django.request": {"handlers": ["failures"], "level": "ERROR", "propagate": False}},
}

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("ja-easy", "やさしい日本語"), ("en", "English")]
LOCALE_PATHS = [ROOT / "src" / "todoke" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR / "files"
AUDIT_ANCHORS = Path(os.environ.get("TODOKE_AUDIT_ANCHORS", VAR / "audit-anchors.jsonl"))
STANDBY = os.environ.get("TODOKE_STANDBY", "")
DEPOSIT_MARK = os.environ.get("TODOKE_DEPOSIT_MARK", "A")
BACKUPS = Path(os.environ["TODOKE_BACKUPS"]) if os.environ.get("TODOKE_BACKUPS") else None
BACKUP_KEY_FILE = Path(os.environ.get("TODOKE_BACKUP_KEY_FILE", VAR / "backup-key"))
STORAGES = {
    "default": store_of(os.environ.get("TODOKE_FILES", ""), os.environ.get("TODOKE_S3_URL", "")),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600

PAYMENT_PROVIDER = os.environ.get("TODOKE_PAYMENT_PROVIDER", "simulator")
PSP_URL = os.environ.get("TODOKE_PSP_URL", "http://127.0.0.1:8090")
STRIPE_KEY = os.environ.get("TODOKE_STRIPE_KEY", "")
STRIPE_WEBHOOK_SECRET = os.environ.get("TODOKE_STRIPE_WEBHOOK_SECRET", "")
STRIPE_URL = os.environ.get("TODOKE_STRIPE_URL", "")
PAYEASY_INSTITUTION = os.environ.get("TODOKE_PAYEASY_INSTITUTION", "99999")
PSP_MERCHANT = os.environ.get("TODOKE_PSP_MERCHANT", "mirai-ward")
PSP_SECRET = os.environ.get("TODOKE_PSP_SECRET", SECRET_KEY)

EMAIL_BACKEND = "todoke.operation.mail.HeldBackend"
MAIL_CARRIER = os.environ.get("TODOKE_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = os.environ.get("TODOKE_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("TODOKE_SMTP_PORT", "25"))
DEFAULT_FROM_EMAIL = os.environ.get("TODOKE_MAIL_FROM", "todoke@localhost")

SESSION_ENGINE = "todoke.operation.sessions"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "todoke.portal.views.expiry.hand_back"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _switch("TODOKE_BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, "https://checkout.stripe.com" if PAYMENT_PROVIDER == "stripe" else PSP_URL],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
