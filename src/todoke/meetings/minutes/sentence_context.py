"""Sentence context 文の前後: each sentence of minutes with its speaker, the sentences around it and its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from todoke.meetings.minutes.indirect_speech import reported_speaker
from todoke.meetings.minutes.loader import Line, flat
from todoke.meetings.minutes.owners import answering_body, owner_name
from todoke.meetings.minutes.patterns import ARROW
from todoke.meetings.minutes.sentences import BULLET, Sentence
from todoke.meetings.minutes.speeches import ITEM, Speech
from todoke.meetings.minutes.table_columns import TableRow

POST = re.compile(r"[(〔\[](?P<post>[^()\[\]〔〕]{2,20})[)〕\]]\s*。?$")
HEADED = re.compile(r"^\s*(?:[■□◆◇●◎▼【〔<\[(]|\d{1,2}[.)、\s]|議題|第\d|その他|決定|まとめ|備考|今後|主な)")
LONGEST_HEAD = 36
"""Letters of a line that heads a section."""
SIGNED = re.compile(r"[(〔\[][^()\[\]〔〕]{2,20}[)〕\]]\s*+。?+\s*+$")


@dataclass(frozen=True)
class SentenceContext:
    """文の前後: a sentence, who says it, what stands before and after it, and where it stands.

    ``side`` is chair, office, member, peer, or "" without a speaker. ``mark`` is arrow, bullet, cell or "".
    ``section`` is the line that heads the part of the minutes. ``is_polite`` says how the minutes are written as a
    whole (です・ます).
    """

    sentence: Sentence
    side: str
    speaker: str = ""
    answering: str = ""
    before: str = ""
    before_side: str = ""
    after: str = ""
    after_side: str = ""
    is_first: bool = True
    is_last: bool = True
    place: int = 0
    mark: str = ""
    head: str = ""
    row: TableRow | None = None
    is_polite: bool = True
    section: str = ""


def _sections(lines: Sequence[Line]) -> list[str]:
    """Return for each line the short line that heads it, or "" before the first.

    That is the one above from which it is indented, else the last with the mark of a head or a list below it.
    """
    heads, head, above = [], "", list[tuple[int, str]]()
    following: Line | None = None
    below: list[tuple[bool, bool]] = []
    for line in reversed(lines):
        is_deeper = following is not None and following.indent > line.indent
        below.append((is_deeper, following is not None and bool(ITEM.match(following.flat))))
        following = following if line.is_blank else line
    for line, (has_deeper, has_list) in zip(lines, reversed(below), strict=True):
        words, at = line.flat.strip(), line.indent
        if not words:
            above = []
            heads.append(head)
            continue
        while above and above[-1][0] >= at:
            above.pop()
        is_short = len(words) <= LONGEST_HEAD and "\t" not in words and "。" not in words
        if is_short and (HEADED.match(words) or (has_list and not ITEM.match(words))):
            head = words
        heads.append(above[-1][1] if above else head)
        if is_short and has_deeper:
            above.append((at, words))
    return heads


def _mark(sentence: Sentence, rows: dict[int, TableRow], arrow: int) -> str:
    if sentence.line in rows:
        return "cell"
    if arrow == sentence.line:
        return "arrow"
    return "bullet" if BULLET.match(flat(sentence.text)) else ""


def _is_signed(turn: Speech, lines: Sequence[Line]) -> bool:
    """Whether the speaker stands behind the words (「…してほしい。(総務課長)」)."""
    written = flat(lines[turn.line - 1].raw).lstrip(" ・○◯●-")
    return not written.startswith(flat(turn.label.written)) and any(
        SIGNED.search(lines[each.number - 1].flat) for each in turn.lines
    )


def _signature(turn: Speech) -> str:
    """Return the post behind the words of a speech (「A 日曜の午後とする。(企画課長)」), or ""."""
    last = next((line.flat for line in reversed(turn.lines) if not line.is_blank), "")
    found = POST.search(last)
    return found["post"] if found else ""


def _asked(turns: Sequence[Speech], owners: Sequence[str]) -> list[str]:
    """Return for each speech who of the administration answers it: the next if that is one, else the one before."""
    answering = next((owner for owner, turn in zip(owners, turns, strict=True) if turn.label.side == "office"), "")
    found = []
    for at, turn in enumerate(turns):
        follows = at + 1 < len(turns) and turns[at + 1].label.side == "office" and owners[at + 1] != owners[at]
        if follows or (not answering and at + 1 < len(turns)):
            found.append(owners[at + 1])
        else:
            found.append(answering)
        if turn.label.side == "office":
            answering = owners[at]
    return found


def _of_turns(
    parts: Sequence[tuple[int, str, list[Sentence]]], turns: Sequence[Speech], lines: Sequence[Line],
    rows: dict[int, TableRow], names: frozenset[str],
) -> list[SentenceContext]:  # fmt: skip
    found: list[SentenceContext] = []
    body = answering_body(lines, [turn.label for turn in turns])
    owners = [owner_name(turn.label, body, _signature(turn)) for turn in turns]
    asked = _asked(turns, owners)
    among_sections = not any(turn.label.side == "member" for turn in turns)
    for i, said, spoken in parts:
        speaker, side, arrow = (owners[i] if i >= 0 else ""), said, 0
        answering = body or (asked[i] if i >= 0 else "")
        if side == "office" and among_sections:
            side = "peer"
        if i >= 0 and _is_signed(turns[i], lines):
            side = "member"
        for number, each in enumerate(spoken):
            arrow = each.line if ARROW.match(each.text) else arrow
            row = rows.get(each.line)
            head = row.head_of(each.text) if row else ""
            if row and row.is_form and each.text == row.cells[0][0]:
                continue
            if i < 0:
                speaker, reported = reported_speaker(each.text, names)
                speaker = speaker if reported == "office" else ""
                side = "office" if arrow == each.line else row.side_under(head) if row else reported
            found.append(
                SentenceContext(
                    each, side, speaker, answering, is_first=number == 0,
                    is_last=number == len(spoken) - 1, mark=_mark(each, rows, arrow), head=head, row=row,
                )
            )  # fmt: skip
    return found


def contexts_of(
    parts: Sequence[tuple[int, str, list[Sentence]]], turns: Sequence[Speech], lines: Sequence[Line],
    rows: dict[int, TableRow], names: frozenset[str] = frozenset(),
) -> list[SentenceContext]:  # fmt: skip
    """Return the sentences of minutes in the order of their lines, each with what stands around it."""
    found = sorted(
        _of_turns(parts, turns, lines, rows, names), key=lambda each: (each.sentence.line, each.sentence.last)
    )
    endings = [flat(each.sentence.text).rstrip("。)」 ") for each in found]
    polite = sum(each.endswith(("ます", "です", "した", "せん", "ください")) for each in endings) * 2 > len(found)
    whole, heads = [], _sections(lines)
    for at, each in enumerate(found):
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        whole.append(
            SentenceContext(
                each.sentence, each.side, each.speaker, each.answering,
                before.sentence.text if before else "", before.side if before else "",
                after.sentence.text if after else "", after.side if after else "",
                each.is_first, each.is_last, at * 5 // len(found), each.mark, each.head, each.row, polite,
                heads[each.sentence.line - 1],
            )
        )  # fmt: skip
    return whole
