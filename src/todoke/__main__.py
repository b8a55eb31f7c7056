"""The commands of ``./todoke``: each is a management command of the app that owns the work."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "todoke.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("TODOKE_DEMO", "1")
    execute_from_command_line(["./todoke", *sys.argv[1:]])


if __name__ == "__main__":
    main()
