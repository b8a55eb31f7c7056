"""Heading 会議の概要: title, date, times, place and attendance before the first speech."""

import re
from dataclasses import dataclass, field
from datetime import date, time

from todoke.meetings.minutes.due import YEAR, year_of
from todoke.meetings.minutes.loader import Line, flat, with_digits
from todoke.meetings.minutes.sentences import is_spoken
from todoke.meetings.minutes.speaker_labels import side_of

DATE = re.compile(rf"{YEAR}年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*日")
DOTTED = re.compile(
    r"(?:(?P<era>令和|平成|昭和|R|H|S)\s*(?P<eyear>\d{1,2})|(?<!\d)(?P<year>(?:19|20)\d{2}))\s*[./-]\s*(?P<month>\d{1,2})\s*[./-]\s*(?P<day>\d{1,2})(?!\d)"
)
CLOCK = re.compile(
    r"(?P<half>午前|午後|AM|PM)?\s{0,4}(?P<hour>\d{1,2})\s{0,4}(?:時|:)\s{0,4}(?P<minute>\d{1,2}|半)?\s{0,4}分?"
)
RANGE = re.compile(r"\s{0,4}(?:から|より|[~–—―-])\s{0,4}")
WHEN = re.compile(
    r"^\s*+(?:\d++[.\s]*+)?[\[【(■○●◎・]*+\s*+(?:開\s*催\s*)?(?:日\s*時|年\s*月\s*日|期\s*日|と\s*き|開催日)"
)
NEXT = re.compile(
    r"次回(?:の?(?:会議|開催|委員会|日程|本部会議|部会|会合))*(?:日程|予定|開催日)?(?:は|:|につ|の日程は|、)?[^。]{0,15}?$"
)
MEETING = r"会議|委員会|本部会議|部会|会合|定例会|例会|総会|協議会|審議会|会"
PEOPLE = re.compile(
    r"^\s*+(?:\d++[.\s]*+)?[\[【(■○●◎・*-]*+\s*+(?:出\s*席|欠\s*席|委\s*員\s*名|構\s*成\s*員|参\s*加|説\s*明\s*員|事\s*務\s*局|関係者|傍\s*聴|職\s*員)(?!\s*+[「のはがをにもへと])"
)

PEOPLE_HEAD = re.compile(
    r"^\W*+(?:\d++[.\s]*+)?\W*+(?:(?:出\s*席|欠\s*席|参\s*加|説\s*明\s*員|関係者|傍\s*聴|職\s*員|構\s*成\s*員|委\s*員\s*名|事\s*務\s*局)\s*(?:委\s*員|職\s*員|部\s*員|者|人)?(?:名簿|名)?)+"
    r"[\]】)]?(?:\s*[::]\s*|\s+|$)"
)


@dataclass(frozen=True)
class Heading:
    """会議の概要: what the head of the minutes states about the meeting."""

    title: str = ""
    on: date | None = None
    starts: time | None = None
    ends: time | None = None
    next_on: date | None = None
    names: frozenset[str] = field(default_factory=frozenset)
    attendance: frozenset[int] = field(default_factory=frozenset)


def date_in(text: str) -> date | None:
    """Return the first date with a year in a line, or None if there is none or it does not exist."""
    words = with_digits(text)
    for match in [*DATE.finditer(words), *DOTTED.finditer(words)]:
        year = year_of(match["era"], match["eyear"], match["year"]) or 0
        try:
            return date(year, int(match["month"]), int(match["day"]))
        except ValueError:
            continue
    return None


def times_in(text: str) -> list[time]:
    """Return the clock times of a line, 午後1時 as 13:00; times that do not exist are left out.

    The end of a range in the twelve-hour notation is after its start: 午後1時30分から3時 ends at 15:00.
    """
    found: list[time] = []
    text, end, twelve = with_digits(text), 0, False
    for match in CLOCK.finditer(text):
        if not match["half"] and match["minute"] is None and "時" not in match.group():
            continue
        hour, minute = int(match["hour"]), 30 if match["minute"] == "半" else int(match["minute"] or 0)
        ranged = twelve and not match["half"] and RANGE.fullmatch(text[end : match.start()])
        later = ranged and (hour, minute) < (found[-1].hour, found[-1].minute) < (hour + 12, minute)
        if hour < 12 and (later or match["half"] in {"午後", "PM"}):
            hour += 12
        if hour < 24 and minute < 60 and not re.match(r"\s*間", text[match.end() :]):
            found.append(time(hour, minute))
            end, twelve = match.end(), bool(match["half"])
    return found


TITLED = re.compile(
    r"(?<!\S)\S{0,80}(?:令和|平成|第)[^\t。]{0,80}(?:会議|委員会|審議会|本部|部会|協議会|定例会|臨時会)\S*+"
)
HONORIFIC = re.compile(r"(?<=..)(?:様|さん|氏|(?:担当)?(?:係長|課長|室長|主査|主任|主事)(?=$))$")
BRACKETED = re.compile(r"(?<=[課室部係局会社校園])[((]([^()()]{1,40})[))]")
"""The people of a section in an attendance list (「市民課(古城・榊)」)."""
SURNAME = re.compile(r"[一-龥々]{1,3}")
SECTION_END = re.compile(r"(?:課|室|部|係|局|署|会|社|センター|機構|\)|ソフト)$")


def _name(cell: str) -> str:
    """Return the name in a cell of the attendance list, without section and honorific."""
    parts = cell.split()
    while len(parts) > 1 and SECTION_END.search(flat(parts[0])):
        parts.pop(0)
    word = re.sub(r"[()()]", "", "".join(parts))
    return HONORIFIC.sub("", word) if len(parts) <= 2 else word


def _names_of(cell: str) -> set[str]:
    """Return how a person of the attendance list may be called; a surname of one sign counts with its honorific."""
    word = _name(cell)
    if re.fullmatch(r"[一-龥](?:様|さん|氏)", word):
        return {word[0]} - set("皆各両諸同")
    if not 2 <= len(word) <= 12 or side_of(word) or re.search(r"出席|欠席|名$|人$|\d|会$|課$|部$", word):
        return set()
    return {word, word[:2]} if len(word) in {3, 4} and not re.search(r"[ァ-ヶ]", word) else {word}


def _attendance(lines: list[Line]) -> tuple[set[str], set[int]]:
    names: set[str] = set()
    rows: set[int] = set()
    inside = False
    for line in lines[:150]:
        text = line.raw.strip()
        if rows and not inside and "。" in text:
            break
        if re.search(r"。", text) or re.match(r"^[○◯◎◆△]\s*\S*(?:開会|午前|午後)", text):
            inside = False
        elif PEOPLE.match(line.flat) and (
            inside or not rows or not re.match(r"^\s*(?:事務局|関係者|職員)\s", line.raw)
        ):
            following = next((each.raw for each in lines[line.number :] if not each.is_blank), "")
            inside = not (len(text) < 12 and is_spoken(following))
        elif re.match(r"^\(?\d{1,2}[.)、\s].*(?:について|の件|に関すること)$", flat(text)) or re.match(
            r"^(?:\d++[.\s]*+)?[\[【■●]*+\s*+(?:議\s*題|議\s*事|次\s*第|案\s*件|資\s*料|配付|日\s*程|場\s*所|公\s*開)",
            flat(text),
        ):
            inside = False
        if not inside:
            continue
        rows.add(line.number)
        listed = PEOPLE_HEAD.sub("", text) if PEOPLE.match(line.flat) else text
        for within in BRACKETED.finditer(listed):
            names |= {each for each in re.split("[・、,]", within[1]) if SURNAME.fullmatch(each)}
        for cell in re.split(r"[\t、,・::]|\s{2,}|\u3000", listed):
            names |= _names_of(cell)
    return names, rows


def _title(lines: list[str]) -> str:
    for line in lines[:40]:
        text = re.sub(r"\s+", " ", line).strip(" \t■○●【】")
        if (
            "。" not in text
            and "公開" not in text
            and re.search(r"(?:会議録|議事録|議事要旨|会議概要|記録|議事概要|会議要旨)", text)
            and len(re.sub(r"\s", "", text)) > 5
        ):
            return text
    for line in lines[:60]:
        found = TITLED.search(line)
        if found:
            return found.group().strip()
    return next((line.strip()[:80] for line in lines if line.strip()), "")


def read_heading(of: list[Line]) -> Heading:
    """Parse the head of the minutes; fields that are not stated stay empty."""
    lines = [line.raw for line in of]
    on, starts, ends = None, None, None
    for i, line in enumerate(lines[:120]):
        if WHEN.match(line):
            near = line + " " + (lines[i + 1] if i + 1 < len(lines) and "場" not in lines[i + 1] else "")
            on = on or date_in(near)
            clocks = times_in(near)
            if clocks and starts is None:
                starts, ends = clocks[0], clocks[1] if len(clocks) > 1 else None
    on = on or next((day for line in lines[:200] if (day := date_in(line))), None) or _fiscal_day(lines[:30])
    following = _next_meeting(lines, on)
    names, rows = _attendance(of)
    return Heading(_title(lines), on, starts, ends, following, frozenset(names), frozenset(rows))


def _fiscal_day(lines: list[str]) -> date | None:
    """Return the day of 「令和3年度 … 第7回(10月8日)」."""
    text = with_digits(" ".join(lines))
    year = re.search(rf"{YEAR}年度", text)
    day = re.search(r"[(\s](\d{1,2})月\s*(\d{1,2})日", text)
    if not year or not day:
        return None
    number = year_of(year["era"], year["eyear"], year["year"]) or 0
    try:
        return date(number + (int(day[1]) < 4), int(day[1]), int(day[2]))
    except ValueError:
        return None


def _next_meeting(lines: list[str], on: date | None) -> date | None:
    """Return the day of the next meeting, from a sentence or from a heading of its own."""
    for i, line in enumerate(lines):
        if re.match(r"^\W*(?:\d+\W+)?次回(?:の?(?:開催|会議|日程|予定))*日?(?:について)?\W*$", line):
            near = next((each for each in lines[i + 1 : i + 4] if each.strip()), "")
            line = f"次回は{re.sub(r'^[^0-9０-９令平]*', '', near)}"
        for match in re.finditer(rf"(?:次回|(?:次|来月)の(?:{MEETING})は)[^。]{{0,30}}", line):
            if day := _next_day(with_digits(match.group()), on):
                return day
    return None


def _next_day(text: str, on: date | None) -> date | None:
    full = date_in(text)
    if full and (on is None or full > on):
        return full
    part = re.match(
        rf"(?:次回|次|来月)(?:の)?(?:{MEETING}|開催|日程)?(?:日程|予定|日)?(?:は|:|、|が)?\s*(\d{{1,2}})月\s*(\d{{1,2}})日",
        text,
    )
    if not part or on is None:
        return None
    try:
        day = date(on.year, int(part[1]), int(part[2]))
        return day if day > on else day.replace(year=on.year + 1)
    except ValueError:
        return None
