"""Structure 会議録の組立て: lines, heading, agenda, speeches and sentences of minutes, before anything is judged."""

import re
from dataclasses import dataclass, replace
from datetime import date

from todoke.meetings.minutes.agenda import AgendaEntry, find_agenda
from todoke.meetings.minutes.heading import Heading, read_heading
from todoke.meetings.minutes.loader import Line, Source, comparison_key, flat, numbered
from todoke.meetings.minutes.sentence_context import SentenceContext, contexts_of
from todoke.meetings.minutes.sentences import Sentence, sentences
from todoke.meetings.minutes.speaker_labels import PLAIN_Q
from todoke.meetings.minutes.speeches import INTERJECTION, Speech, find_speeches, is_note
from todoke.meetings.minutes.table_columns import find_table_rows, with_tabs

RAISED = re.compile(r"(?P<title>[^。、\n]{4,60}?(?:について|の件)?)(?:を(?:一括して)?|、本件を)議題と(?:いたし|し)")
QUESTION = re.compile(rf"^{PLAIN_Q}\s*\d{{0,3}}$")


@dataclass(frozen=True)
class MinutesStructure:
    """組立て: what minutes consist of. ``parts`` are (number of the speech or -1, side, sentences)."""

    lines: list[Line]
    heading: Heading
    agenda: list[AgendaEntry]
    turns: list[Speech]
    parts: list[tuple[int, str, list[Sentence]]]
    contexts: list[SentenceContext]


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


def _parts(
    lines: list[Line], turns: list[Speech], heading: Heading, agenda: list[AgendaEntry], tabled: frozenset[int]
) -> list[tuple[int, str, list[Sentence]]]:
    spoken = [(i, turn.label.side, sentences(turn.lines)) for i, turn in enumerate(turns)]
    held = {line.number for turn in turns for line in turn.lines} | set(heading.attendance)
    held |= {item.line for item in agenda} | {item.listed for item in agenda if item.listed}
    told = next(
        (each.number for each in lines if "。" in each.raw and not is_note(each) and each.number not in held), 0
    )
    start = min([turn.line for turn in turns] + [told] * bool(told), default=0)
    free = [
        each
        for each in lines
        if each.number not in held
        and not INTERJECTION.match(each.flat)
        and (each.number > start or len(turns) < 2 or each.number in tabled or "。" in each.raw)
    ]
    return [*spoken, (-1, "", sentences(free))]


def structure_of(source: Source, on: date | None = None) -> MinutesStructure:
    """Return the structure of minutes. ``on`` is the day of the meeting if the minutes do not state it."""
    lines = numbered(with_tabs(source.lines))
    tabled = find_table_rows(lines)
    outside = [each for each in lines if each.number not in tabled or not tabled[each.number].is_exchange]
    heading = read_heading(outside)
    if on and heading.on is None:
        heading = replace(heading, on=on)
    agenda = find_agenda(outside, heading, frozenset(source.names))
    turns = find_speeches(lines, heading, frozenset(item.line for item in agenda))
    agenda = [item for item in agenda if item.line not in {turn.line for turn in turns}]
    agenda = sorted([*agenda, *_raised(turns, agenda), *_questions(turns)], key=lambda item: item.line)
    parts = _parts(lines, turns, heading, agenda, frozenset(tabled))
    contexts = contexts_of(parts, turns, lines, tabled, heading.names)
    return MinutesStructure(lines, heading, agenda, turns, parts, contexts)
