"""Settings, filled from the environment by the readers of `environment.py`."""

from pathlib import Path

import parvis
from parvis.config import environment as env

ROOT = Path(parvis.__file__).parent
PROJECT = ROOT.parent

DATA_DIR = env.folder("PARVIS_DATA_DIR", PROJECT / "data")
SECRET_KEY = env.secret("PARVIS_SECRET_KEY", DATA_DIR / "secret-key")
DEBUG = env.flag("PARVIS_DEBUG", default=False)
DEMO = env.flag("PARVIS_DEMO", default=False)
BIND = env.text("PARVIS_BIND", "127.0.0.1:8000")
BASE_URL = env.origin("PARVIS_BASE_URL", f"http://localhost:{env.port_of(BIND)}")
PORTAL_DOMAIN = env.domain("PARVIS_PORTAL_DOMAIN", "localhost")
TRUSTED_PROXIES = env.number("PARVIS_TRUSTED_PROXIES", 0)
SECURE = BASE_URL.startswith("https://")

ALLOWED_HOSTS = [env.host_of(BASE_URL), "127.0.0.1", f".{PORTAL_DOMAIN}"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "parvis.ui",  # before the libraries whose templates it replaces
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # allauth's list of passkeys says when each was used
    "django_htmx",
    "lucide",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "parvis.core",
    "parvis.workspaces",
    "parvis.http",
    "parvis.access",
    "parvis.events",
    "parvis.outbox",
    "parvis.mail",
    "parvis.files",
    "parvis.team",
    "parvis.signin",
    "parvis.reminders",
    "parvis.clients",
    "parvis.conversations",
    "parvis.projects",
    "parvis.documents",
    "parvis.deliverables",
    "parvis.backstage",
    "parvis.notifications",
    "parvis.portal",
    "parvis.dashboard",
    "parvis.api",
    "parvis.demo",
    "parvis.config",
]

MIDDLEWARE = [
    "parvis.http.problems.ProblemMiddleware",  # around everything that could answer a program with a page
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "parvis.http.surfaces.SurfaceMiddleware",
    "parvis.http.sessions.SurfaceSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "parvis.files.middleware.UploadMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "parvis.signin.middleware.MemberMiddleware",
    "parvis.portal.middleware.ContactMiddleware",
    "parvis.http.wall.ActorRequiredMiddleware",
    "parvis.http.headers.PrivateMiddleware",
    "parvis.http.errors.DomainErrorMiddleware",
]

ROOT_URLCONF = "parvis.config.urls"
PORTAL_URLCONF = "parvis.config.urls_portal"
API_URLCONF = "parvis.config.urls_api"
WSGI_APPLICATION = "parvis.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "parvis.dashboard.context.navigation",
                "parvis.portal.context.portal",
            ],
        },
    }
]

DATABASES = {"default": env.database("PARVIS_DATABASE_URL", DATA_DIR / "parvis.sqlite3")}
DATABASES["default"]["TEST"] = env.test_database(DATABASES["default"], DATA_DIR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache("PARVIS_CACHE_URL")}

AUTH_USER_MODEL = "signin.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds; the mail says so (ASVS 6.5.5, SECURITY.md)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_FORMS = {
    "login": "parvis.signin.forms.LoginForm",
    "reset_password": "parvis.signin.forms.ResetPasswordForm",
}
ACCOUNT_ADAPTER = "parvis.signin.adapter.AccountAdapter"
MFA_ADAPTER = "parvis.signin.adapter.MFAAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before a second factor changes (ASVS 7.5.1)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# Beside allauth's own: asking for a link into a portal; the key is the workspace (RELIABILITY C10).
ACCOUNT_RATE_LIMITS = {"access_link": "20/h/ip,300/h/key"}
MFA_FORMS = {"add_webauthn": "parvis.signin.forms.AddKeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = "Parvis"

PREFIX = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{PREFIX}parvis_session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_COOKIE_NAME = f"{PREFIX}parvis_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "parvis.http.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if SECURE:
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365

SELF = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": SELF,
        "style-src": SELF,
        "font-src": SELF,
        "connect-src": SELF,
        "form-action": SELF,
        "manifest-src": SELF,
        "img-src": ["'self'", "data:", "blob:"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("fr", "Français"), ("en", "English"), ("es", "Español"), ("pt", "Português")]
LOCALE_PATHS = [PROJECT / "locale"]
LANGUAGE_COOKIE_NAME = "parvis_language"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [
    ("vendor/inter", PROJECT / "node_modules/@fontsource-variable/inter"),
    ("vendor/fraunces", PROJECT / "node_modules/@fontsource-variable/fraunces"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": env.text("PARVIS_STATIC_STORAGE", "parvis.ui.storage.BundledStorage")},
}

EMAIL_URL = env.mail_server("PARVIS_EMAIL_URL", "smtp://127.0.0.1:1025")
MAILBOX_BIND = env.text("PARVIS_MAILBOX_BIND", "127.0.0.1:8025")  # the page of `up --mailbox`
EMAIL_FROM = env.sender("PARVIS_EMAIL_FROM", "Parvis <parvis@localhost>")
FILES_URL = env.file_storage("PARVIS_FILES_URL", DATA_DIR / "files")
ACCEL_PREFIX = env.text("PARVIS_ACCEL_PREFIX", "")
UPLOAD_LIMIT_BYTES = env.number("PARVIS_UPLOAD_LIMIT_MB", 200) * 1024 * 1024
WORKSPACE_QUOTA_BYTES = env.number("PARVIS_WORKSPACE_QUOTA_GB", 100) * 1024**3
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
API_REQUESTS_PER_MINUTE = env.number("PARVIS_API_REQUESTS_PER_MINUTE", 600)  # of one token
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["parvis.files.uploads.StreamedUploadHandler"]
FILE_UPLOAD_TEMP_DIR = env.made(DATA_DIR / "incoming")  # /tmp may be a small disk in memory

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What hears what; see the modules for the lists.
SUBSCRIBERS = "parvis.config.subscribers.SUBSCRIBERS"
MESSAGES = "parvis.config.messages.MESSAGES"
CARRIER = "parvis.mail.carrier.MailCarrier"
DUE = "parvis.config.due.DUE"
BLOCKERS = "parvis.config.blockers.BLOCKERS"
CLOSINGS = "parvis.config.closings.CLOSINGS"
OPT_OUTS = "parvis.config.opt_outs.OPT_OUTS"

# What /readyz and `parvis doctor` ask beside database and migrations: () -> complaint, or nothing.
READINESS = {"worker": "parvis.config.readiness.worker"}

LOGGING = env.logging()
