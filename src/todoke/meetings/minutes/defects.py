"""Defects 瑕疵: passages of minutes that cannot be right, for a person to check."""

import re
from dataclasses import dataclass, replace
from datetime import date, time

from todoke.meetings.minutes.due import ERA_START
from todoke.meetings.minutes.heading import Heading, times_in
from todoke.meetings.minutes.loader import Line, flat
from todoke.meetings.minutes.sentences import Sentence, is_spoken
from todoke.meetings.minutes.speeches import Speech, is_note

ERA = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和)\s*(?P<year>元|\d{1,4})\s*年(?P<fiscal>度)?(?:\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日(?:\s*\((?P<weekday>[月火水木金土日])(?:曜日?)?\))?)?)?"
)
PLAIN = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日(?:\s*\((?P<weekday>[月火水木金土日])(?:曜日?)?\))?"
)
LAST = {
    "明治": (45, date(1912, 7, 29)),
    "大正": (15, date(1926, 12, 24)),
    "昭和": (64, date(1989, 1, 7)),
    "平成": (31, date(2019, 4, 30)),
}
FIRST = {"大正": date(1912, 7, 30), "昭和": date(1926, 12, 25), "平成": date(1989, 1, 8), "令和": date(2019, 5, 1)}
OLD = {"明治": 1867, "大正": 1911, **ERA_START}
AMOUNT = re.compile(
    r"(?<!\d)(?<!\d,)(?P<number>\d[\d,]*+(?:\.\d++)?)\s{0,4}(?P<scale>万|億|千)?\s{0,4}(?P<unit>名|人|件|%|パーセント|円|台|か所|箇所|業務|世帯|回線|枚|通|校|施設)"
)
LABEL = re.compile(r"(?P<label>[一-龥ァ-ヴーA-Za-z]{3,16})(?:は|が|を|の|:|、)?\s*+(?:約|およそ|計|合計|全|延べ)?\s*+$")
BLANK = re.compile(
    r"^\s*(?:[○◯●◎◆]\s*$|[○◯〇●◎]\s*\(\s*\)|:\s*\S|[(【\[]\s*+(?:不明|発言者不明|氏名不明|\?*+)\s*+[)】\]])|^\s*(?:〇〇|○○|△△|■■|××|\?{2,})(?:委員|部員|課長|部長)?\s*[:\s]"
)
END = re.compile(r"(?:閉会|終了|散会)")
BEGIN = re.compile(r"(?:開会|開議|開始)")


@dataclass(frozen=True)
class MinutesDefect:
    """瑕疵: one passage, with its line, the reason, and the words."""

    kind: str
    line: int
    message: str
    quote: str


def _era(match: re.Match[str], on: date | None) -> str:
    era, number = match["era"], 1 if match["year"] == "元" else int(match["year"])
    year, limit = OLD[era] + number, LAST.get(era)
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    if number == 0 or year > (on.year if on else date.max.year if era != "令和" else 2059) + 40:
        return f"{era}{number}年という年はありません。"
    if limit and number > limit[0] and (on is None or on > limit[1]):
        return f"{era}は{limit[0]}年までです。"
    problem = _calendar(year, month or 1, day or 1, match["weekday"])
    if problem or not month or match["fiscal"]:
        return problem
    written = date(year, month, day or 28)
    if (
        limit
        and written > limit[1].replace(day=28 if not day else limit[1].day)
        and (on is None or on > limit[1])
        and (day or month > limit[1].month or year > limit[1].year)
    ):
        return f"{era}は{limit[1].year}年{limit[1].month}月{limit[1].day}日までです。"
    if era in FIRST and written < FIRST[era]:
        return f"{era}は{FIRST[era].year}年{FIRST[era].month}月{FIRST[era].day}日からです。"
    return ""


def _calendar(year: int, month: int, day: int, weekday: str | None) -> str:
    try:
        written = date(year, month, day)
    except ValueError:
        return (
            f"{month}月{day}日という日はありません。"
            if day > 1 or 1 <= month <= 12
            else f"{month}月という日はありません。"
        )
    right = "月火水木金土日"[written.weekday()]
    return f"{year}年{month}月{day}日は{right}曜日です。" if weekday and weekday != right else ""


def impossible_dates(lines: list[Line], on: date | None) -> list[MinutesDefect]:
    """Return eras, days and weekdays that do not exist."""
    found = []
    for line in lines:
        number, text = line.number, line.flat
        for match in ERA.finditer(text):
            if problem := _era(match, on):
                found.append(
                    MinutesDefect(
                        "weekday" if "曜日" in problem else "date" if "日という" in problem else "era",
                        number,
                        problem,
                        line.raw[match.start() : match.end()],
                    )
                )
        for match in PLAIN.finditer(text):
            if problem := _calendar(int(match["year"]), int(match["month"]), int(match["day"]), match["weekday"]):
                found.append(
                    MinutesDefect(
                        "weekday" if "曜日" in problem else "date",
                        number,
                        problem,
                        line.raw[match.start() : match.end()],
                    )
                )
    return found


def impossible_times(lines: list[Line], heading: Heading) -> list[MinutesDefect]:
    """Return clock times that do not exist or contradict one another."""
    found, begun, ended = [], heading.starts, heading.ends
    if begun and ended and ended < begun:
        found.append(_clash(1, f"終了({_clock(ended)})が開始({_clock(begun)})より前です。", _line_of(lines, "時")))
    before: time | None = None
    for line in lines:
        number, text = line.number, line.flat
        for match in re.finditer(r"(?<![\d:.-])(\d{1,2})(?:時\s*(\d{1,2})\s*分|:(\d{2}))(?![\d:])", text):
            if int(match[1]) > 24 or int(match[2] or match[3] or 0) > 59:
                found.append(MinutesDefect("time", number, f"{match[0]}という時刻はありません。", match[0]))
        short = len(text.strip()) <= 40 and not text.strip().endswith("。")
        clocks = times_in(line.raw) if short and re.search(r"開会|閉会|開議|散会|終了|休憩|再開|開始", text) else []
        if not clocks or re.search(r"日\s*時|と\s*き", text):
            continue
        clock = clocks[-1]
        if BEGIN.search(text) and begun and clock != begun and not re.search("再開|再度", text):
            found.append(
                MinutesDefect("time", number, f"開始の時刻が冒頭の記載({_clock(begun)})と違います。", line.raw.strip())
            )
        elif END.search(text) and ended and clock != ended:
            found.append(
                MinutesDefect("time", number, f"終了の時刻が冒頭の記載({_clock(ended)})と違います。", line.raw.strip())
            )
        elif before and clock < before and not BEGIN.search(text):
            found.append(
                MinutesDefect("time", number, f"前に書かれた時刻({_clock(before)})より前の時刻です。", line.raw.strip())
            )
        before = clock
    return found


def _clock(value: time) -> str:
    return f"{value.hour}時{value.minute:02d}分"


def _line_of(lines: list[Line], word: str) -> tuple[int, str]:
    found = ((line.number, line.raw.strip()) for line in lines if word in line.raw and times_in(line.raw))
    return next(found, (1, lines[0].raw))


def _clash(line: int, message: str, place: tuple[int, str]) -> MinutesDefect:
    return MinutesDefect("time", place[0], message, place[1])


def missing_speakers(lines: list[Line], turns: list[Speech], skip: frozenset[int]) -> list[MinutesDefect]:
    """Return lines of speech that have no speaker; where they outnumber the speeches, the first of them for all."""
    found = [
        MinutesDefect("speaker", line.number, "発言者が書かれていません。", line.raw.strip()[:60])
        for line in lines
        if BLANK.match(line.flat)
    ]
    if len(turns) < 3 or turns[0].label.side == "":
        return found
    held = {line.number for turn in turns for line in turn.lines} | {each.line for each in found} | skip
    ends = turns[-1].lines[-1].number
    for line in lines:
        number, text = line.number, line.raw.strip()
        loose = turns[0].line < number <= ends and number not in held and not is_note(line) and is_spoken(text)
        again = bool(found) and found[-1].line == number - 1
        if loose and not again and re.search(r"(?:ます|です|ました|でした|ください|ません)。", text):
            found.append(MinutesDefect("speaker", number, "発言者が書かれていません。", text[:60]))
    if len(found) > max(2, len(turns)):
        first = found[0]
        return [replace(first, message=f"発言者の書かれていない行が{len(found)}か所あります。初めの行です。")]
    return found


@dataclass(frozen=True)
class _Figure:
    value: float
    unit: str
    label: str
    written: str
    line: int


def _figures(sentence: Sentence) -> list[_Figure]:
    text, found = flat(sentence.text), []
    for match in AMOUNT.finditer(text):
        value = float(match["number"].replace(",", "")) * {"万": 1e4, "億": 1e8, "千": 1e3}.get(match["scale"] or "", 1)
        label = LABEL.search(text[max(0, match.start() - 40) : match.start()])
        found.append(
            _Figure(
                value,
                match["unit"].replace("パーセント", "%"),
                label["label"] if label else "",
                match.group(),
                sentence.line,
            )
        )
    return found


PERIOD = re.compile(r"年度|昨年|前年|前回|\d月|現在|時点|目標|から|当初|予定|見込")


def changed_numbers(spoken: list[tuple[int, str, list[Sentence]]]) -> list[MinutesDefect]:
    """Return numbers that differ from an earlier one of the same name, or that the next speaker misquotes."""
    found: list[MinutesDefect] = []
    named: dict[tuple[str, str], _Figure] = {}
    before: list[_Figure] = []
    for _, _, parts in spoken:
        here: list[_Figure] = []
        for sentence in parts:
            figures = _figures(sentence)
            here.extend(figures if not PERIOD.search(sentence.text) else [])
            for figure in figures:
                key = (figure.label, figure.unit)
                alone = sum((each.label, each.unit) == key for each in figures) == 1
                plain = figure.label and alone and not PERIOD.search(sentence.text)
                earlier = named.setdefault(key, figure) if plain else figure
                if earlier.value != figure.value and earlier.line != figure.line:
                    found.append(_differs(figure, earlier))
        for figure in here:
            same = [each for each in before if each.unit == figure.unit]
            if (
                same
                and all(each.value != figure.value for each in same)
                and figure.unit in {"名", "人", "件", "円", "世帯", "台"}
            ):
                near = next((each for each in same if abs(each.value - figure.value) <= 0.2 * each.value), None)
                if near and not any(each.line == figure.line for each in found):
                    found.append(_differs(figure, near))
        before = here
    return found


def _differs(figure: _Figure, earlier: _Figure) -> MinutesDefect:
    return MinutesDefect("number", figure.line, f"{earlier.line}行目では「{earlier.written}」です。", figure.written)


def one_for_each_cause(found: list[MinutesDefect]) -> list[MinutesDefect]:
    """Return the defects, those of one kind with the same message and words once, at their first line."""
    first: dict[tuple[str, str, str], MinutesDefect] = {}
    for each in found:
        first.setdefault((each.kind, each.message, each.quote), each)
    return list(first.values())
