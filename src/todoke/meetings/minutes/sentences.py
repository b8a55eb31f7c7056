"""Sentences 文: lines joined and cut into sentences that keep their line numbers."""

import re
from dataclasses import dataclass

from todoke.meetings.minutes.loader import Line, flat

BULLET = re.compile(r"^[\s]*(?:[△〔]|\(「|[・•◦●○◎◆■□▪→⇒➡※*]|[-–—]\s|[(]?\d{1,2}[)..、]\s*|[①-⑳]|[ア-ン][..、)])")
PAGE = re.compile(
    r"^\s*+(?:[-–—~]\s*+\d++\s*+[-–—~]|\d{1,3}(?:\s*+/\s*+\d{1,3})?|-++\s*+\d*+\s*+-*+|[-–—―─=_]{5,}+)\s*+$"
)

SIGNED = re.compile(r"\s?[(\[][^()\[\]。\t]{1,20}[)\]](?=\s*(?:\t|$))")
"""Who said a sentence, behind it at the end of the line."""


@dataclass(frozen=True)
class Sentence:
    """One sentence with its first and last line (counted from 1)."""

    text: str
    line: int
    last: int


def is_spoken(text: str) -> bool:
    """Whether text reads like speech or a record of it, not like a name, a title or a table cell."""
    words = flat(text).strip()
    if re.search(r"[。?？]", words):
        return True
    if re.search(r"(?:です|ます|ました|でした|ません|ください|か|なし|た|る|い|う|たい|ね|よ)[」』)）\s]*$", words):
        return len(words) >= 4 and bool(re.search(r"[ぁ-ん]", words))
    return len(words) >= 25 and len(re.findall(r"[ぁ-ん]", words)) >= 6


def _is_answer(text: str, at: int) -> bool:
    """Whether the arrow at a place leads from words to the answer to them, not from one number to another."""
    before, after = text[:at], text[at + 1 :]
    changes = re.search(r"\d\S{0,3}\s*$", before) and re.match(r"\s*\S{0,3}\d", after)
    return len(before.strip()) >= 6 and len(after.strip()) >= 3 and not changes


def _pieces(text: str) -> list[tuple[int, int]]:
    """Return start and end of each sentence, ignoring full stops inside quotation marks.

    A cell of a table ends one, and an arrow within a line begins the next.
    """
    spans, start, depth, i = [], 0, 0, 0
    text = flat(text)
    while i < len(text):
        char = text[i]
        depth += (char in "「『") - (char in "」』")
        if char in "→⇒➡" and depth <= 0 and text[start:i].strip() and _is_answer(text[start:], i - start):
            spans.append((start, i))
            start = i
        if char == "\t" or (depth <= 0 and char in "。!?"):
            depth = 0
            while i + 1 < len(text) and text[i + 1] in "。!?\t":
                i += 1
            if signed := SIGNED.match(text, i + 1):
                i = signed.end() - 1
            spans.append((start, i + 1))
            start = i + 1
        i += 1
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def _continues(before: str, line: str) -> bool:
    """Whether a normalised line continues the sentence of the one before it (a wrapped line)."""
    if (
        "\t" in before + line
        or BULLET.match(line)
        or re.match(r"^\s*[【\[〔<]", line)
        or re.search(r"[。!?？！」』)]\s*$", before)
    ):
        return False
    return len(before.strip()) >= 18 or line.startswith(" ")


def sentences(lines: list[Line]) -> list[Sentence]:
    """Cut lines into sentences; a sentence may run over a line end or a page break."""
    runs: list[list[tuple[int, str]]] = []
    last, before = "", 0
    for line in lines:
        is_next, before = line.number == before + 1, line.number
        if line.is_blank or PAGE.match(line.flat):
            continue
        if runs and is_next and _continues(last, line.flat):
            runs[-1].append((line.number, line.raw.strip().lstrip(":")))
        else:
            runs.append([(line.number, line.raw.strip())])
        last = line.flat
    found = []
    for run in runs:
        text = "".join(part for _, part in run)
        places = [number for number, part in run for _ in part]
        for start, end in _pieces(text):
            words = text[start:end].strip()
            if not words:
                continue
            start += len(text[start:end]) - len(text[start:end].lstrip())
            found.append(Sentence(words, places[start], places[end - 1]))
    return found
