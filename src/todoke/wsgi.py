"""The WSGI door that granian or gunicorn opens."""

import gc
import os

import django
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "todoke.settings")
django.setup()

from todoke.audit import durability  # noqa: E402 - models need the settings first

durability.require()
application = get_wsgi_application()

gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
