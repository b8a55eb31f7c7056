"""The program as a proof starts it 検証用の起動: with crash points, and with a planted fault if one is named.

A proof that was never seen to fail proves nothing: ``TODOKE_FAULT`` names a fault of ``planted``. The product itself
has no such switch.
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
