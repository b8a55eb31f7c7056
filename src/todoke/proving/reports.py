"""Output of a proof 検証の判定: the machine it ran on, and the problems it found."""

import platform
from collections.abc import Sequence

from django.core.management.base import BaseCommand, CommandError

SHOWN = 30


def machine_line(on: str) -> str:
    """Return one line: machine, Python version, and what the proof ran on."""
    return f"{platform.platform()}, Python {platform.python_version()}, {on}"


def conclude(command: BaseCommand, problems: Sequence[str], *, refused: str, clean: str) -> None:
    """Write the first problems and raise CommandError with ``refused``; without problems write ``clean``."""
    for problem in problems[:SHOWN]:
        command.stdout.write(f"  {problem}")
    if problems:
        raise CommandError(refused)
    command.stdout.write(clean)
