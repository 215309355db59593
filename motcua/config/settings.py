"""Every setting, read once from the environment. The comment beside each says who sets it."""

import os

from motcua.config import database

PROJECT = database.PROJECT
VAR = database.var_folder()  # operator, MOTCUA_VAR: where the embedded database, files and mail live

# --- what kind of place this is --------------------------------------------------------------------------------------
DEMO = os.environ.get("MOTCUA_DEMO", "1") == "1"  # operator: 0 in production; 1 lists invented officers at sign-in
PROVINCE_NAME = os.environ.get("MOTCUA_PROVINCE", "Thành phố Huế")  # operator: stands in the bar of every page
HOTLINE = os.environ.get("MOTCUA_HOTLINE", "1022")  # operator: whom to call for help; empty = no number is shown
FEE_ACCOUNT = os.environ.get("MOTCUA_FEE_ACCOUNT", "")  # operator: where fees are paid to; the workshop asks for it
DEBUG = os.environ.get("MOTCUA_DEBUG", "0") == "1"  # developer only
SECRET_KEY = os.environ.get("MOTCUA_SECRET_KEY") or database.local_secret(VAR)  # operator; made once in var/ otherwise
ALLOWED_HOSTS = os.environ.get("MOTCUA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")  # operator: the public names
HTTPS = os.environ.get("MOTCUA_HTTPS", "0") == "1"  # operator: 1 behind TLS; turns on secure cookies, HSTS, redirects
SITE_URL = os.environ.get("MOTCUA_SITE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")  # operator: in QR
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- database: one engine; DATABASE_URL names another PostgreSQL -----------------------------------------------------
DATABASES = {"default": database.configuration(os.environ.get("DATABASE_URL", ""))}  # operator
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counts of attempts (signing in, tracking) must hold for every process and machine; motcua.base's migration makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "motcua_cache",
        "TIMEOUT": 15 * 60,  # also what counting one more (`incr`) prolongs a count to
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

INSTALLED_APPS = [
    "motcua.base",
    "motcua.people",
    "motcua.catalogue",
    "motcua.documents",
    "motcua.dossiers",
    "motcua.notices",
    "motcua.web",
    "motcua.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "motcua.config.admin_app.AdministrationConfig",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "motcua.web.shared.security.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "motcua.web.shared.display.OfficersReadVietnamese",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "motcua.web.shared.uploads.turn_away_giants",
]

ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "motcua" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.web.shared.context.place",
            ],
            "builtins": [
                "motcua.web.templatetags.motcua",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

# --- language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PROJECT / "motcua" / "locale"]
FORMAT_MODULE_PATH = "motcua.config.formats"  # 01/07 is the first of July
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- sign-in ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "motcua.people.admin_rights.PostBackend",  # who may administer what: from posts
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "motcua.people.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "motcua.people.passwords.NotCommon"},
]
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/sau-dang-nhap/"
ACCOUNT_ADAPTER = "motcua.web.shared.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone", "email", "password1*"]
ACCOUNT_FORMS = {
    "login": "motcua.web.shared.sign_in_forms.SignIn",
    "signup": "motcua.web.shared.sign_in_forms.SignUp",
    "change_password": "motcua.web.shared.sign_in_forms.ChangePassword",
    "reset_password": "motcua.web.shared.sign_in_forms.ResetPassword",
    "reset_password_from_key": "motcua.web.shared.sign_in_forms.ResetPasswordFromKey",
}
ACCOUNT_EMAIL_VERIFICATION = "none"  # issue 2 signs people in by password; VNeID (OpenID Connect) comes through allauth
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "signup": "20/m/ip"}

SESSION_COOKIE_AGE = 4 * 3600  # an unattended counter signs itself out; drafts survive it
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # no page of ours is framed; papers, which the desk shows in one, allow it themselves

# --- files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = PROJECT / "motcua" / "web" / "assets" / "collected"
STATICFILES_DIRS = [PROJECT / "motcua" / "web" / "static", PROJECT / "motcua" / "web" / "assets" / "built"]
MEDIA_ROOT = VAR / "files"  # never served by a URL of its own; pages hand files out after an access check
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Served compressed and kept by browsers for good: a changed file gets a new name. `make run` collects them.
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
PAPER_MAX_BYTES = int(os.environ.get("MOTCUA_PAPER_MAX_BYTES", 20 * 1024 * 1024))  # operator: per file; verify

# --- mail ------------------------------------------------------------------------------------------------------------
EMAIL_HOST = os.environ.get("MOTCUA_SMTP_HOST", "")  # operator: empty = letters are written into var/mail
EMAIL_PORT = int(os.environ.get("MOTCUA_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("MOTCUA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MOTCUA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("MOTCUA_SMTP_TLS", "0") == "1"
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("MOTCUA_MAIL_FROM", "motcua@localhost")

# --- work in the background ------------------------------------------------------------------------------------------
SUBSCRIPTIONS = "motcua.config.subscriptions.SUBSCRIPTIONS"
PROCRASTINATE_ON_APP_READY = None
PROCRASTINATE_IMPORT_PATHS = ["motcua.notices.listener", "motcua.config.timed"]

# --- law that may change: defaults, with their source ----------------------------------------------------------------
RECEPTION_HOURS = 8  # working, to accept, ask or refuse what came online; NĐ 45/2020 [docs/rules.md, Clock: verify]
HAND_OVER_CUTOFF = "15:00"  # NĐ 309/2026 Điều 9
SUPPLEMENT_DAYS = 7  # working, the citizen's own term for each request; FAQ K9 [docs/rules.md, Clock: verify]
REMINDER_DAYS = 2  # working days before that term ends; ours
REQUESTS_UNAPPROVED = 1  # after acceptance; NĐ 61/2018, 107/2021, QĐ 766 [docs/rules.md, Requests for papers: verify]
REPLY_DAYS = 3  # for opinions and verifications of other units; hộ tịch verification [docs/rules.md, Clock: verify]
LEG_DAYS = 5  # of a part sent to another agency, where its procedure sets no term; ours [docs/rules.md, Liên thông]
CENTRAL_REMINDER_DAYS = 5  # between two reminders of what a central agency has not answered; ours [the same]
EXTENSIONS_ALLOWED = 1  # NĐ 61/2018 [docs/rules.md, T19: verify]
EXTENSION_LEAD_DAYS = 1  # Mẫu 04 at least a day before the due moment; NĐ 61/2018 [docs/rules.md, T19: verify]
QUIET_DAYS = 10  # working days without an event where the law gives no term; ours [docs/rules.md, Clock]
VISIT_REMINDER_HOURS = 24  # before an appointment on site; ours
VISITS_ALLOWED = 2  # appointments that failed before no more are offered; ours
EXTENSION_DAYS = 3  # of the system's own draft; the leader decides; ours

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "motcua.config.discretion.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": os.environ.get("MOTCUA_LOG", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = ["account.W001"]  # phone or email: the form asks for one of the two
