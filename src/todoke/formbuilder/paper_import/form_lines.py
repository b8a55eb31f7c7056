"""Form lines 行: labels and the room behind them in one line: 「申請者  住所          電話    (    )    」."""

import re
from dataclasses import dataclass, replace

from todoke.formbuilder.paper_import import choice_lists, exclusion_rules, printed_boxes
from todoke.formbuilder.paper_import.label_rules import ROLE, clean_label, is_label, kind_of
from todoke.formbuilder.paper_import.plain_text import bare, join_letters

_PIECE = re.compile(
    r"(?P<day>(?<![一-龠])(?:(?:明治|大正|昭和|平成|令和|西暦|[明大昭平令])[・、/ ]{0,3}){0,6}"
    r" {0,40}年[ _]{0,40}月[ _]{0,40}日(?: {0,9}\( {0,9}曜?日? {0,9}\))?"
    r"(?:[ _]{0,40}(?:午前|午後)?・?(?:午前|午後)?[ _]{0,40}時(?:[ _]{0,40}分)?)?)"
    r"|(?P<room>\([ _]{0,40}\)|\[ {0,40}\]|〔 {0,40}〕| {2,400}|_{2,400}|…{2,99}|[::](?=\s|$|[^\d\s/]))"
)
_GAP = re.compile(r" {2,400}|[::] {0,40}")
LONGEST_PART = 22
_NEAR = 6
"""The widest gap between whom a line is about and what it asks of them: 申請者  住所."""
_FIXED = re.compile(r"\d{4,}|[役市区町村]所$|市長$|(?<!日)課$|(?<!関)係$|\d+円")


@dataclass(frozen=True)
class LineLabel:
    """行の欄: a label, what is printed in its room, and the word before it that names whom it is about."""

    label: str
    print: str
    group: str = ""


@dataclass(frozen=True)
class _Piece:
    text: str
    kind: str


def _pieces(line: str) -> list[_Piece]:
    found: list[_Piece] = []
    at = 0
    for match in _PIECE.finditer(line):
        if word := line[at : match.start()].strip():
            found.append(_Piece(word, "word"))
        found.append(_Piece(match[0], match.lastgroup or "room"))
        at = match.end()
    if rest := line[at:].strip():
        found.append(_Piece(rest, "word"))
    return [_marked(piece) for piece in found]


def _marked(piece: _Piece) -> _Piece:
    """Tell print (units, eras, 〒) and punctuation from words."""
    if piece.kind != "word":
        return piece
    if exclusion_rules.SEAL.match(bare(piece.text)):
        return _Piece(piece.text, "seal")
    if printed_boxes.is_blank(piece.text):
        return _Piece(piece.text, "sign")
    fixed = re.search(r"\d{3}-?\d{4}", piece.text)
    return _Piece(piece.text, "print" if printed_boxes.is_print(piece.text) and not fixed else "word")


def labels_in_line(text: str, *, alone: bool) -> list[LineLabel]:
    """Return the labels of a line with room behind each; nothing where the line is prose, a heading or a value.

    ``alone`` says that the line ends with room, as in a letter. A word without room names the group of the next.
    """
    line = join_letters(text.strip("\n"))
    if exclusion_rules.is_prose(line) or len(line) > 400:
        return []
    pieces = _pieces(line.lstrip())
    words = [at for at, piece in enumerate(pieces) if piece.kind == "word"]
    found: list[LineLabel] = []
    group = ""
    for number, at in enumerate(words):
        until = words[number + 1] if number + 1 < len(words) else len(pieces)
        behind = pieces[at + 1 : until]
        before, label = _split_group(pieces[at].text)
        group = before or group
        room = _room(behind, at_end=alone and until == len(pieces))
        following = words[number + 1] if number + 1 < len(words) else None
        near = sum(len(piece.text) for piece in behind) <= _NEAR
        if (
            following is not None
            and near
            and ROLE.match(bare(label))
            and kind_of(_split_group(pieces[following].text)[1])
        ):
            group = label
            continue
        if not _can_be_asked(label, behind, room):
            if len(label) > LONGEST_PART:
                return found
            group = label or group
            continue
        found.append(LineLabel(label, "".join(piece.text for piece in behind), group))
    return found


def _split_group(text: str) -> tuple[str, str]:
    """Return 申請者 and 住所 of 「申請者 住所」; the number of an item and an open bracket are no word."""
    label = clean_label(text)
    if label.count("(") != label.count(")"):
        label = label.lstrip("(").rstrip(")")
    label = label.lstrip("【[").rstrip("】]")
    before, _, after = label.rpartition(" ")
    return (before, after) if before and kind_of(after) else ("", label)


def _room(behind: list[_Piece], *, at_end: bool) -> int:
    """Return how much room there is behind a word: 2 plain to see, 1 perhaps, 0 none."""
    if any(piece.kind in {"day", "print", "sign"} or piece.text.strip(" ") for piece in behind if piece.kind != "seal"):
        return 2
    width = sum(len(piece.text) for piece in behind if piece.kind == "room")
    return 2 if width >= 6 or (width >= 2 and at_end) else 1 if width >= 3 or at_end else 0


def _can_be_asked(label: str, behind: list[_Piece], room: int) -> bool:
    if not room or not is_label(label) or exclusion_rules.reason_to_skip(label):
        return False
    core = re.sub(r"\([^()]*\)", "", label)
    if len(core) > LONGEST_PART or _FIXED.search(core):
        return False
    return kind_of(label) is not None or (room == 2 and bool(behind))


def label_with_choices(text: str) -> tuple[str, str] | None:
    """Return the label and the choices of a line: 「住居の種別    1 持家  2 借家」; None for any other line."""
    shown = text.strip()
    for match in _GAP.finditer(shown):
        label, rest = shown[: match.start()], shown[match.end() :]
        choices = choice_lists.read_choices(rest)
        if choices is None or choices.before or len(choices.options) < 2 or not is_label(join_letters(label)):
            continue
        if printed_boxes.is_print(label) or printed_boxes.DAY.search(label):
            continue
        if choice_lists.read_choices(label) is None and not exclusion_rules.reason_to_skip(label):
            return clean_label(join_letters(label)), rest
    return None


def questions_of_lines(label: str, text: str) -> list[printed_boxes.Asked]:
    """Return what a box asks in which every line is a label with choices of its own; else nothing."""
    lines = [label_with_choices(line) for line in text.split("\n") if line.strip()]
    named = [line for line in lines if line is not None]
    if len(named) < 2 or len(named) < len(lines) or re.match(r"\s{0,9}[【<\[]", text):
        return []
    return [
        replace(one, label=one.label.replace(line[0], f"{label}({line[0]})", 1), behind="")
        for line in named
        for one in printed_boxes.questions_of(*line)
    ]


def left_of_line(text: str, found: list[LineLabel]) -> str:
    """Return the printed words of a line that neither a label nor a group of its questions says."""
    said = bare("".join(one.label + one.group for one in found))
    words = [piece.text for piece in _pieces(join_letters(text)) if piece.kind == "word"]
    return " ".join(word for word in words if bare(clean_label(word)) not in said)
