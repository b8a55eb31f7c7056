"""The roadmap: three years, twenty departments, real burdens of the national survey, staff-months made up by us.

./todoke bench roadmap [PROCEDURES ...]    how many procedures compete (default: 200 300 400)
"""

import csv
import os
import platform
import sys
import unicodedata
from dataclasses import replace
from math import ceil
from pathlib import Path
from random import Random
from zlib import crc32

from todoke.roadmaps.heuristic import greedy, optimize
from todoke.roadmaps.problem import Problem, Work

ROOT = Path(__file__).resolve().parents[1]

SHIPPED = ROOT / "src/todoke/procedures/data/national_survey_r6_city_halls.csv"
QUARTERS, DEPARTMENTS, SHARE = 12, 20, 0.0021
VISIT, PAPER, WRITING = 60, 20, 5
LIMIT = 10


def main() -> None:
    print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.platform()}")
    print(
        f"method: the heaviest of the 3,098 real procedures for each staff-month, dealt to {DEPARTMENTS} departments;"
    )
    print("staff-months, lengths, ordinances and dependencies are made up by rule; one run each, one thread\n")
    for number in [int(text) for text in sys.argv[1:]] or [200, 300, 400]:
        for words, months in (("beside the day job", 1.2), ("with a team", 2.5)):
            measure(f"{number} procedures, {words}", made(number, months))
    measure("300 made-up procedures of like weight, beside the day job", alike(300))


def measure(name: str, problem: Problem) -> None:
    simple, best = greedy(problem), optimize(problem)
    print(
        f"{name}: {best.seconds:.1f} s (limit {LIMIT} s), gap {best.gap:.2%}, "
        f"{best.relieved / simple.relieved - 1:+.2%} against greedy "
        f"({best.relieved / 60:,.0f} h against {simple.relieved / 60:,.0f} h), "
        f"{len(best.starts)} fit (greedy {len(simple.starts)})"
    )
    assert best.seconds <= LIMIT
    assert best.relieved >= simple.relieved


def made(number: int, months: float) -> Problem:
    """The heaviest procedures by staff-month, as a problem of three years."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["手続類型"].startswith("1 ") and row["総手続件数"]]
    weighed = sorted((weigh(row) for row in rows), key=lambda each: -each[0] / each[1])[:number]
    works = [
        Work(
            str(at), f"section {section:02}", effort, ceil(effort), burden / 4, shared=effort * 0.3,
            ready=2 if at % 9 == 0 else 4 if at % 11 == 0 else 0,
            after=(str(at - DEPARTMENTS),) if at % 10 == 7 and at >= DEPARTMENTS else (),
        )
        for at, (burden, effort, section) in enumerate(weighed)
    ]  # fmt: skip
    busy = [0.5 if quarter % 4 in {0, 3} else 1.0 for quarter in range(QUARTERS)]
    capacity = {f"section {at:02}": [months * part for part in busy] for at in range(DEPARTMENTS)}
    return Problem(QUARTERS, {**capacity, "shared": [months * 6 * part for part in busy]}, works, "shared")


def alike(number: int) -> Problem:
    """Made-up procedures whose burdens differ a hundredfold only, so that the choice is hard."""
    chance = Random(7)
    works = [
        Work(
            str(at), f"section {at % DEPARTMENTS:02}", effort, ceil(effort), 10 ** chance.uniform(4, 6),
            shared=effort * 0.3, ready=chance.choice([0, 0, 0, 0, 2, 4]),
            after=(str(chance.randrange(at)),) if at and chance.random() < 0.15 else (),
        )
        for at in range(number)
        for effort in [chance.choice([1, 1.4, 2, 2.6, 3.2, 4, 5.5])]
    ]  # fmt: skip
    return replace(made(1, 1.2), works=works)


def weigh(row: dict[str, str]) -> tuple[float, float, int]:
    """Minutes a year in a ward of 260,000 people, staff-months by the product's own rule, and a section for its law."""
    count = int(unicodedata.normalize("NFKC", row["総手続件数"]).replace(",", "") or 0)
    papers = len([text for text in row["申請時に添付させる書類"].split(";") if text.strip() and "なし" not in text])
    asked = len([text for text in row["申請書等に記載させる情報"].split(";") if text.strip()])
    minutes = VISIT + papers * PAPER + asked * WRITING
    fee = 30 if row["手数料等の納付有無"].startswith("2") else 0
    seals = 20 if "押印" in row["申請等における本人確認手法"] else 0
    return count * SHARE * minutes, round(1 + (papers * 10 + fee) / 50 + seals / 40, 1), section_of(row["法令名"])


def section_of(law: str) -> int:
    return crc32(law.encode()) % DEPARTMENTS


if __name__ == "__main__":
    main()
