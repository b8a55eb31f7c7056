"""Minutes lines 会議録の行: a heard transcript as minutes that the reader understands, line by line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from todoke.meetings.minutes.sentences import is_spoken
from todoke.meetings.minutes.speaker_labels import label_of


@dataclass(frozen=True)
class HeardPiece:
    """聞いた発言片: its number, its words, and who speaks from here on ("" for whoever spoke before)."""

    number: int
    text: str
    speaker: str = ""


@dataclass
class MinutesLines:
    """会議録の行: the lines, and by the number of a piece the number of its line."""

    lines: list[str] = field(default_factory=list)
    line_of: dict[int, int] = field(default_factory=dict)


def minutes_lines(heading: Sequence[str], pieces: Iterable[HeardPiece]) -> MinutesLines:
    """Return the pieces as lines ``○職(氏名) 発言``; whoever goes on speaking is not named again."""
    made, speaking = MinutesLines([*heading, ""]), ""
    for piece in pieces:
        label = speaker_label(piece.speaker)
        text = " ".join(piece.text.split())
        if label and label != speaking:
            speaking = label
            if is_spoken(text):
                text = f"○{label} {text}"
            else:
                made.lines.append(f"○{label}")
        made.lines.append(text)
        made.line_of[piece.number] = len(made.lines)
    return made


def speaker_label(speaker: str) -> str:
    """Return a speaker as the label of a line, without blanks and what would end it."""
    return "".join(speaker.split()).translate({ord(sign): None for sign in ":\uff1a。、「」"})


def is_understood(speaker: str) -> bool:
    """Whether the reader of minutes knows such a label for a speaker: a post, or a post with a name."""
    return label_of(speaker_label(speaker)) is not None
