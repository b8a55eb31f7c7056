"""Exploring a table of 200,000 rows: import of the file, then each drawing, by the clock of one process.

./todoke bench tables
"""

import io
import random
import time
from datetime import date, timedelta

import polars as pl

from todoke.insights.tables.chart_question import ChartQuestion
from todoke.insights.tables.exploration import explore
from todoke.insights.tables.table_import import import_table

ROWS = 200_000
QUESTIONS: list[dict[str, str]] = [
    {"by": "受付日", "drawing": "lines"},
    {"by": "受付日", "also": "区分", "figure": "mean", "of": "日数", "drawing": "multiples"},
    {"by": "課", "figure": "median", "of": "日数"},
    {"by": "課", "figure": "rate", "of": "電子", "over": "全体"},
    {"by": "年代", "also": "区分", "drawing": "shares", "column1": "課", "value1": "課3"},
]


def main() -> None:
    """Print the seconds of the import and of each question, read from the packed file as a page does."""
    content = _content()
    began = time.perf_counter()
    table = import_table(content)
    print(f"{table.rows:,} rows x {len(table.columns)} columns imported in {time.perf_counter() - began:.2f} s")
    kinds = {each.name: each.kind for each in table.columns}
    for people in (False, True):
        slowest = 0.0
        for given in QUESTIONS:
            asked = ChartQuestion.read(given, kinds)
            began = time.perf_counter()
            used = {asked.by, asked.also, asked.of, asked.over, *(each.column for each in asked.filters)} - {""}
            frame = pl.read_parquet(io.BytesIO(table.packed), columns=sorted(used))
            found = explore(frame, asked, kinds, people=people)
            took = time.perf_counter() - began
            slowest = max(slowest, took)
            print(
                f"  {'people' if people else 'things'} {asked.words(kinds)}: {len(found.points)} points, {took:.3f} s"
            )
        print(f"slowest: {slowest:.3f} s")


def _content() -> bytes:
    rng = random.Random(5)
    first = date(2024, 4, 1)
    lines = ["番号,受付日,課,区分,年代,日数,電子,全体,備考1,備考2"]
    lines += [
        f"N{n},{first + timedelta(days=rng.randrange(730))},課{rng.randrange(20)},{rng.choice('甲乙丙丁')},"
        f"{rng.randrange(2, 9)}0代,{rng.randrange(1, 60)},{rng.randrange(2)},1,備考,"
        for n in range(ROWS)
    ]
    return "\r\n".join(lines).encode()


if __name__ == "__main__":
    main()
