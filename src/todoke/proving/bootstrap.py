"""WSGI entry point of a proof 検証用の起動: the product with crash points, and a mutant if ``TODOKE_FAULT`` names one.

A proof that never failed shows nothing, so every proof is run against ``mutants`` too. The product has no such switch.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "todoke.settings")
django.setup()

from todoke import wsgi  # noqa: E402 - models need the settings first
from todoke.proving import crash_points  # noqa: E402 - the same
from todoke.proving.mutants import FAULTS  # noqa: E402 - the same

crash_points.install()
if fault := os.environ.get("TODOKE_FAULT"):
    FAULTS[fault]()
application = wsgi.application
