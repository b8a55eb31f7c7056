"""Every setting of an installation. Values come from ``TODOKE_*`` variables."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from todoke.design.page_languages import BUILT_IN, added_languages
from todoke.runtime.client_address import parse_networks
from todoke.runtime.environment import (
    database,
    direct_database,
    field_keys,
    flag,
    given,
    installation_key,
    peers,
    secret_key,
)
from todoke.runtime.storages import storage_settings

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("TODOKE_VAR", ROOT / "var"))

POOLER = flag("TODOKE_POOLER")
DEMO = flag("TODOKE_DEMO")
DEBUG = flag("TODOKE_DEBUG")
HTTPS = flag("TODOKE_HTTPS", default=not DEMO)
STAFF_SECOND_FACTOR = flag("TODOKE_STAFF_SECOND_FACTOR", default=not DEMO)
SECRET_KEY = secret_key(VAR)
FIELD_KEYS = field_keys(VAR)
INSTALLATION_KEY = installation_key(VAR)
PEERS = peers()
FORM_REVIEW = flag("TODOKE_FORM_REVIEW", default=True)
ALLOWED_HOSTS = os.environ.get("TODOKE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SECURITY_CONTACT = os.environ.get("TODOKE_SECURITY_CONTACT", "")
PUBLIC_URL = os.environ.get("TODOKE_URL", "http://127.0.0.1:8000")
MUNICIPALITY_CODE = os.environ.get("TODOKE_MUNICIPALITY_CODE", "")
MUNICIPALITY = os.environ.get("TODOKE_MUNICIPALITY", "みらい区")

ROOMS = [
    "design", "accounts", "organization", "audit", "places", "lists", "runtime", "jobs", "formbuilder", "flows",
    "approvals", "payments", "notices", "bookings", "records", "federation", "scans", "points", "procedures",
    "offers", "reviews", "rounds", "roadmaps", "cases", "admissions", "guidance", "reception", "insights",
    "integrations", "plans", "meetings", "systems", "workforce", "personnel", "voices", "continuity", "installation",
    "office", "studio", "board", "portal", "api", "demo", "proving",
]  # fmt: skip
INSTALLED_APPS = [
    *(f"todoke.{room}" for room in ROOMS),
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
    "django.contrib.staticfiles", "django.contrib.humanize", "django.forms",
    "allauth", "allauth.account", "allauth.mfa", "allauth.idp.oidc", "django_tasks",
]  # fmt: skip

MIDDLEWARE = [
    "todoke.web.access_log.access_log",
    "todoke.web.middleware.resolve_client_address",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "todoke.web.middleware.CachedCSPMiddleware",
    "todoke.web.middleware.reject_nul_bytes",
    "todoke.web.read_only.serve_from_replica",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "todoke.web.ruby_text.ruby_middleware",
    "todoke.web.japanese_runs.japanese_run_middleware",
    "todoke.web.english_runs.english_run_middleware",
    "todoke.web.middleware.no_store_by_default",
    "todoke.web.expired_sessions.end_expired_sessions",
    "todoke.web.middleware.require_staff_post",
    "todoke.web.refusals.RefusalMiddleware",
    "todoke.web.read_only.BlockWrites",
]

ROOT_URLCONF = "todoke.urls"
WSGI_APPLICATION = "todoke.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("todoke.design.constant_nodes.Loader", ["django.template.loaders.app_directories.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "todoke.design.context_processors.site",
                "todoke.runtime.context_processors.read_only_mode",
            ],
            "builtins": [
                "todoke.design.templatetags.design",
                "todoke.design.templatetags.components",
                "todoke.design.templatetags.charts",
                "todoke.design.templatetags.lists",
                "todoke.lists.templatetags.list_pages",
            ],
        },
    }
]
FORM_RENDERER = "todoke.design.forms.FieldRenderer"
_PLAIN = set(os.environ.get("TODOKE_PLAIN", "").split(","))
SPEED_UPS = frozenset(
    {
        "compiled-queries", "constant-nodes", "widget-writers", "cached-policy", "release-terms",
        "parsed-documents", "garbage-collection", "thread-locals",
    }
    - _PLAIN
)  # fmt: skip
"""Each says the same as Django would, faster; ``TODOKE_PLAIN`` names those to turn off (decision 6)."""

WORKING_THREADS = int(os.environ.get("TODOKE_WORKING_THREADS", "0"))
DATABASES = {"default": database(VAR, pooler=POOLER)}
DIRECT_DATABASE = direct_database()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["todoke.accounts.equal_work.EqualWorkBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/arrival/"
ACCOUNT_ADAPTER = "todoke.notices.account_links.AccountAdapter"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "todoke.notices.password_links.PasswordLinks"  # noqa: S105 - a class
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 0
"""Signed keys of allauth confirm nothing: addresses are confirmed by mailed links."""
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional" if DEMO else "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {
    "reset_password": "todoke.accounts.account_forms.ResetPasswordForm",
    "reset_password_from_key": "todoke.notices.account_links.ResetPasswordKeyForm",
    "signup": "todoke.accounts.account_forms.SignupForm",
    "user_token": "todoke.notices.account_links.UserTokenForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip", "login_failed": "60/m/ip,5/300s/key", "reset_password": "60/m/ip,5/m/key", "signup": "60/m/ip",
}  # fmt: skip
MFA_ADAPTER = "todoke.accounts.second_factor.MFAAdapter"
MFA_FORMS = {
    "authenticate": "todoke.accounts.second_factor_forms.AuthenticateForm",
    "reauthenticate": "todoke.accounts.second_factor_forms.ReauthenticateForm",
    "activate_totp": "todoke.accounts.second_factor_forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Todoke"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO

TASKS = {"default": {"BACKEND": "todoke.jobs.backend.DatabaseBackend", "QUEUES": []}}
NOTICE_CHANNEL = os.environ.get("TODOKE_NOTICES", "mailbox" if DEMO else "smtp")
ACCESS_LOG = flag("TODOKE_ACCESS_LOG", default=not DEMO)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"frames": {"()": "todoke.runtime.logs.TracebackFormatter"}},
    "filters": {"failed": {"()": "todoke.runtime.logs.ServerErrorFilter"}},
    "handlers": {
        "failures": {"class": "logging.StreamHandler", "formatter": "frames", "filters": ["failed"]},
        "access": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"},
    },
    "loggers": {
        "django.request": {"handlers": ["failures"], "level": "ERROR", "propagate": False},
        "todoke.access": {"handlers": ["access"], "level": "INFO" if ACCESS_LOG else "ERROR", "propagate": False},
    },
}
TELEMETRY = os.environ.get("TODOKE_TELEMETRY", "")
LANGUAGE_CODE = "ja"
LOCALES = Path(os.environ.get("TODOKE_LOCALES", VAR / "locale"))
LANGUAGES = [*BUILT_IN, *added_languages(LOCALES)]
LOCALE_PATHS = [ROOT / "src" / "todoke" / "locale", LOCALES]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR / "files"
AUDIT_CHECKPOINTS = Path(os.environ.get("TODOKE_AUDIT_CHECKPOINTS", VAR / "audit-checkpoints.jsonl"))
STANDBY = given("TODOKE_STANDBY")
DEPOSIT_MARK = os.environ.get("TODOKE_DEPOSIT_MARK", "A")
BACKUPS = Path(os.environ["TODOKE_BACKUPS"]) if os.environ.get("TODOKE_BACKUPS") else None
BACKUP_KEY_FILE = Path(os.environ.get("TODOKE_BACKUP_KEY_FILE", VAR / "backup-key"))
STORAGES = {
    "default": storage_settings(os.environ.get("TODOKE_FILES", ""), os.environ.get("TODOKE_S3_URL", "")),
    "staticfiles": {"BACKEND": "todoke.runtime.static_files.hashed_storage.HashedStaticFiles"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600

IDP_OIDC_ADAPTER = "todoke.federation.service_sign_in.service_adapter.ServiceAdapter"
IDP_OIDC_AUTH_METHODS = ["client_secret_basic"]
SERVICE_KEY = given("TODOKE_SERVICE_KEY")
PROVIDER_NETWORKS = parse_networks(os.environ.get("TODOKE_PROVIDER_NETWORKS", "127.0.0.1" if DEMO else ""))
WEBHOOK_NETWORKS = parse_networks(os.environ.get("TODOKE_WEBHOOK_NETWORKS", ""))
NATIONAL_FOLDER = os.environ.get("TODOKE_NATIONAL_FOLDER", "")
HANDOVER_FOLDER = os.environ.get("TODOKE_HANDOVER_FOLDER", "")
WEBHOOK_FILES = os.environ.get("TODOKE_WEBHOOK_FILES", "")
PAYMENT_PROVIDER = os.environ.get("TODOKE_PAYMENT_PROVIDER", "simulator")
PSP_URL = os.environ.get("TODOKE_PSP_URL", "http://127.0.0.1:8090")
READER = os.environ.get("TODOKE_READER", "rehearsal" if DEMO else "")
TRANSCRIBER = os.environ.get("TODOKE_TRANSCRIBER", "rehearsal" if DEMO else "none")
RECORDING_MB = int(os.environ.get("TODOKE_RECORDING_MB", "2048"))
RECORDING_DAYS = int(os.environ.get("TODOKE_RECORDING_DAYS", "30"))
LANGUAGE_MODEL_URL = os.environ.get("TODOKE_LANGUAGE_MODEL_URL", "")
LANGUAGE_MODEL = os.environ.get("TODOKE_LANGUAGE_MODEL", "default")
LINE_URL = os.environ.get("TODOKE_LINE_URL", "https://api.line.me")
LINE_TOKEN, LINE_SECRET = given("TODOKE_LINE_TOKEN"), given("TODOKE_LINE_SECRET")
STRIPE_KEY = given("TODOKE_STRIPE_KEY")
STRIPE_WEBHOOK_SECRET = given("TODOKE_STRIPE_WEBHOOK_SECRET")
STRIPE_URL = os.environ.get("TODOKE_STRIPE_URL", "")
PAYEASY_INSTITUTION = os.environ.get("TODOKE_PAYEASY_INSTITUTION", "99999")
PSP_MERCHANT = os.environ.get("TODOKE_PSP_MERCHANT", "mirai-ward")
PSP_SECRET = given("TODOKE_PSP_SECRET", SECRET_KEY)
EMAIL_BACKEND = "todoke.runtime.email_backend.BlockableBackend"
EMAIL_TRANSPORT = os.environ.get("TODOKE_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = os.environ.get("TODOKE_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("TODOKE_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("TODOKE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = given("TODOKE_SMTP_PASSWORD")
EMAIL_SECURITY = os.environ.get("TODOKE_SMTP_TLS", "none")
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = os.environ.get("TODOKE_MAIL_FROM", "todoke@localhost")
SESSION_ENGINE = "todoke.runtime.sessions"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
STAFF_IDLE = timedelta(minutes=max(10, int(os.environ.get("TODOKE_STAFF_IDLE_MINUTES", "30"))))
STAFF_LONGEST = timedelta(hours=int(os.environ.get("TODOKE_STAFF_SESSION_HOURS", "12")))
SESSION_CHECK = "todoke.federation.federated_sessions.why_ended"
SESSION_RECHECK_VIEW = "todoke.portal.identities.rechecks.leave"
STAFF_RECHECK = timedelta(minutes=int(os.environ.get("TODOKE_STAFF_RECHECK_MINUTES", "30")))
SESSION_ENDED_VIEW = "todoke.portal.views.expiry.return_after_sign_in"
READ_ONLY_VIEW = "todoke.portal.views.outage.return_input"
CSRF_FAILURE_VIEW = "todoke.portal.views.expiry.return_late_form"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = flag("TODOKE_BEHIND_PROXY")
TRUSTED_PROXIES = parse_networks(os.environ.get("TODOKE_TRUSTED_PROXIES", "127.0.0.1,::1" if BEHIND_PROXY else ""))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, "https://checkout.stripe.com" if PAYMENT_PROVIDER == "stripe" else PSP_URL],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
