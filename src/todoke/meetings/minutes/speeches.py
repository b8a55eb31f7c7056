"""Speeches 発言: where each speech begins and who speaks, in the notations that offices use."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from todoke.meetings.minutes.heading import Heading
from todoke.meetings.minutes.loader import Line
from todoke.meetings.minutes.patterns import ARROW
from todoke.meetings.minutes.repeated_labels import find_repeated_labels, repeated_start
from todoke.meetings.minutes.sentences import BULLET, PAGE, is_spoken
from todoke.meetings.minutes.speaker_labels import SECTION, Label, label_of, side_of

MARK = r"[○◯〇◎●◆◇■□★☆▽▼・*※]"
NAME_END = r"(?:\([^()]{1,24}\))?"
WITH_MARK = re.compile(
    rf"^\s*(?P<mark>{MARK})\s*(?P<label>[^\s::。、「」]{{1,24}}{NAME_END}[^\s::。、「」()]{{0,8}}|[^\s::。、「」()]{{1,12}}\s*\([^()]{{1,24}}\))(?:\s*[::]\s*|\s+|$)(?P<rest>.*)$"
)
BRACKET = re.compile(
    r"^\s*+[・○●◎■□]?\s*+[\[【(〔<《≪](?P<label>[^\[\]【】()〔〕<>《》≪≫:]{1,24}(?:\([^()]{1,12}\))?)[\]】)〕>》≫]\s*:?\s*(?P<rest>.*)$"
)
COLON = re.compile(
    r"^\s*+(?:[→⇒➡]\s*+|[・○●◎■□\-]|\(?\d{1,3}[.)])?\s*+(?P<label>[^\s::。「」、\d][^::。「」、\t]{0,24}?)\s*[::]\s*(?P<rest>.+)$"
)
SPREAD = re.compile(r"^\s*+[・○●]?\s*+(?P<label>(?:[一-龥]\s{1,3}){1,6}[一-龥])(?:\s*+:|\s)\s*+(?P<rest>\S.*)$")
PAREN = re.compile(r"^\s*+[○◯〇◎●◆]?\s*+(?P<label>[^\s:。、「」()]{2,24})\)\s*+(?P<rest>\S.*)$")
SPACED = re.compile(
    r"^\s*[○◯〇◎●◆]\s*(?P<label>[^\s:。、「」()]{1,8}\s[^\s:。、「」()]{0,16}?(?:長|委員|議員|主幹|主査|参事|次長|担当|職員|主任))(?:\s+(?P<rest>\S.*)|\s*)$"
)
ANSWERS = re.compile(r"^\s*[◆◎○●◇■□・]\s*(?P<label>問|答|要望|意見|質問|回答|質疑|答弁|指摘)\s*+\d{0,3}\s*+$")
QUOTED = re.compile(r"^\s*(?P<label>[^\s::。「」、]{2,20})(?P<rest>「.+)$")
SPACE = re.compile(
    r"^\s*(?:\d{1,3}\s+)?(?P<label>[^\s。、「」()]{1,16}\([^()。、「」]{1,16}\)|[^\s。、「」]{1,20}(?:\s?\([^()\s]{1,12}\)\s?[^\s。、「」]{0,4})?)(?:\s+|\t)(?P<rest>\S.*)$"
)
QUESTION = re.compile(
    r"^\s*+[・\[【(<]?\s*+(?P<label>(?:Q|A|問|答)(?:\s*+\d{1,3})?(?=\s|[\]】)>]?\s*+[.:、)]|[\]】)>]\s)|(?:質問|回答|質疑|答弁)(?:\s*+\d{1,3})?(?=\s*+[\]】)>]?\s*+[:.]|(?<=\d)\s))"
    r"(?:\s*+[\]】)>])?(?:\s*+[.:、)]|\s)\s*+(?P<rest>\S.*)$"
)
ALONE = re.compile(r"^\s*(?P<label>[^。、「」::]{2,24})\s*$")
AFTER = re.compile(r"^(?P<rest>.{8,}?)(?<!\s)\s*+[(\[](?P<label>[^()\[\]]{2,16})[)\]]\s*+[。.]?\s*+$")
NOTE = re.compile(r"^\s*(?:[\[〔(【].*[\]〕)】]|[—―─\-–-]{1,3}[^—―─\-–-].*[—―─\-–-]{1,3}|\(.*と呼ぶ者あり\))\s*$")
REMARK = re.compile(r"^\s*[\[〔](?=[^\]〕]*[:「])[^\]〕]*+[\]〕]\s*+$")
INTERJECTION = re.compile(
    r"^\s*[(〔\[](?:(?=[^)〕\]]*(?:呼ぶ者|の声))[^)〕\]]*+|[「]?(?:異議)?な[しい][」]?|拍手|(?:全員|多数)?(?:挙手|起立))[)〕\]]\s*$"
)
OPEN_NOTE = re.compile(r"^\s*[\[〔]")
PROCEEDING = re.compile(r"^(?:質疑|質問|意見|要望|回答|答弁|説明|答|問)(?:応答|等|・応答)?$")
ITEM = re.compile(r"^\s*+([-・•])\s*+\S")
TOPIC = re.compile(r"^\s*△")
RESULT = re.compile(
    r"^\s*(?:[(【〔\[](?:合意|決定|結論|結果|まとめ|確認|今後|宿題|全員)[^)】〕\]]{0,6}[)】〕\]]|(?:\d{1,2}[.\s]\s*)?(?:結果|結論|採決|討論|表決)(?:\s|:|$)|[*=~#]{2,}\s*[^\s*=~#-])"
)
"""A line that says what came of the speeches before it, by whomever it was written."""


@dataclass
class Speech:
    """発言: one speech with its label and lines, from its first line on."""

    label: Label
    line: int
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(line.raw for line in self.lines if line.raw).strip()


@dataclass(frozen=True)
class SpeechStart:
    """The first line of a speech (発言の始まり): its label, the words after it, and the notation."""

    label: Label
    rest: str
    style: str


def is_note(line: Line) -> bool:
    """Whether a line is a remark of the recorder (ト書き) and not speech."""
    return bool(NOTE.match(line.flat) or OPEN_NOTE.match(line.flat)) and not BRACKETED_ROLE.match(line.flat)


BRACKETED_ROLE = re.compile(r"^\s*[\[〔]\s*[^\]〕:]{1,20}[\]〕]\s*[^\s]")


def _matched(pattern: re.Pattern[str], line: Line, names: frozenset[str]) -> tuple[Label, str] | None:
    match = pattern.match(line.flat)
    if match is None:
        return None
    label = label_of(line.raw[match.start("label") : match.end("label")], names)
    if label is None:
        return None
    return label, line.raw[match.start("rest") : match.end("rest")].strip() if "rest" in match.groupdict() else ""


def _section(pattern: re.Pattern[str], line: Line) -> tuple[Label, str] | None:
    """Return a section as a speaker (「〈税務課〉…」「会計課:…」)."""
    match = pattern.match(line.flat)
    if match is None or not SECTION.fullmatch(match["label"]):
        return None
    written = line.raw[match.start("label") : match.end("label")]
    return Label(written, written, "", "office"), line.raw[match.start("rest") : match.end("rest")].strip()


def start_of(line: Line, names: frozenset[str], following: Line | None = None) -> SpeechStart | None:
    """Parse the start of a speech from a line, or return None. ``following`` is the next line with words."""
    if line.is_blank or TOPIC.match(line.raw) or PAGE.match(line.flat) or REMARK.match(line.flat):
        return None
    goes_on = following is not None and is_spoken(following.raw)
    if found := _matched(QUESTION, line, names):
        return SpeechStart(*found, "question")
    for style, pattern in (
        ("mark", SPACED),
        ("mark", WITH_MARK),
        ("bracket", BRACKET),
        ("paren", PAREN),
        ("spread", SPREAD),
        ("colon", COLON),
        ("quoted", QUOTED),
    ):
        section = _section(pattern, line) if style in {"bracket", "colon", "mark"} else None
        if section and style == "mark" and (section[1] or not goes_on):
            section = None
        found = section or _matched(pattern, line, names)
        if found is None:
            continue
        label, rest = found
        if ARROW.match(line.flat) and not side_of(label.written):
            label = replace(label, side="office")
        if not rest and PROCEEDING.match(label.written) and not ANSWERS.match(line.flat):
            continue
        if rest and not (is_spoken(rest) or rest.endswith("」")):
            continue
        if not rest and not (style in {"mark", "bracket"} and (goes_on or style == "mark")):
            continue
        return SpeechStart(label, rest, style)
    if (found := _matched(SPACE, line, names) or _section(SPACE, line)) and is_spoken(found[1]) and found[0].side:
        return SpeechStart(*found, "space")
    if following and goes_on and (found := _matched(ALONE, line, names)) and start_of(following, names) is None:
        return SpeechStart(*found, "alone")
    return None


def _unmarked(lines: list[Line]) -> frozenset[str]:
    """Return names without a role that repeatedly stand before a colon, in brackets or after a mark."""
    seen: Counter[str] = Counter()
    for line in lines:
        for pattern in (WITH_MARK, COLON, BRACKET):
            match = pattern.match(line.flat)
            if (
                match
                and is_spoken(match["rest"] or "です。")
                and re.fullmatch(r"[一-龥々ヶァ-ヴーぁ-ん\s]{2,8}", match["label"])
            ):
                seen[re.sub(r"\s", "", match["label"])] += 1
                break
    digest = Counter(match["label"] for line in lines if (match := ANSWERS.match(line.flat)))
    if digest.total() >= 3:
        seen += Counter(dict.fromkeys(digest, 2))
    return frozenset(
        name
        for name, count in seen.items()
        if count >= 2 and not re.search(r"[はがをにでと]$|について|こと|お願い|おねがい|意見|要望|たい$|った$", name)
    )


def _start(line: Line, names: frozenset[str], following: Line | None, repeated: dict[str, Label]) -> SpeechStart | None:
    if found := repeated_start(line, repeated):
        return SpeechStart(*found, "repeated")
    return start_of(line, names, following)


def _is_closed(first: Line, line: Line) -> bool:
    """Whether a speech that begins on a line of a list or between quotation marks is over before another line."""
    if QUOTED.match(first.flat):
        return first.flat.rstrip().endswith(("」", "」。")) and not line.is_blank
    item = ITEM.match(first.flat)
    return bool(item and (other := ITEM.match(line.flat)) and other[1] == item[1] and line.indent <= first.indent)


def _ends_speech(line: Line, speech: Speech | None, lines: list[Line]) -> bool:
    """Whether a line belongs to no speech: a remark, a result, or what follows an item of a list that was a speech.

    Such an item is an answer behind an arrow, a line of a nested list, or words between quotation marks.
    """
    if speech is not None and _is_closed(lines[speech.line - 1], line):
        return True
    if is_note(line) or TOPIC.match(line.raw) or RESULT.match(line.flat):
        return True
    is_answer = speech is not None and bool(ARROW.match(lines[speech.line - 1].flat))
    return is_answer and bool(BULLET.match(line.flat)) and not ARROW.match(line.flat)


def find_speeches(lines: list[Line], heading: Heading, breaks: frozenset[int]) -> list[Speech]:
    """Split minutes into speeches. ``breaks`` are lines of agenda headings, which end a speech."""
    names, repeated = heading.names | _unmarked(lines), find_repeated_labels(lines)
    following: list[Line | None] = [None] * len(lines)
    for i in range(len(lines) - 2, -1, -1):
        following[i] = following[i + 1] if lines[i + 1].is_blank else lines[i + 1]
    turns: list[Speech] = []
    current: Speech | None = None
    for line, after in zip(lines, following, strict=True):
        number = line.number
        start = None if number in heading.attendance else _start(line, names, after, repeated)
        if start and not (start.style == "alone" and number < 3):
            current = Speech(start.label, number, [Line.of(number, start.rest)])
            turns.append(current)
        elif current is not None and INTERJECTION.match(line.flat) and number not in breaks:
            continue
        elif number in breaks or _ends_speech(line, current, lines):
            current = None
        elif current is not None:
            current.lines.append(line)
    return turns if len(turns) >= 2 else _signed(lines, names) or turns


def _signed(lines: list[Line], names: frozenset[str]) -> list[Speech]:
    """Return the speeches of minutes that name the speaker after the words: 「…が必要である。(山田委員)」."""
    turns: list[Speech] = []
    held: list[Line] = []
    for line in lines:
        if line.is_blank:
            held = []
            continue
        if BULLET.match(line.flat) or re.match(r"^\S{2,20}\s*$", line.raw):
            held = []
        held.append(line)
        match = AFTER.match(line.flat)
        label = label_of(match["label"], names) if match else None
        if match and label and label.side and is_spoken(match["rest"]):
            turns.append(Speech(label, held[0].number, [*held[:-1], Line.of(line.number, match["rest"])]))
            held = []
        elif line.raw.rstrip().endswith(("。", "】", "」")):
            held = []
    return turns
