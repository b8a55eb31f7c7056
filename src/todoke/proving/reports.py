"""Verdicts 検証の判定: how a proof says on which machine it ran, and what it found."""

import platform
from collections.abc import Sequence

from django.core.management.base import BaseCommand, CommandError

SHOWN = 30


def machine(on: str) -> str:
    """Return the machine, the version of Python, and what the proof ran on."""
    return f"{platform.platform()}, Python {platform.python_version()}, {on}"


def conclude(command: BaseCommand, problems: Sequence[str], *, refused: str, clean: str) -> None:
    """Write the first problems and raise CommandError with ``refused``, or write ``clean`` where there are none."""
    for problem in problems[:SHOWN]:
        command.stdout.write(f"  {problem}")
    if problems:
        raise CommandError(refused)
    command.stdout.write(clean)
