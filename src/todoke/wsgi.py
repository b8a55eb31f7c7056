"""The WSGI door that granian or gunicorn opens."""

import gc
import os

import django
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "todoke.settings")
django.setup()

from django.db import OperationalError  # noqa: E402 - models need the settings first

from todoke.audit import durability  # noqa: E402 - the same
from todoke.operation.mode import breaker  # noqa: E402 - the same

try:
    durability.require()
except OperationalError:
    breaker.trip(timezone.now())
application = get_wsgi_application()

gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
