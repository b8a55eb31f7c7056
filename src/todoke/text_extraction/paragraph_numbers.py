"""Numbering 段落番号: the labels that Word counts itself (第1条, (1), ①, ア) and shows before a paragraph."""

import re
from collections.abc import Callable
from typing import Any

from todoke.text_extraction.word_parts import WORD, value

_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_KANJI = "〇一二三四五六七八九"


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number > 99:
        return str(number)
    return f"{'' if tens < 2 else _KANJI[tens]}{'十' if tens else ''}{_KANJI[ones] if ones else ''}"


def _of(letters: str) -> Callable[[int], str]:
    return lambda number: letters[(number - 1) % len(letters)]


def _full_width(number: int) -> str:
    return str(number).translate({0x30 + at: 0xFF10 + at for at in range(10)})


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalFullWidth": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda number: f"{number:02}",
    "japaneseCounting": _kanji,
    "japaneseDigitalTenThousand": _kanji,
    "ideographDigital": _kanji,
    "chineseCounting": _kanji,
    "taiwaneseCountingThousand": _kanji,
    "aiueo": _of(_AIUEO),
    "aiueoFullWidth": _of(_AIUEO),
    "iroha": _of(_IROHA),
    "irohaFullWidth": _of(_IROHA),
    "upperLetter": _of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "lowerLetter": _of("abcdefghijklmnopqrstuvwxyz"),
    "upperRoman": _of("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"),
    "lowerRoman": _of("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ"),
}


class Numbering:
    """段落番号: counts through a document; ``numbering`` and ``styles`` are the roots of those parts, or None."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[tuple[str, str], Any] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._styles: dict[str, Any] = {}
        abstract = {}
        for one in numbering.iter(f"{{{WORD}}}abstractNum") if numbering is not None else ():
            abstract[one.get(f"{{{WORD}}}abstractNumId")] = one
        for one in numbering.iter(f"{{{WORD}}}num") if numbering is not None else ():
            base = abstract.get(value(one, "abstractNumId"))
            for level in base.iter(f"{{{WORD}}}lvl") if base is not None else ():
                self._levels[one.get(f"{{{WORD}}}numId", ""), level.get(f"{{{WORD}}}ilvl", "0")] = level
        for style in styles.iter(f"{{{WORD}}}style") if styles is not None else ():
            if (numbered := style.find(f"{{{WORD}}}pPr/{{{WORD}}}numPr")) is not None:
                self._styles[style.get(f"{{{WORD}}}styleId", "")] = numbered

    def label(self, paragraph: Any) -> str:
        """Return the label of the next paragraph with a blank after it; empty for one without a number."""
        own = paragraph.find(f"{{{WORD}}}pPr/{{{WORD}}}numPr")
        found = self._styles.get(value(paragraph, "pPr/pStyle")) if own is None else own
        if found is None:
            return ""
        number, depth = value(found, "numId"), value(found, "ilvl", "0")
        level = self._levels.get((number, depth))
        if level is None or not depth.isdecimal():
            return ""
        self._count(number, int(depth))
        if value(level, "numFmt") == "bullet":
            sign = value(level, "lvlText", "・")
            return ("・" if not sign or sign[0] >= "\ue000" else sign) + " "
        text = re.sub(r"%(\d)", lambda place: self._written(number, int(place[1]) - 1), value(level, "lvlText"))
        return f"{text} " if text else ""

    def _count(self, number: str, depth: int) -> None:
        start = value(self._levels[number, str(depth)], "start", "1")
        first = int(start) if start.isdecimal() else 1
        self._counts[number, str(depth)] = self._counts.get((number, str(depth)), first - 1) + 1
        for deeper in range(depth + 1, 9):
            self._counts.pop((number, str(deeper)), None)

    def _written(self, number: str, depth: int) -> str:
        level = self._levels.get((number, str(depth)))
        count = self._counts.get((number, str(depth)), 1)
        return str(count) if level is None else _FORMATS.get(value(level, "numFmt"), str)(count)
