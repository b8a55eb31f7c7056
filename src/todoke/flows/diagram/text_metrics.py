"""Lettering 文字組み: how wide a text is, and where its lines break. Widths in pixels, full-width = 1 em."""

import unicodedata

TEXT = 13.0
SMALL = 11.0
LINE = 16.0
SMALL_LINE = 14.0
_NEVER_FIRST = "、。,.)]」』】・ーァィゥェォッャュョぁぃぅぇぉっゃゅょ?!?!%%"


def width_of(text: str, size: float = TEXT) -> float:
    """Return the width of a line; half-width letters count 0.55 em."""
    return sum(size if unicodedata.east_asian_width(letter) in "FWA" else size * 0.55 for letter in text)


def _pieces(text: str) -> list[str]:
    """Split where a line may break: between Japanese letters, and after the spaces of Western words."""
    pieces: list[str] = []
    for letter in text:
        open_word = bool(pieces) and pieces[-1][-1].isascii() and pieces[-1][-1] != " "
        if pieces and (letter in _NEVER_FIRST or letter == " " or (letter.isascii() and open_word)):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def wrapped(text: str, width: float, most: int, size: float = TEXT) -> tuple[str, ...]:
    """Break a text into at most ``most`` lines; what does not fit ends in … (the full text stands in the table)."""
    lines = [""]
    for piece in _pieces(" ".join(text.split())):
        if lines[-1] and width_of((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece
        while width_of(lines[-1].rstrip(), size) > width and len(lines[-1]) > 1:
            kept = len(lines[-1]) - 1
            while kept > 1 and width_of(lines[-1][:kept], size) > width:
                kept -= 1
            lines += [lines[-1][kept:]]
            lines[-2] = lines[-2][:kept]
    lines = [line.strip() for line in lines if line.strip()]
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and width_of(last + "…", size) > width:
        last = last[:-1]
    return (*lines[: most - 1], last + "…")
