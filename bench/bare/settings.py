"""Settings of the bare project: the same SQLite options as ours, and nothing else."""

import os
from pathlib import Path

from parvis.config import environment as env

SECRET_KEY = "bench" * 10
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.bare.urls"
WSGI_APPLICATION = "bench.bare.wsgi.application"
INSTALLED_APPS = ["bench.bare"]
MIDDLEWARE: list[str] = []
DATABASES = {"default": env.database("BENCH_BARE_DATABASE", Path(os.environ["BENCH_BARE_FILE"]))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
LANGUAGE_CODE = "en"
USE_TZ = True
