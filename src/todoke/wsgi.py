"""The WSGI application that granian or gunicorn serves."""

import os
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "todoke.settings")
django.setup()

from django.db import OperationalError  # noqa: E402 - models need the settings first

from todoke.audit import durability  # noqa: E402 - the same
from todoke.runtime import build_identity  # noqa: E402 - the same
from todoke.runtime.load_shedding import PAGE, LoadShedder  # noqa: E402 - the same
from todoke.runtime.observability import telemetry  # noqa: E402 - the same
from todoke.runtime.read_only_mode import breaker  # noqa: E402 - the same
from todoke.web.build_guard import BuildGuard  # noqa: E402 - the same
from todoke.web.probes import Probes  # noqa: E402 - the same
from todoke.web.warm_up import freeze_program, warm_up  # noqa: E402 - the same

try:
    durability.require()
    build_identity.require()
except OperationalError:
    breaker.trip(timezone.now())
telemetry.start_from_settings()
guard = BuildGuard(get_wsgi_application())
application: Any = guard
if settings.WORKING_THREADS:
    queue = settings.WORKING_THREADS * 8
    application = LoadShedder(application, workers=settings.WORKING_THREADS, queue=queue, page=PAGE)
application = Probes(application, check=guard.check)

import_module(settings.ROOT_URLCONF)
freeze_program()


def load_pages() -> None:
    """Have the memory that pages take ready before processes are forked; connections are left open."""
    warm_up(guard)
    freeze_program()
