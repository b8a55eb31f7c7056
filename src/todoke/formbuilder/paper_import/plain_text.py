"""Plain text 様式の字: the letters of a paper form as they are compared: half-width, spaced letters joined."""

import re
import unicodedata

from todoke.japanese.lookalikes import fold_lookalikes

_CIRCLED = {chr(0x2460 + at): f"({at + 1})" for at in range(20)}
_SIGNS = str.maketrans({"\u3000": "  ", "\xa0": " ", "\t": "    ", "㊞": "(印)", "‥": "…", "\u2015": "-"} | _CIRCLED)
_UNITS = frozenset("年月日時分円金人名約計第曜生歳通枚")
_PAIRS = frozenset(
    {"男女", "有無", "済未", "要否", "可否", "大中小", "明大昭平令", "昭平令", "大昭平令", "昭平", "平令", "上中下"}
)
_JOINED = re.compile(r"(電話|郵便|口座|整理|携帯) {1,4}(番号)")
_FAR = 16
_LEADS = ")]】〕.、※:"


def plain(text: str) -> str:
    """Return a text with half-width letters, digits and signs; a wide blank is two, a tab four blanks."""
    folded = fold_lookalikes(text).translate(_SIGNS).replace("…", "\x00")
    return unicodedata.normalize("NFKC", folded).replace("\x00", "…")


def bare(text: str) -> str:
    """Return a text for comparison: plain and without blanks."""
    return re.sub(r"\s", "", plain(text))


def join_letters(line: str) -> str:
    """Return a line in which letters set apart for layout make a word: 住  所 is 住所."""
    pieces = re.split(r"( +)", _JOINED.sub(r"\1\2", line))
    made: list[str] = []
    at = 0
    while at < len(pieces):
        lead, word = _led(pieces[at])
        last = at
        gap = len(pieces[at + 1]) if at + 1 < len(pieces) else 0
        while (
            _is_letter(word if last == at else pieces[last])
            and last + 2 < len(pieces)
            and _is_letter(pieces[last + 2])
            and len(pieces[last + 1]) == gap <= _FAR
        ):
            last += 2
            word += pieces[last]
        if last > at and (set(word) <= _UNITS or word in _PAIRS):
            word = "".join(pieces[at : last + 1]).removeprefix(lead)
        elif last > at + 2 and word.endswith("印"):
            word = f"{word[:-1]}{' ' * gap}印"
        made.append(lead + word)
        made += pieces[last + 1 : last + 2]
        at = last + 2
    return "".join(made)


def _led(piece: str) -> tuple[str, str]:
    """Return what touches the first letter of a word, and the letter: (依頼者) and 団; else nothing and the piece."""
    return (piece[:-1], piece[-1]) if len(piece) > 1 and piece[-2] in _LEADS else ("", piece)


def _is_letter(piece: str) -> bool:
    return len(piece) == 1 and "\u3041" <= piece <= "\u9fff" and piece not in "・〒〇"


def one_line(text: str) -> str:
    """Return a text in one line with single blanks; letters below one another or set apart make a word."""
    if re.fullmatch(r"(?:\S\n)+\S", text.strip()):
        return text.strip().replace("\n", "")
    lines = [join_letters(line) for line in text.split("\n")]
    return re.sub(r"\s+", " ", " ".join(lines)).strip()
