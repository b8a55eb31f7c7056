"""How the cost of the heaviest pages of the staff grows with the data: processor time at ×1, ×10 and ×100.

./todoke bench growth [--closed 200000] [--rounds 5] [--wanted '["office:proposals?view=all (headquarters)", …]']

At ×100 stands the ward of ``faces`` with so many closed cases; ×1 has a hundredth of everything. Every address is asked
at ×100, the ten that take most of the processor (one for each page), or the wanted ones alone, also at ×10 and ×1, each
size in a database of its own. The slope is that of the logarithms: 0 where data costs nothing, 1 where ten times the
data cost ten times as much. The remarks above the figures in the result are written by hand and stay.
"""

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from benchmarks import faces, faces_ward
from benchmarks.faces import Face
from todoke.japanese.calendar import today
from todoke.web.warm_up import freeze_program, warm_up

FACTORS, HEAVIEST, WIDTH = (100, 10, 1), 10, 60
WARD = {"open_cases": 1000, "procedures": 750, "contacts": 2000, "arrivals": 250, "audit": 10_000}
"""A hundredth of the ward of ``faces``."""
RESULT, FIGURES = Path(__file__).parent / "results" / "growth.md", "## Figures\n"
Times = dict[str, float]
"""Milliseconds of the processor by ``address``."""


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--closed", type=int, default=200_000, help="closed cases at ×100")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--factor", type=int, default=0, help="measure this size alone and print JSON")
    asked.add_argument("--wanted", default="", help="addresses to measure, as JSON; else the heaviest")
    wish = asked.parse_args()
    if wish.factor:
        with faces.light_settings():
            print(json.dumps(_measured(wish)))
        return
    found: dict[int, Times] = {}
    for factor in FACTORS:
        wanted = json.dumps(list(found[FACTORS[0]])) if found else wish.wanted
        found[factor] = _in_a_process(wish, factor, wanted)
    text = _report(found, wish)
    print(text)
    RESULT.write_text(RESULT.read_text().partition(FIGURES)[0] + text)


def _in_a_process(wish: argparse.Namespace, factor: int, wanted: str) -> Times:
    """Measure one size in a database of its own."""
    words = ["--closed", wish.closed, "--rounds", wish.rounds, "--factor", factor, "--wanted", wanted]
    command = [sys.executable, "-m", "benchmarks", "growth", *map(str, words)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    times: Times = json.loads(done.stdout.splitlines()[-1])
    return times


def _measured(wish: argparse.Namespace) -> Times:
    """Build, fill, ask, and return the times of the wanted addresses, or of the heaviest."""
    call_command("migrate", verbosity=0)
    here = faces_ward.build()
    faces.put_below_the_bureau()
    warm_up(get_wsgi_application())
    freeze_program()  # as the server does before it answers
    wanted = set(json.loads(wish.wanted or "[]"))
    asked = [face for face in faces.addresses(here) if not wanted or _address(face) in wanted]
    sizes = {name: size * wish.factor for name, size in WARD.items()}
    faces_ward.fill(here, closed=wish.closed * wish.factor // FACTORS[0], **sizes)
    faces.put_below_the_bureau()
    found = faces.ask(here, asked, timed=True, counted=False)
    chosen = found if wanted else _heaviest(found)
    for face in chosen:
        face.processor.clear()
    for _ in range(wish.rounds):
        faces.ask(here, chosen, timed=True, counted=False)
    return {_address(face): round(statistics.median(face.processor), 1) for face in chosen}


def _heaviest(found: list[Face]) -> list[Face]:
    """Return the ten pages that took most of the processor, each in its heaviest way."""
    by_name: dict[str, Face] = {}
    for face in sorted(found, key=lambda face: -face.processor[0]):
        by_name.setdefault(face.name, face)
    return list(by_name.values())[:HEAVIEST]


def _address(face: Face) -> str:
    """Return what is the same at every size: the name of the page, who asks, and how."""
    query = face.path.partition("?")[2]
    return f"{face.name}{'?' if query else ''}{query} ({face.role})"


def _report(found: dict[int, Times], wish: argparse.Namespace) -> str:
    factors = sorted(found)
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end, SQLite"
    versions = f"Python {platform.python_version()}, Django {django.__version__}"
    lines = [
        FIGURES,
        f"`./todoke bench growth --closed {wish.closed}{' --wanted …' if wish.wanted else ''}`,",
        f"{today().isoformat()}: {machine}, {versions}. Milliseconds of the processor,",
        f"median of {wish.rounds}. ×100: 100,000 open and {wish.closed:,} closed cases, 75,000 procedures,",
        "200,000 contacts, 25,000 arrivals, 1,000,000 entries of the trail; everybody is invented.", "",
        f"| page (asked by) | {' | '.join(f'×{factor}' for factor in factors)} | slope |", "|---|---|---|---|---|",
    ]  # fmt: skip
    largest = max(max(times.values()) for times in found.values())
    drawn = []
    for address in found[FACTORS[0]]:
        times = [found[factor].get(address, math.nan) for factor in factors]
        slope = math.log10(times[-1] / times[0]) / math.log10(factors[-1] / factors[0])
        lines.append(f"| {address} | {' | '.join(f'{time:.1f}' for time in times)} | {slope:.2f} |")
        drawn.append(address)
        drawn += [
            f"  ×{factor:<4}{_bar(time, largest)} {time:.0f}" for factor, time in zip(factors, times, strict=True)
        ]
    return "\n".join([*lines, "", "```", *drawn, "```", ""])


def _bar(time: float, largest: float) -> str:
    return "" if math.isnan(time) else "█" * max(1, round(time / largest * WIDTH))


if __name__ == "__main__":
    main()
