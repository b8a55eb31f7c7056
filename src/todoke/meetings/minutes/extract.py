"""Extract 読取り: speeches, agenda, candidates and defects of minutes. The public interface of this package."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from todoke.meetings.minutes import defects as flaws
from todoke.meetings.minutes.agenda import AgendaEntry
from todoke.meetings.minutes.candidate_selection import select_candidates
from todoke.meetings.minutes.commitment_candidates import CommitmentCandidate
from todoke.meetings.minutes.defects import MinutesDefect
from todoke.meetings.minutes.feature_labels import reason_words
from todoke.meetings.minutes.heading import Heading
from todoke.meetings.minutes.loader import Source, load
from todoke.meetings.minutes.minutes_structure import structure_of
from todoke.meetings.minutes.sentence_classifier import SentenceClassifier, shipped_classifier
from todoke.meetings.minutes.speeches import Speech


@dataclass(frozen=True)
class MinutesExtract:
    """読取りの結果: heading, speeches, agenda, candidates and defects, each with its line.

    ``classifier`` names the weights that judged, by their SHA-256.
    """

    heading: Heading
    speeches: list[Speech]
    agenda: list[AgendaEntry]
    candidates: list[CommitmentCandidate]
    defects: list[MinutesDefect]
    classifier: str = ""


def extract(source: Source, on: date | None = None, classifier: SentenceClassifier | None = None) -> MinutesExtract:
    """Extract what minutes say. ``on`` is the day of the meeting if the minutes do not state it.

    ``classifier`` decides what a sentence holds; the one that the program comes with where none is given.
    """
    found = structure_of(source, on)
    lines, heading = found.lines, found.heading
    skip = frozenset({item.line for item in found.agenda} | set(heading.attendance))
    doubts = flaws.impossible_dates(lines, heading.on) + flaws.impossible_times(lines, heading)
    doubts += flaws.missing_speakers(lines, found.turns, skip) + flaws.changed_numbers(found.parts[:-1])
    judge = classifier or shipped_classifier()
    doubts = sorted(flaws.one_for_each_cause(doubts), key=lambda d: d.line)
    return MinutesExtract(heading, found.turns, found.agenda, select_candidates(found, judge), doubts, judge.digest)


def read_minutes(data: bytes, on: date | None = None, weights: str = "") -> tuple[Source, dict[str, Any]]:
    """Return the lines of a file and their extract as plain data. Raises Unreadable.

    ``weights`` are those of the municipality's own classifier, as written; "" is the one the program comes with.
    """
    source = load(data)
    classifier = SentenceClassifier.from_text(weights) if weights else None
    return source, as_data(extract(source, on, classifier), source)


def extract_bytes(data: bytes, on: date | None = None, weights: str = "") -> dict[str, Any]:
    """Load a file and return its extract as plain data. Raises Unreadable."""
    return read_minutes(data, on, weights)[1]


def as_data(found: MinutesExtract, source: Source) -> dict[str, Any]:
    """Return an extract as JSON-ready data; dates are ISO strings, unresolved ones None."""
    heading = found.heading
    return {
        "title": heading.title,
        "classifier": found.classifier,
        "date": heading.on.isoformat() if heading.on else None,
        "starts": heading.starts.isoformat("minutes") if heading.starts else None,
        "ends": heading.ends.isoformat("minutes") if heading.ends else None,
        "next_meeting": heading.next_on.isoformat() if heading.next_on else None,
        "speakers": list(dict.fromkeys(_speaker(turn, source)[0] for turn in found.speeches)),
        "turns": [
            {"line": turn.line, "speaker": name, "role": role, "side": turn.label.side, "text": turn.text}
            for turn in found.speeches
            for name, role in [_speaker(turn, source)]
        ],
        "agenda": [
            {"line": item.line, "number": item.number, "title": item.title, "kind": item.kind, "listed": item.listed}
            for item in found.agenda
        ],
        "proposals": [
            {
                "kind": each.kind, "what": each.what, "owner": each.owner, "due_text": each.due_text,
                "due": each.due.isoformat() if each.due else None, "line": each.line, "last_line": each.last_line,
                "quote": each.quote, "probability": round(each.probability, 3), "reasons": reason_words(each.reasons),
            }
            for each in found.candidates
        ],
        "defects": [{"kind": d.kind, "line": d.line, "message": d.message, "quote": d.quote} for d in found.defects],
    }  # fmt: skip


def _speaker(turn: Speech, source: Source) -> tuple[str, str]:
    return source.names.get(turn.line) or (turn.label.written, turn.label.role)
