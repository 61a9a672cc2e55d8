"""What the web server calls; loaded once in each of its workers."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from parvis.config.cli.lifeline import PARENT_VARIABLE, die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
if parent := os.environ.get(PARENT_VARIABLE):
    die_with_parent(int(parent))

application = get_wsgi_application()

# Read every address now: the first visitor need not wait for it.
for urlconf in (settings.ROOT_URLCONF, settings.PORTAL_URLCONF):
    get_resolver(urlconf).url_patterns  # noqa: B018 - reading it is the point
