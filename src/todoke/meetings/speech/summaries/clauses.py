"""Clauses 節: the ways in which a sentence may be shortened without losing what restricts it."""

import re

from todoke.meetings.speech.summaries.polite_phrases import Part, plain_part, reserve_spans

JOINT = re.compile(
    r"(?:です|ます|でした|ました|ません|ある|いる|おる|た|だ)(?:が|けれども|けれど|けども)、"
    r"|(?:ます|です|ました|でした)(?:ので|から|し)、|(?:こと|ところ|状況|中|ため|観点|理由)(?:から|で|に)?、"
    r"|(?:おり|まし|して|れて|って|いて|えて|めて|けて|せて|べて|げて|じて)(?:て)?、"
    r"|(?:について|につきまして|に関しまして|に関して|につきまして申し上げますと)(?:は|も)?(?:です|でございます|であります)(?:が|けれども)、"
)
"""Ends of clauses after which the rest of a sentence stands by itself."""
OPEN, CLOSED = "「『((【〈《〔[", "」』))】〉》〕]"


def _depths(text: str) -> list[int]:
    """Return how many brackets are open before each letter of a text, and at its end."""
    depths, depth = [0], 0
    for letter in text:
        depth += (letter in OPEN) - (letter in CLOSED)
        depths.append(depth)
    return depths


def shortened(sentence: str) -> list[Part]:
    """Return the parts of a sentence that may stand for it, the longest first.

    Each runs from the beginning of a clause to the end of the sentence without its polite end, holds every word of
    negation, condition and reserve of the sentence, and closes each bracket that it opens.
    """
    plain, depths = plain_part(sentence), _depths(sentence)
    signs = reserve_spans(sentence)
    first = min((sign.start for sign in signs), default=len(sentence))
    last = max((sign.end for sign in signs), default=0)
    end = plain.end if last <= plain.end else len(sentence)
    starts = [plain.start, *(found.end() for found in JOINT.finditer(sentence, plain.start))]
    if first < plain.start:
        starts = [0]
    return [
        Part(start, end)
        for start in starts
        if start <= first and start < end and depths[start] == depths[end] == 0 and min(depths[start : end + 1]) >= 0
    ]
