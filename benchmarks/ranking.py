"""The order of all 3,098 procedures, anew for every move of a weight.

./todoke bench ranking
"""

import os
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from django.core.management import call_command
from django.test import Client
from tests import cast

import todoke.wsgi  # noqa: F401 - garbage is collected as in the server
from todoke.accounts.actors import System
from todoke.board.views.priorities import TOP, WITHIN
from todoke.procedures.imports import importer
from todoke.roadmaps.ranking import PARTS, Weights, ranked_rows, scores, stable_top
from todoke.roadmaps.ranking_inputs import ranking_inputs

SHIPPED = Path(__file__).resolve().parents[1] / "src/todoke/procedures/data/national_survey_r6_city_halls.csv"
MOVES, LIMIT = 40, 200


def main() -> None:
    print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
    call_command("migrate", verbosity=0)
    importer.import_file(SHIPPED, by=System("計測"), good_rows_only=True)
    chance, desk = Random(7), Client()
    desk.force_login(cast.headquarters())
    moves = [{name: chance.randint(0, 100) + 1 for name in PARTS} for _ in range(MOVES)]
    found = ranking_inputs().parts
    print(f"method: {len(found):,} procedures of the national survey, {MOVES} random settings of the four weights\n")
    tell("the order alone", lambda move: ranked_rows(scores(found, Weights(**move))), moves)
    tell(f"the whole page (limit {LIMIT} ms)", lambda move: page(desk, move), moves)
    tell(
        f"with what stays in the first {TOP}",
        lambda move: stable_top(found, Weights(**move), top=TOP, within=WITHIN),
        moves,
    )


def page(desk: Client, move: dict[str, int]) -> None:
    answer = desk.get("/board/priorities/", move)
    assert answer.status_code == 200, answer.status_code
    assert answer.content.count(b"P-0") >= 100


def tell(name: str, act: Callable[[dict[str, int]], object], moves: list[dict[str, int]]) -> None:
    act(moves[0])
    times = []
    for move in moves:
        began = time.perf_counter()
        act(move)
        times.append((time.perf_counter() - began) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{name}: median {statistics.median(times):.0f} ms, p95 {p95:.0f} ms")


if __name__ == "__main__":
    main()
