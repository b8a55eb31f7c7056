"""The commands of ``./todoke``: each is a management command of the app that owns the work."""

import os
import sys
from importlib import import_module

import django
from django.apps import apps
from django.core.management import execute_from_command_line

from todoke.demo.processes import set_addresses
from todoke.runtime.command_list import command_list, is_asked


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "todoke.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("TODOKE_DEMO", "1")
        set_addresses(sys.argv[2:])
    if is_asked(sys.argv[1:]):
        django.setup()
        sys.stdout.write(f"{command_list()}\n")
        return
    try:
        execute_from_command_line(["./todoke", *sys.argv[1:]])
    except Exception as problem:
        said = _sentence(problem)
        if not said or os.environ.get("TODOKE_DEBUG"):
            raise
        sys.exit(said)


def _sentence(problem: Exception) -> str:
    """Return what is missing on this installation; "" for a fault of the program."""
    if apps.ready:
        return str(import_module("todoke.web.startup_problems").sentence(problem))
    return f"設定を読めません({problem})。環境変数 TODOKE_… と、その指す先を確かめてください。"


if __name__ == "__main__":
    main()
