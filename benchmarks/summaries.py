"""Summaries of turns: the hard rules on every turn of minutes, how many turns get a summary, and announced subjects.

    ./todoke bench summaries FOLDER

``FOLDER`` holds minutes (.txt, .json of a council, .docx, .pdf; also in folders below). A file ``questions_NAME.json``
beside ``minutes_NAME.json`` lists the subjects that each questioner announced. A summary that breaks a rule is never
given, so the count of broken ones is a guard; it also asks letter by letter whether the text stands in the file.
"""

import argparse
import json
import platform
import time
from collections import Counter, defaultdict
from pathlib import Path

from todoke.japanese.content_words import content_words
from todoke.meetings.minutes.loader import load
from todoke.meetings.minutes.minutes_structure import MinutesStructure, structure_of
from todoke.meetings.minutes.speeches import Speech
from todoke.meetings.speech.summaries.summary_rules import broken_rules, is_subsequence
from todoke.meetings.speech.summaries.turn_summary import ProposedSummary, TurnKind, propose_summary

KINDS = {".txt", ".json", ".docx", ".pdf"}


def summary_of(turn: Speech, subject: str = "") -> ProposedSummary:
    kind = TurnKind.QUESTION if turn.label.side in {"member", "peer"} else TurnKind.ANSWER
    return propose_summary(turn.lines, kind, subject)


def subject_at(found: MinutesStructure, turn: Speech) -> str:
    """Return the title of the item of the agenda that a turn stands under."""
    return next((item.title for item in reversed(found.agenda) if item.line <= turn.line), "")


def judge(name: str, found: MinutesStructure) -> tuple[int, int, int]:
    """Print and return the turns of minutes, those with a summary, and those that break a rule."""
    reasons: Counter[str] = Counter()
    summed = broken = 0
    for turn in found.turns:
        made = summary_of(turn, subject_at(found, turn))
        if not made.text:
            reasons[made.reason] += 1
            continue
        summed += 1
        raw = "".join(line.raw for line in found.lines if line.number in made.lines)
        broken += bool(broken_rules(made.text, made.cited)) or not is_subsequence(made.text.replace("。", ""), raw)
    print(f"{name}: {len(found.turns)} turns, {summed} with a summary, {broken} break a rule")
    for reason, count in reasons.most_common():
        print(f"    {count:4d} {reason}")
    return len(found.turns), summed, broken


def announced(path: Path, found: MinutesStructure) -> None:
    """Print for how many announced subjects one summary holds at least half of their content words."""
    asked = json.loads(path.read_text(encoding="utf-8"))["questions"]
    names, current = {each["memberName"] for each in asked}, ""
    turns: dict[str, list[Speech]] = defaultdict(list)
    for turn in found.turns:
        name = turn.label.name.replace(" ", "")
        if turn.label.side == "member" and name in names:
            current = name
        if current and turn.label.side != "chair":
            turns[current].append(turn)
    subjects = [(each["memberName"], item["title"]) for each in asked for item in each["items"]]
    hits = 0
    for name, title in subjects:
        wanted = set(content_words(title))
        most = max((len(wanted & set(content_words(summary_of(t, title).text))) for t in turns[name]), default=0)
        hits += 2 * most >= len(wanted)
        if 2 * most < len(wanted):
            print(f"    not found: {title}")
    print(f"    announced subjects with half of their content words in one summary: {hits}/{len(subjects)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    sums, started = [0, 0, 0], time.process_time()
    for path in sorted(each for each in options.folder.rglob("*") if each.suffix in KINDS):
        data = path.read_bytes()
        if path.suffix == ".json" and b'"schedules"' not in data:
            continue
        found = structure_of(load(data))
        for index, value in enumerate(judge(path.name, found)):
            sums[index] += value
        beside = path.with_name(path.name.replace("minutes_", "questions_"))
        if beside != path and beside.exists():
            announced(beside, found)
    turns, summed, broken = sums
    print(f"all: {turns} turns, {summed} with a summary ({summed / max(turns, 1):.0%}), {broken} break a rule")
    print(f"{time.process_time() - started:.1f} s of the processor")


if __name__ == "__main__":
    main()
