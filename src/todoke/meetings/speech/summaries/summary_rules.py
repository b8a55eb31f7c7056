"""Summary rules 要約の決まり: whether a summary keeps to what was said; independent of how it was made."""

import re
from collections.abc import Iterable, Sequence

from todoke.japanese.search_tokens import morphemes, part_matcher
from todoke.meetings.minutes.sentences import Sentence
from todoke.meetings.speech.summaries.polite_phrases import reserves

MOST = 100
"""Code points of a summary."""
DIGITS = r"[0-9０-９〇一二三四五六七八九十百千万億兆]"
NUMBER = re.compile(rf"{DIGITS}+(?:[,，.．・]{DIGITS}+)*[ぁ-んァ-ヶ一-龥々%％℃a-zA-Zａ-ｚＡ-Ｚ]?")
SILENT = ("助詞", "助動詞", "補助記号", "空白")

TOO_LONG = f"要約が{MOST}字を超えています。"
OTHER_WORDS = "発言にない言葉か、発言と違う順の言葉があります。"
OTHER_NUMBERS = "発言にない数か、発言と違う順の数があります。"
LOST_RESERVE = "発言の打消し、条件、留保(ない、場合、限り、検討など)が落ちています。"


def is_subsequence(part: Iterable[str], whole: Iterable[str]) -> bool:
    """Whether every item of a row stands in another row, in the same order."""
    rest = iter(whole)
    return all(any(item == other for other in rest) for item in part)


def spoken_words(text: str) -> list[str]:
    """Return the words of a text as they stand, without particles, auxiliaries and signs.

    Each sentence is analysed by itself, so that the one before it does not change its words.
    """
    silent = part_matcher(SILENT)
    words = (word for sentence in text.split("。") for word in morphemes(sentence))
    return [word.surface() for word in words if not silent(word) and word.surface().strip()]


def numbers(text: str) -> list[str]:
    """Return the numbers and parts of dates of a text, each with the letter after it (30台, 7年)."""
    return NUMBER.findall(text)


def broken_rules(summary: str, cited: Sequence[Sentence]) -> list[str]:
    """Return what a summary does not keep of the sentences that it cites, in their order; [] where it keeps all."""
    said = "".join(sentence.text for sentence in cited)
    broken = []
    if len(summary) > MOST:
        broken.append(TOO_LONG)
    if not is_subsequence(spoken_words(summary), spoken_words(said)):
        broken.append(OTHER_WORDS)
    if not is_subsequence(numbers(summary), numbers(said)):
        broken.append(OTHER_NUMBERS)
    if reserves(summary) != [word for sentence in cited for word in reserves(sentence.text)]:
        broken.append(LOST_RESERVE)
    return broken
