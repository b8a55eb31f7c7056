"""Waves 順番の入替え: many municipalities are upgraded one after another, and the first failure stops the rest.

A wave is a text file with one environment file a line (``/etc/todoke/a.env``), the trial installation first. Each runs
as a process of its own, so that no key and no address of one is ever in the memory of another.
"""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from todoke.runtime.build_identity import SOURCE
from todoke.runtime.environment import environment_of, owner_file


@dataclass
class WaveReport:
    """What became of a wave (順番の入替えの結果): names of the installations upgraded, failed, and never touched."""

    upgraded: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    untouched: list[str] = field(default_factory=list)


def read_wave(path: Path) -> list[Path]:
    """Return the environment files that a wave names, in order. Raises FileNotFoundError before anything is touched."""
    lines = [line.partition("#")[0].strip() for line in path.read_text().splitlines()]
    files = [path.parent / line for line in lines if line]
    for file in files:
        if not file.is_file():
            raise FileNotFoundError(2, "", str(file))
    return files


def run(files: list[Path], *, say: Callable[[str], object], restart: str = "") -> WaveReport:
    """Upgrade one installation after another; ``{name}`` in ``restart`` is the name of its file."""
    report, names = WaveReport(), [file.stem for file in files]
    for number, file in enumerate(files):
        environment = environment_of(file, owner_file(file)) | {"PYTHONPATH": str(SOURCE.parent)}
        words = ["upgrade", *(["--restart", restart.replace("{name}", file.stem)] if restart else [])]
        command = [sys.executable, "-m", "todoke", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own
        say(f"── {file.stem}\n{done.stdout}{done.stderr}".rstrip())
        if done.returncode:
            report.failed, report.untouched = [file.stem], names[number + 1 :]
            break
        report.upgraded.append(file.stem)
    return report
