"""Precision and recall of the minutes extractor against the gold list of tests/meetings/gold.

    ./todoke bench minutes [--misses] [--folder PATH]

``--folder`` names further minutes with gold files of the same form beside them.
"""

import argparse
import platform
import time
from datetime import date
from pathlib import Path

from todoke.meetings.minutes.commitment_candidates import CommitmentCandidate
from todoke.meetings.minutes.extract import MinutesExtract, extract
from todoke.meetings.minutes.loader import comparison_key, flat, load

ROOT = Path(__file__).resolve().parents[1]

KINDS = ("decision", "commitment", "request", "continued")


def rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text().splitlines()] if path.exists() else []


def ratio(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.1%}" if whole else "-"


def matches(row: list[str], each: CommitmentCandidate) -> bool:
    words = any(comparison_key(words) in comparison_key(each.quote) for words in row[6].split("|"))
    return each.kind in row[1].split("|") and each.line - 1 <= int(row[0]) <= each.last_line + 1 and words


def speech(name: str, gold: Path, found: MinutesExtract) -> None:
    wanted = {(int(line), comparison_key(who)) for line, who in rows(gold / f"{name}.turns.tsv")}
    got = {(turn.line, comparison_key(turn.label.written)) for turn in found.speeches}
    print(
        f"  turns      precision {ratio(len(wanted & got), len(got))}, recall {ratio(len(wanted & got), len(wanted))}"
    )
    items = rows(gold / f"{name}.agenda.tsv")
    needed = [comparison_key(title) for _, title in items if not title.startswith("(optional)")]
    allowed = [comparison_key(title.removeprefix("(optional)")) for _, title in items]
    titles = [comparison_key(f"{item.number}{item.title}") for item in found.agenda]
    hit = [g for g in needed if any(g in t or t in g for t in titles)]
    right = [t for t in titles if any(g in t or t in g for g in allowed)]
    print(f"  agenda     precision {ratio(len(right), len(titles))}, recall {ratio(len(hit), len(needed))}")


def proposals(name: str, gold: Path, found: MinutesExtract, misses: bool) -> tuple[int, int, int, int]:
    listed = rows(gold / f"{name}.proposals.tsv")
    totals = [0, 0, 0, 0]
    for kind in KINDS:
        needed = [row for row in listed if row[1] == kind and row[2] == "needed"]
        hit = [row for row in needed if any(matches(row, each) for each in found.candidates)]
        got = [each for each in found.candidates if each.kind == kind]
        wrong = [each for each in got if not any(matches(row, each) for row in listed)]
        judged = [e for e in got if e in wrong or any(matches(row, e) for row in needed)]
        precision = ratio(len(judged) - len(wrong), len(judged))
        print(f"  {kind:<10} precision {precision}, recall {ratio(len(hit), len(needed))}")
        for index, value in enumerate((len(hit), len(needed), len(judged) - len(wrong), len(judged))):
            totals[index] += value
        if misses:
            for row in needed:
                if row not in hit:
                    print(f"    missed {row[0]} {row[6]}")
            for each in wrong:
                print(f"    wrong  {each.line} …{each.quote[-60:]}")
    pairs = [(row, each) for row in listed if row[2] == "needed" for each in found.candidates if matches(row, each)]
    owners = [(row, each) for row, each in pairs if row[3]]
    print(f"  owner      {ratio(sum(r[3] == e.owner for r, e in owners), len(owners))}")
    dues = sum(
        (date.fromisoformat(r[5]) if r[5] != "-" else None) == e.due and flat(r[4]) in flat(e.due_text)
        for r, e in pairs
    )
    print(f"  due        {ratio(dues, len(pairs))}")
    return totals[0], totals[1], totals[2], totals[3]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--folder", type=Path, default=ROOT / "tests/meetings")
    options = parser.parse_args()
    print(
        f"Python {platform.python_version()}, {platform.machine()}; a proposal matches by kind, line and quoted words"
    )
    sums = [0, 0, 0, 0]
    for path in sorted((options.folder / "minutes").glob("*.txt")):
        start = time.perf_counter()
        found = extract(load(path.read_bytes()))
        print(f"{path.stem}: {len(found.speeches)} turns, {time.perf_counter() - start:.2f} s")
        speech(path.stem, options.folder / "gold", found)
        for index, value in enumerate(proposals(path.stem, options.folder / "gold", found, options.misses)):
            sums[index] += value
    print(f"all proposals: precision {ratio(sums[2], sums[3])}, recall {ratio(sums[0], sums[1])}")


if __name__ == "__main__":
    main()
