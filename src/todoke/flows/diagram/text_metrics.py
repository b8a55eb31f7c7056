"""Text metrics 文字組み: estimated width of a text and its line breaks, in pixels; a full-width letter is 1 em."""

import unicodedata

FONT_SIZE = 13.0
SMALL_FONT_SIZE = 11.0
LINE_HEIGHT = 16.0
SMALL_LINE_HEIGHT = 14.0
_NEVER_FIRST = "、。,.)]」』】・ーァィゥェォッャュョぁぃぅぇぉっゃゅょ?!?!%%"


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """Return the width of a line in pixels; half-width letters count 0.55 em."""
    return sum(size if unicodedata.east_asian_width(letter) in "FWA" else size * 0.55 for letter in text)


def _break_opportunities(text: str) -> list[str]:
    """Return the pieces between which a line may break: Japanese letters, and Western words with their spaces."""
    pieces: list[str] = []
    for letter in text:
        open_word = bool(pieces) and pieces[-1][-1].isascii() and pieces[-1][-1] != " "
        if pieces and (letter in _NEVER_FIRST or letter == " " or (letter.isascii() and open_word)):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def wrap_text(text: str, width: float, most: int, size: float = FONT_SIZE) -> tuple[str, ...]:
    """Return a text in at most ``most`` lines of ``width`` pixels; the last ends in … when text is left out."""
    lines = [""]
    for piece in _break_opportunities(" ".join(text.split())):
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece
        while text_width(lines[-1].rstrip(), size) > width and len(lines[-1]) > 1:
            kept = len(lines[-1]) - 1
            while kept > 1 and text_width(lines[-1][:kept], size) > width:
                kept -= 1
            lines += [lines[-1][kept:]]
            lines[-2] = lines[-2][:kept]
    lines = [line.strip() for line in lines if line.strip()]
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and text_width(last + "…", size) > width:
        last = last[:-1]
    return (*lines[: most - 1], last + "…")
