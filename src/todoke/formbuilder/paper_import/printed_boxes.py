"""Printed boxes 欄の印刷: what the print inside a box tells of its answer: parts, periods, choices, room to write."""

import re

from todoke.formbuilder.document.question_kinds import QuestionKind
from todoke.formbuilder.paper_import import label_rules

Asked = tuple[str, QuestionKind, tuple[str, ...]]
_ROOM = re.compile(r"[ \u3000_]{2,}|[(（][ \u3000]{1,60}[)）]|＿|…{2,}|\u3000")
_GAP = re.compile(r"([ \u3000_＿]{2,80}|\u3000|[:：]{1,2})")
_PART = re.compile(r"^[(（]?([^\s()（）□☐\d:：]{1,8})[\s:：]{0,20}(?:[(（\s_]|$)")
_UNITS = re.compile(
    r"(?:年|月|日|時|分|秒|円|人|名|通|枚|歳|才|組|番|番地|号|㎡|m2|台|部|個|件|回|か月|ヶ月|日間|年間|時間|曜|金|約|第|計|生|から|まで|"
    r"明治|大正|昭和|平成|令和|西暦|明|大|昭|平|令|〒|TEL|午前|午後|[MTSHR]|[\s\d@.,、。・:：/~〜～\-ー()（）〔〕\[\]_＿…−])+"
)
LONGEST_PART = 15


def is_fill_in(text: str) -> bool:
    """Tell whether a box has print with room to write between: 「     小学校   年  組」, 「自宅(    )   -    」."""
    shown = text.strip(" \n")
    return len(shown) <= 120 and "。" not in shown and bool(_ROOM.search(shown)) and not _is_spaced_word(shown)


def _is_spaced_word(text: str) -> bool:
    """Tell whether the letters of one word are only set apart: 氏　名."""
    parts = re.split(r"[ \u3000]+", text.strip())
    return len(parts) > 1 and all(len(part) <= 1 for part in parts)


def named_part(text: str) -> str:
    """Return the word that names a part of an answer before its room: 自宅 of 「自宅(    )    -    」; else nothing."""
    found = _PART.match(text) if is_fill_in(text) else None
    return found[1] if found and not _UNITS.fullmatch(found[1]) else ""


def questions_of(label: str, text: str) -> list[Asked]:
    """Return what a labelled box asks: choices, the first and last day of a period, a named part, or one answer."""
    choices = label_rules.options_of(text)
    kind = label_rules.kind_of(label)
    days = len(label_rules.DAY.findall(label_rules.normalize(text)))
    if days >= 2:
        return _period(label, text)
    if choices and kind is not QuestionKind.DATE:
        return [(label, label_rules.single_choice(label, *choices), tuple(choices[1]))]
    if part := named_part(text):
        told = label_rules.kind_of(part)
        return [(f"{label}({part})", kind or told or QuestionKind.SHORT_TEXT, ())]
    return [(label, kind or label_rules.printed_kind(text) or QuestionKind.SHORT_TEXT, ())]


def _period(label: str, text: str) -> list[Asked]:
    hours = bool(re.search(r"時[\s_]{0,20}分|時\s*(?:から|まで|~|$)", label_rules.normalize(text), re.MULTILINE))
    asked: list[Asked] = []
    for end in ("から", "まで"):
        asked.append((f"{label}({end})", QuestionKind.DATE, ()))
        if hours:
            asked.append((f"{label}({end})の時刻", QuestionKind.SHORT_TEXT, ()))
    return asked


def says_more(text: str, asked: list[Asked]) -> bool:
    """Tell whether a box has printed words that neither a question nor its choices say."""
    if any(options for _, _, options in asked):
        return False
    rest = re.sub(r"[(（]?印[)）]?\s*$|㊞", "", text)
    for part in {named_part(text)} - {""}:
        rest = rest.replace(part, "", 1)
    return not label_rules.is_blank(rest) and not _UNITS.fullmatch(label_rules.normalize(rest).replace(" ", ""))


def labels_in_line(text: str, *, alone: bool) -> list[tuple[str, QuestionKind, str]]:
    """Return label, kind and group of each blank in a line of text; nothing where a word is no known label.

    A word without room behind it, or without a kind, names the group of the next: 「申請者　住所       」. ``alone``
    says that the line ends with room.
    """
    pieces = [piece for piece in _GAP.split(text.strip(" \n")) if piece]
    found: list[tuple[str, QuestionKind, str]] = []
    group, words, rooms = "", 0, 0
    for at, piece in enumerate(pieces):
        if _GAP.fullmatch(piece) or label_rules.is_answer(piece):
            continue
        words += 1
        label = label_rules.clean_label(piece)
        before, _, after = label.rpartition(" ")
        if before and label_rules.kind_of(after):
            group, label = before, after
        kind = label_rules.kind_of(label)
        room = _room_after(pieces[at + 1 :], alone=alone)
        rooms += room
        last = not any(not _GAP.fullmatch(one) and not label_rules.is_answer(one) for one in pieces[at + 1 :])
        if last and kind is None and words == 1:
            kind = label_rules.printed_kind(text)
        if len(label) > LONGEST_PART or "。" in label or (last and kind is None):
            return []
        if kind is None or not room:
            group = label
        else:
            found.append((label, kind, group))
    return found if rooms and words <= 5 else []


def line_says_more(text: str, found: list[tuple[str, QuestionKind, str]]) -> bool:
    """Tell whether a line has printed words that neither a label nor a group of its questions says."""
    said = label_rules.bare("".join(label + group for label, _, group in found))
    words = [label_rules.normalize(piece) for piece in _GAP.split(text) if piece.strip()]
    open_words = [word for word in words if not _UNITS.fullmatch(word) and not label_rules.SEAL.match(word)]
    return any(label_rules.bare(label_rules.clean_label(word)) not in said for word in open_words)


def _room_after(rest: list[str], *, alone: bool) -> bool:
    """Tell whether there is room to write behind a word: a wide gap, a printed box, or the end of a line."""
    if not rest:
        return alone
    width = sum(2 if letter == "\u3000" else 1 for letter in rest[0]) if _GAP.fullmatch(rest[0]) else 0
    following = next((piece for piece in rest if not _GAP.fullmatch(piece)), "")
    return width >= 3 or (bool(following) and label_rules.is_answer(following)) or (alone and not following)
