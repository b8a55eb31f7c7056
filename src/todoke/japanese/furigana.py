"""Furigana 読み: the readings of a text, for each run of kanji."""

import re
from collections.abc import Iterator
from functools import lru_cache

from todoke.japanese.search_tokens import morphemes

_KANJI = re.compile(r"[々〆ヶ㐀-䶿一-鿿豈-﫿𠀀-𯨟]+")
_AS_SPOKEN = {
    "日本": "にほん", "私": "わたし", "明日": "あした", "昨日": "きのう", "方": "かた", "一度": "いちど",
    "里子": "さとご", "普通": "ふつう", "当座": "とうざ", "貯蓄": "ちょちく", "全喪": "ぜんそう", "表": "おもて",
}  # fmt: skip
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


@lru_cache(maxsize=4096)
def ruby_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Return the text in pieces, each with its reading in hiragana, or "" where none is needed or known.

    Names of persons get no reading, because it cannot be derived from the characters.
    """
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    end = 0
    for word in morphemes(text):
        if word.begin() > end:
            yield text[end : word.begin()], ""
        surface = text[word.begin() : word.end()]
        end = word.end()
        if not _KANJI.search(surface) or ("人名" in word.part_of_speech() and surface not in _AS_SPOKEN):
            yield surface, ""
        else:
            yield from _split(surface, _AS_SPOKEN.get(surface) or word.reading_form().translate(_TO_HIRAGANA))
    if end < len(text):
        yield text[end:], ""


def _split(surface: str, reading: str) -> Iterator[tuple[str, str]]:
    """Yield each run of kanji with its part of the reading: 引っ越し is 引(ひ)っ越(こ)し."""
    if not reading or reading == surface:
        yield surface, ""
        return
    parts = [part for part in re.split(f"({_KANJI.pattern})", surface) if part]
    pattern = "".join("(.+?)" if _KANJI.fullmatch(p) else f"({re.escape(p.translate(_TO_HIRAGANA))})" for p in parts)
    found = re.fullmatch(pattern, reading)
    if found is None:
        yield surface, reading
        return
    for part, sound in zip(parts, found.groups(), strict=True):
        yield part, sound if _KANJI.fullmatch(part) else ""
