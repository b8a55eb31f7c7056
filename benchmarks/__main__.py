"""``./todoke bench NAME``: the settings of a measurement are chosen, then it is loaded; its folder goes when it ends.

Settings are read when Django is loaded, so they must be chosen before a measurement imports anything of the program.
"""

import os
import runpy
import sys
import tempfile
from pathlib import Path

import django

SETTINGS: dict[str, dict[str, str]] = {
    "admissions_page": {"TODOKE_DEMO": "1", "TODOKE_HOSTS": "testserver"},
    "api_schema": {"TODOKE_DEMO": "1", "TODOKE_HOSTS": "testserver,127.0.0.1", "TODOKE_HTTPS": "0"},
    "attendance": {},
    "answers_export": {"TODOKE_DEMO": "1", "TODOKE_HOSTS": "testserver"},
    "approvals_replay": {"TODOKE_DATABASE": "sqlite:///:memory:"},
    "bookings": {"TODOKE_NOTICES": "mailbox", "TODOKE_HTTPS": "0", "TODOKE_HOSTS": "testserver"},
    "bookings_noon": {"TODOKE_NOTICES": "mailbox"},
    "cases": {"TODOKE_DEMO": "1", "TODOKE_HOSTS": "testserver"},
    "contacts": {"TODOKE_DEMO": "1", "TODOKE_HOSTS": "testserver"},
    "crowding": {"TODOKE_DEMO": "1", "TODOKE_HOSTS": "testserver,127.0.0.1"},
    "day_close": {},
    "faces": {"TODOKE_DEMO": "1", "TODOKE_HOSTS": "testserver"},
    "forms_at_size": {},
    "growth": {"TODOKE_DEMO": "1", "TODOKE_HOSTS": "testserver"},
    "guidance": {},
    "hostile_audio": {},
    "inventory": {"TODOKE_DEMO": "1"},
    "minutes": {},
    "minutes_classifier": {},
    "mutation": {},
    "open_data": {},
    "points": {},
    "parcels": {"TODOKE_HOSTS": "testserver"},
    "ranking": {"TODOKE_DEMO": "1", "TODOKE_HOSTS": "testserver"},
    "restore": {},
    "round_trip": {"TODOKE_DEMO": "1"},
    "scans": {},
    "speech": {},
    "summaries": {},
    "surge": {},
    "voices": {"TODOKE_DEMO": "1", "TODOKE_HOSTS": "testserver"},
    "tables": {},
    "surge_cost": {"TODOKE_HTTPS": "0", "TODOKE_NOTICES": "mailbox"},
}


def main() -> None:
    """Run a measurement of the program in a folder of its own; what the environment says otherwise stays."""
    name, sys.argv = sys.argv[1], sys.argv[1:]
    room = os.environ.get("TODOKE_BENCH_ROOM")
    with tempfile.TemporaryDirectory(prefix="todoke-bench-", dir=room, ignore_cleanup_errors=True) as place:
        if name in SETTINGS:
            here = Path(place, "here")
            here.mkdir()
            chosen = {"DJANGO_SETTINGS_MODULE": "todoke.settings", "TODOKE_VAR": str(here)}
            os.environ.update({**SETTINGS[name], **os.environ, **chosen})
        if "DJANGO_SETTINGS_MODULE" in os.environ:
            django.setup()
        runpy.run_module(f"benchmarks.{name}", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
