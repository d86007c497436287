"""Settings of one installation. Development and production differ by environment only; ``env`` reads it."""

import os
import sys
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from junheng.project import env
from junheng.project.databases import Pool
from junheng.project.rooms import apps_in

HERE = Path(__file__).resolve().parents[1]
TESTING = "pytest" in sys.modules or "PYTEST_VERSION" in os.environ
SERVING = "junheng.project.wsgi" in sys.modules or sys.argv[1:2] == ["serve"]
"""Whether this process answers many requests at once; a command needs one connection and no pool. ``junheng serve``
looks at the settings before it forks those that answer, and they inherit them."""

JUNHENG_HOME = env.folder("JUNHENG_HOME", "var")
JUNHENG_CITY = env.text("JUNHENG_CITY", "4108")
"""Code of the city this installation belongs to: a grant over it is a grant over every row."""
JUNHENG_CONTENT = env.text("JUNHENG_CONTENT", "junheng.content")
"""The package that holds what the bureau says: rules, definitions, promises, reports."""
JUNHENG_AS_OF = env.day("JUNHENG_AS_OF")
"""The day figures speak of when nobody says another one; today where it is not set."""
DEMO = env.flag("JUNHENG_DEMO", default=False)
DEMO_PASSWORD = env.text("JUNHENG_DEMO_PASSWORD", "yanshi-2023")
"""Password of every demonstration login; shown on the login page of a demo, used nowhere else."""
DEBUG = env.flag("JUNHENG_DEBUG", default=False)
SECRET_KEY = env.secret("JUNHENG_SECRET", JUNHENG_HOME)
JUNHENG_KEYS = (
    Path(env.text("JUNHENG_KEYS", str(JUNHENG_HOME / "keys" / "ring.json"))).expanduser().absolute()
)
"""The key ring that opens sealed fields: outside the database, in no backup unless one asks for it."""
JUNHENG_CIPHER = env.text("JUNHENG_CIPHER", "aes")
"""With which algorithms new values are sealed: aes (AES-256-GCM), or sm4 (SM4-GCM) where the law wants it."""
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("JUNHENG_ORIGINS", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "axes",
    "csp",
    *apps_in("platform"),
    *apps_in("domains"),
    *apps_in("surfaces"),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "junheng.platform.access.once.OnceAPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "junheng.platform.access.language.ChosenLanguageMiddleware",
    "junheng.platform.access.body.BodySizeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "junheng.platform.accounts.middleware.SessionGuardMiddleware",
    "junheng.platform.access.refusals.RefusalMiddleware",
    "junheng.platform.access.again.OnceMoreMiddleware",
]

ROOT_URLCONF = "junheng.project.urls"
WSGI_APPLICATION = "junheng.project.wsgi.application"
AUTH_USER_MODEL = "access.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

POOL = Pool(
    env.number("JUNHENG_POOL_MIN", 2),
    env.number("JUNHENG_POOL_MAX", 10),
    env.number("JUNHENG_POOL_SECONDS", 10),
)
"""Connections to a database server that one serving process keeps: at least, at most, and how long a page waits."""
DATABASES = {"default": env.database("DATABASE_URL", JUNHENG_HOME, pool=POOL if SERVING else None)}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("英文"))]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = JUNHENG_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "junheng.project.static_files.NamedByDigest"
    },
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    # Argon2 is slow on purpose; tests of it ask for it by name.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

JUNHENG_SECOND_FACTOR = env.choice(
    "JUNHENG_SECOND_FACTOR", ("required", "offered"), "offered" if DEMO or TESTING else "required"
)
"""Whether roles that see what is masked must have a second factor; tests of it ask for it by name."""
JUNHENG_FACTOR_MINUTES = env.number("JUNHENG_FACTOR_MINUTES", 15)
"""How long a shown second factor counts for sensitive deeds."""
JUNHENG_IDLE_MINUTES = env.number("JUNHENG_IDLE_MINUTES", 30)
"""After how long without a request a session ends; 0 for never. Like the next three to be confirmed by the bureau."""
JUNHENG_IDLE_ACCOUNT_DAYS = env.number("JUNHENG_IDLE_ACCOUNT_DAYS", 90)
"""After how long without a sign-in an account is listed for closing."""
JUNHENG_INVITATION_HOURS = env.number("JUNHENG_INVITATION_HOURS", 72)
"""How long a link for setting a password holds."""
JUNHENG_PASSWORD_DAYS = env.number("JUNHENG_PASSWORD_DAYS", 0)
"""After how long a password must be changed; 0 for never."""
JUNHENG_OIDC = {
    "issuer": env.text("JUNHENG_OIDC_ISSUER", ""),
    "client": env.text("JUNHENG_OIDC_CLIENT", ""),
    "secret": env.content("JUNHENG_OIDC_SECRET_FILE") or env.text("JUNHENG_OIDC_SECRET", ""),
    "claim": env.text("JUNHENG_OIDC_CLAIM", "preferred_username"),
    "name": env.text("JUNHENG_OIDC_NAME", "统一身份认证登录"),
}
"""The sign-in service beside passwords; none where no issuer is named."""
OIDC_ORIGIN = [env.origin(JUNHENG_OIDC["issuer"])] if JUNHENG_OIDC["issuer"] else []

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "junheng.platform.access.address.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "junheng.platform.access.login.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
CSRF_FAILURE_VIEW = "junheng.platform.access.refusals.stale_form"

SECURE = env.flag("JUNHENG_HTTPS", default=False)
"""Whether the house is reached by https: then cookies never travel without it."""
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.flag("JUNHENG_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, *OIDC_ORIGIN],
        "frame-ancestors": [NONE],
    }
}

JUNHENG_DRAFT_DAYS = env.number("JUNHENG_DRAFT_DAYS", 60)
"""How many days after it was saved last a family's draft is kept; to be confirmed by the bureau."""
JUNHENG_ROOM_MINUTES = env.number("JUNHENG_ROOM_MINUTES", 30)
"""How long after the opening of a registration families pass through the waiting room; 0 for never."""
JUNHENG_ROOM_SECONDS = env.number("JUNHENG_ROOM_SECONDS", 60)
"""Length of one slice of the waiting room: who came within it is ordered by a number that nobody chose."""
JUNHENG_ROOM_RATE = env.number("JUNHENG_ROOM_RATE", 50)
"""Families that the waiting room lets in each second."""

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
JUNHENG_UPLOAD_BYTES = 20 * 1024 * 1024
JUNHENG_FILM_BYTES = env.number("JUNHENG_FILM_MB", 100) * 1024 * 1024
"""How large a film may be that is handed in. It is sealed while it comes, so that it fills neither memory nor disk."""
JUNHENG_FILM_ADDRESSES = (r"/works/(?:papers/\d+|fill)/\d+/add/",)
"""Where films are sent."""
JUNHENG_IMPORT_BYTES = env.number("JUNHENG_IMPORT_MB", 100) * 1024 * 1024
"""How large a table may be that is imported: a .csv of all pupils of a city has 90 MB."""
JUNHENG_IMPORT_LINES = env.number("JUNHENG_IMPORT_LINES", 600_000)
"""How many lines one import may have: all pupils of a city in one file."""
FILE_UPLOAD_MAX_MEMORY_SIZE = JUNHENG_IMPORT_BYTES  # what is uploaded lies on no disk before it is sealed
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("JUNHENG_LOG_LEVEL", "WARNING")},
}
