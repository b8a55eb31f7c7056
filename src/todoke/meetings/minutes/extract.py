"""Extract 読取り: speeches, agenda, candidates and defects of minutes. The public interface of this package."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from todoke.meetings.minutes import defects as flaws
from todoke.meetings.minutes.agenda import AgendaEntry, find_agenda
from todoke.meetings.minutes.commitment_candidates import CommitmentCandidate, find_candidate
from todoke.meetings.minutes.defects import MinutesDefect
from todoke.meetings.minutes.heading import Heading, read_heading
from todoke.meetings.minutes.loader import Line, Source, comparison_key, flat, load, numbered
from todoke.meetings.minutes.patterns import ARROW
from todoke.meetings.minutes.result_sections import find_result_sections
from todoke.meetings.minutes.sentences import Sentence, sentences
from todoke.meetings.minutes.speaker_labels import PLAIN_Q
from todoke.meetings.minutes.speeches import Speech, find_speeches

RAISED = re.compile(r"(?P<title>[^。、\n]{4,60}?(?:について|の件)?)(?:を(?:一括して)?|、本件を)議題と(?:いたし|し)")
QUESTION = re.compile(rf"^{PLAIN_Q}\s*\d{{0,3}}$")


@dataclass(frozen=True)
class MinutesExtract:
    """読取りの結果: heading, speeches, agenda, candidates and defects, each with its line."""

    heading: Heading
    speeches: list[Speech]
    agenda: list[AgendaEntry]
    candidates: list[CommitmentCandidate]
    defects: list[MinutesDefect]


def _questions(turns: list[Speech]) -> list[AgendaEntry]:
    """Return the subjects of minutes that are lists of questions, as agenda entries."""
    items = []
    for turn in turns:
        if not QUESTION.match(flat(turn.label.written)) or not turn.text:
            continue
        first = re.split(r"[。?\n]", flat(turn.text))[0]
        pieces = [piece for piece in first.split("、") if not re.search(r"(?:が|ので|けど)$", piece)] or [first]
        subject = re.match(r"^(.{4,60}?(?:について|に関して|の中で|の件))", pieces[0])
        items.append(AgendaEntry(turn.line, turn.label.written, subject[1] if subject else pieces[0][:60], "question"))
    return items


def _raised(turns: list[Speech], agenda: list[AgendaEntry]) -> list[AgendaEntry]:
    """Return items that the chair puts before the meeting (「…についてを議題といたします」) without a heading."""
    items: list[AgendaEntry] = []
    for turn in turns:
        for line in turn.lines:
            match = RAISED.search(line.flat)
            if (
                match is None
                or turn.label.side != "chair"
                or re.search(r"本件|これ|以上|予定表|ただいま|追加", match["title"])
            ):
                continue
            title = re.sub(r"^(?:日程)?第?\d+(?:号)?", "", match["title"])
            known = [comparison_key(each.title) for each in [*agenda, *items]]
            if not any(comparison_key(title) in each or each in comparison_key(title) for each in known):
                items.append(AgendaEntry(line.number, "", title))
    return items


def _with_listed(
    found: list[CommitmentCandidate], listed: list[CommitmentCandidate], taken: frozenset[int]
) -> list[CommitmentCandidate]:
    """Return the candidates in order; in the lines of result sections only those of the section."""
    spoken = [each for each in found if each.line not in taken]
    return sorted([*spoken, *listed], key=lambda each: each.line)


def _parts(
    lines: list[Line], turns: list[Speech], heading: Heading, agenda: list[AgendaEntry]
) -> list[tuple[int, str, list[Sentence]]]:
    spoken = [(i, turn.label.side, sentences(turn.lines)) for i, turn in enumerate(turns)]
    held = {line.number for turn in turns for line in turn.lines} | set(heading.attendance)
    held |= {item.line for item in agenda} | {item.listed for item in agenda if item.listed}
    start = min((turn.line for turn in turns), default=0)
    free = [each for each in lines if each.number not in held and (each.number > start or len(turns) < 2)]
    return [*spoken, (-1, "", sentences(free))]


def _proposals(
    parts: list[tuple[int, str, list[Sentence]]], turns: list[Speech], heading: Heading
) -> list[CommitmentCandidate]:
    found: list[CommitmentCandidate] = []
    answering = next((turn.label.written for turn in turns if turn.label.side == "office"), "")
    among_sections = not any(turn.label.side == "member" for turn in turns)
    for i, side, spoken in parts:
        speaker = turns[i].label.written if i >= 0 else ""
        if side == "office":
            answering = speaker
            side = "peer" if among_sections else side
        arrow = 0
        for sentence in spoken:
            arrow = sentence.line if ARROW.match(sentence.text) else arrow
            side = "office" if i < 0 and arrow == sentence.line else "" if i < 0 else side
            proposal = find_candidate(
                sentence, speaker=speaker, side=side, answering=answering if i >= 0 else "",
                on=heading.on, next_on=heading.next_on, people=heading.names,
            )  # fmt: skip
            if proposal:
                found.append(proposal)
    whole = [
        each
        for each in found
        if each.kind != "decision"
        or not re.match(r"^[ご御]?異議な(?:し|い)(?:もの)?と認めます。?$", each.quote.strip())
    ]
    firm = {each.line for each in whole if each.kind == "decision"}
    found = [each for each in found if each in whole or not firm & set(range(each.line, each.last_line + 3))]
    return sorted(found, key=lambda each: each.line)


def extract(source: Source, on: date | None = None) -> MinutesExtract:
    """Extract what minutes say. ``on`` is the day of the meeting if the minutes do not state it."""
    lines = numbered(source.lines)
    heading = read_heading(lines)
    if on and heading.on is None:
        heading = replace(heading, on=on)
    agenda = find_agenda(lines, heading, frozenset(source.names))
    turns = find_speeches(lines, heading, frozenset(item.line for item in agenda))
    agenda = [item for item in agenda if item.line not in {turn.line for turn in turns}]
    agenda = sorted([*agenda, *_raised(turns, agenda), *_questions(turns)], key=lambda item: item.line)
    parts = _parts(lines, turns, heading, agenda)
    found = flaws.impossible_dates(lines, heading.on) + flaws.impossible_times(lines, heading)
    skip = frozenset({item.line for item in agenda} | set(heading.attendance))
    found += flaws.missing_speakers(lines, turns, skip) + flaws.changed_numbers(parts[:-1])
    listed, taken = find_result_sections(lines, heading.on, heading.next_on)
    proposals = _with_listed(_proposals(parts, turns, heading), listed, taken)
    return MinutesExtract(heading, turns, agenda, proposals, sorted(found, key=lambda d: d.line))


def read_minutes(data: bytes, on: date | None = None) -> tuple[Source, dict[str, Any]]:
    """Return the lines of a file and their extract as plain data. Raises Unreadable."""
    source = load(data)
    return source, as_data(extract(source, on), source)


def extract_bytes(data: bytes, on: date | None = None) -> dict[str, Any]:
    """Load a file and return its extract as plain data. Raises Unreadable."""
    return read_minutes(data, on)[1]


def as_data(found: MinutesExtract, source: Source) -> dict[str, Any]:
    """Return an extract as JSON-ready data; dates are ISO strings, unresolved ones None."""
    heading = found.heading
    return {
        "title": heading.title,
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
                "quote": each.quote,
            }
            for each in found.candidates
        ],
        "defects": [{"kind": d.kind, "line": d.line, "message": d.message, "quote": d.quote} for d in found.defects],
    }  # fmt: skip


def _speaker(turn: Speech, source: Source) -> tuple[str, str]:
    return source.names.get(turn.line) or (turn.label.written, turn.label.role)
