"""The validator of open data: its findings against a list that others counted, repairs, and the time of a large file.

./todoke bench open_data FOLDER EXPECTED.csv
FOLDER: CSV files; EXPECTED.csv: rule, file, record, line and column of every defect, counted by other means
"""

import csv
import resource
import sys
import time
from collections import Counter
from itertools import chain
from pathlib import Path

from todoke.insights.open_data.repairs import repair
from todoke.insights.open_data.validator import validate

Place = tuple[str, str, int, int, int]
ROWS = 100_000
HEADER = "市区町村コード,NO,都道府県名,市区町村名,名称,名称_カナ,住所,緯度,経度,電話番号,開始時間,登録日,URL,郵便番号"
ROW = (
    "222127,{0},静岡県,焼津市,本庁舎{0},ホンチョウシャ,焼津市本町2,34.866918,138.323171,054-626-1111,08:30,2025-04-01,"
)
MORE = 26


def main() -> None:
    """Print what is missing and too many, what is left after repair, and the processor time of each part."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder, expected = Path(sys.argv[1]), _expected(Path(sys.argv[2]))
    files = sorted(folder.glob("*.csv"))
    began = time.process_time()
    found = {place for path in files for place in _places(path)}
    seconds = time.process_time() - began
    print(
        f"{len(files)} files in {seconds:.2f} s of processor time: {len(found):,} findings, {len(expected):,} expected"
    )
    for title, places in (("missing", expected - found), ("too many", found - expected)):
        print(f"{title}: {len(places)} {dict(Counter(place[0] for place in places))}")
        for place in sorted(places)[:20]:
            print("  ", *place)
    _repaired(files)
    _large()


def _expected(path: Path) -> set[Place]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            (row["rule"], row["file"], *(int(row[name] or 0) for name in ("record", "line", "column")))  # type: ignore[misc]
            for row in csv.DictReader(file)
        }


def _places(path: Path) -> list[Place]:
    report = validate(path.read_bytes(), path.name)
    return [(one.rule, path.name, one.record, one.line, one.column) for one in report.defects]


def _repaired(files: list[Path]) -> None:
    errors = changed = 0
    for path in files:
        once = repair(path.read_bytes())
        errors += not validate(once.content, path.name).publishable
        changed += repair(once.content).content != once.content
    print(f"repaired: {errors} files with an error left, {changed} files that a second repair changes")


def _large() -> None:
    rest = "https://www.city.yaizu.lg.jp/,425-0022" + ",説明の文" * MORE
    header = HEADER + "".join(f",項目{at}" for at in range(MORE))
    content = b"".join(
        f"{line}\r\n".encode() for line in chain([header], (ROW.format(at) + rest for at in range(ROWS)))
    )
    began = time.process_time()
    report = validate(content, "222127_large.csv")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spent = time.process_time() - began
    print(f"{report.records:,} rows x {report.columns} columns: {spent:.1f} s of processor time, peak {peak:.0f} MB")


if __name__ == "__main__":
    main()
