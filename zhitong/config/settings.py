"""Django settings, composed from the environment. Nothing here is secret."""

import os
import secrets
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from zhitong.config import logs, sqlite
from zhitong.config.demo.sign_ins import RESIDENT_PHONE, STAFF_SIGN_INS
from zhitong.config.environment import Environment

sqlite.install()
django_stubs_ext.monkeypatch()

ENVIRONMENT = Environment()
DATA: Path = ENVIRONMENT.data.resolve()
DEMO = ENVIRONMENT.demo
DEMO_SIGN_INS = STAFF_SIGN_INS if DEMO else ()
DEMO_RESIDENT_PHONE = RESIDENT_PHONE if DEMO else ""
COUNTY = ENVIRONMENT.county
ADDRESS = ENVIRONMENT.address
PROXIES = ENVIRONMENT.proxies
SAY_LIMIT = ENVIRONMENT.say_limit
API_LIMIT = ENVIRONMENT.api_limit
KEEP_MATTERS = ENVIRONMENT.keep_matters
OUTBOUND_NEAR = frozenset(filter(None, ENVIRONMENT.outbound_near.replace(" ", "").split(",")))
SMS = ENVIRONMENT.sms
SMS_URL = ENVIRONMENT.sms_url
SMS_SECRET = ENVIRONMENT.sms_secret
MAIL_ADDRESS = ENVIRONMENT.mail_address
MAIL_NAME = ENVIRONMENT.mail_name
MAIL_AREA = ENVIRONMENT.mail_area
MAIL_IN = ENVIRONMENT.mail_in
MAIL_OUT = ENVIRONMENT.mail_out
ROOT = Path(__file__).resolve().parents[2]


def _secret(path: Path) -> str:
    """The key that signs cookies: made on the first start, kept with the other keys."""
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = secrets.token_urlsafe(48)
        try:
            with open(path, "x", encoding="ascii", opener=_owner_only) as file:
                file.write(key)
        except FileExistsError:
            return path.read_text("ascii")
        return key


def _owner_only(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


SECRET_KEY = _secret(DATA / "keys" / "web.key")
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in ENVIRONMENT.hosts.split(",") if host.strip()]
ROOT_URLCONF = "zhitong.config.urls"
WSGI_APPLICATION = "zhitong.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": ENVIRONMENT.database()}

INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "zhitong.kernel.bus",
    "zhitong.kernel.worker",
    "zhitong.kernel.audit",
    "zhitong.kernel.clock",
    "zhitong.kernel.days",
    "zhitong.kernel.search",
    "zhitong.kernel.areas",
    "zhitong.kernel.sms",
    "zhitong.kernel.mail",
    "zhitong.kernel.identity",
    "zhitong.kernel.webhooks",
    "zhitong.kernel.retention",
    "zhitong.kernel.rights",
    "zhitong.shell",
    "zhitong.loop",
    "zhitong.lines.microblog.desk",
    "zhitong.lines.microblog.alerts",
    "zhitong.config",
    "zhitong.config.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "zhitong.config.programs.ProgramsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "zhitong.shell.middleware.BodyMiddleware",
    "zhitong.kernel.text.middleware.Utf8Middleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhitong.kernel.identity.middleware.ScopeMiddleware",
    "zhitong.shell.middleware.RefusalMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["zhitong.shell.templatetags.shell"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "zhitong.shell.context.shell",
            ],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "zhitong_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = ENVIRONMENT.https
TIME_ZONE = ENVIRONMENT.time_zone
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA / "media"
WHITENOISE_MAX_AGE = 31_536_000

LOGIN_URL = "/sign-in"
STAFF_HOMES = (("loop.board", "loop:board"), ("identity.people", "identity:people"))
RESIDENT_LOGIN_URL = "/resident/sign-in"
RESIDENT_HOME = "loop:mine"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_SECURE = ENVIRONMENT.https
CSRF_FAILURE_VIEW = "zhitong.shell.errors.csrf_failure"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.proxies else None
X_FRAME_OPTIONS = "DENY"
# Other sites below the bureau's domain are not ours to bind to HTTPS.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "blob:"],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

MEBIBYTE = 1024 * 1024
UPLOAD_LIMIT = 50 * MEBIBYTE
UPLOAD_LIMITS = {
    "application/x-www-form-urlencoded": MEBIBYTE,
    "application/json": 16 * MEBIBYTE,
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * MEBIBYTE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * MEBIBYTE
FILE_UPLOAD_TEMP_DIR = None

LOGGING = logs.configuration(DATA, to_stderr=ENVIRONMENT.log == "stderr")
