"""The commands of ``./todoke``: each is a management command of the app that owns the work."""

import os
import sys

import django
from django.core.management import execute_from_command_line

from todoke.runtime.command_list import command_list, is_asked


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "todoke.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("TODOKE_DEMO", "1")
    if is_asked(sys.argv[1:]):
        django.setup()
        sys.stdout.write(f"{command_list()}\n")
        return
    execute_from_command_line(["./todoke", *sys.argv[1:]])


if __name__ == "__main__":
    main()
