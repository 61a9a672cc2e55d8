"""What the web server calls; loaded once in each of its workers."""

import os

from django.core.wsgi import get_wsgi_application

from parvis.config.cli.lifeline import PARENT_VARIABLE, die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
if parent := os.environ.get(PARENT_VARIABLE):
    die_with_parent(int(parent))

application = get_wsgi_application()
