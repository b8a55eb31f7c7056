"""Minute spans 分の区間: unions, cuts and overlaps of spans in whole minutes; pure.

A span is (start, end) in minutes from the first midnight of a work day in Japan, the end excluded: 1,440 is the
midnight after it. Spans of a sequence are sorted and apart unless said otherwise.
"""

from collections.abc import Iterable, Sequence

MinuteSpan = tuple[int, int]
Spans = Sequence[MinuteSpan]


def united(spans: Iterable[MinuteSpan]) -> list[MinuteSpan]:
    """Return spans in any order as sorted spans that do not touch; empty ones are left out."""
    held = sorted([span for span in spans if span[0] < span[1]])
    if len(held) < 2:
        return held
    found: list[MinuteSpan] = []
    for start, end in held:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def within(spans: Spans, others: Spans) -> list[MinuteSpan]:
    """Return what two sequences have in common."""
    if not spans or not others:
        return []
    both = ((max(a, c), min(b, d)) for a, b in spans for c, d in others)
    return united(both)


def without(spans: Spans, others: Spans) -> list[MinuteSpan]:
    """Return the spans less what the others cover."""
    left = list(spans)
    if not left:
        return left
    for start, end in others:
        left = [piece for a, b in left for piece in ((a, min(b, start)), (max(a, end), b)) if piece[0] < piece[1]]
    return left


def minutes_in(spans: Spans) -> int:
    """Return the minutes of sorted spans."""
    return sum(end - start for start, end in spans)


def latest(spans: Spans, minutes: int) -> list[MinuteSpan]:
    """Return the last so many minutes of sorted spans; all of them where there are fewer."""
    found: list[MinuteSpan] = []
    for start, end in reversed(spans):
        if minutes <= 0:
            break
        taken = max(start, end - minutes)
        found.append((taken, end))
        minutes -= end - taken
    return found[::-1]
