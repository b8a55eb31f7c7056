"""Content words 内容語: the words that tell what a text is about, normalised, for ranking questions and answers.

Left out are particles, auxiliaries, symbols, conjunctions, interjections and pronouns, and words that questions share
whatever they ask. Repeated words stay, because how often a word stands counts.
"""

from collections.abc import Callable
from functools import cache

from sudachipy import Morpheme

from todoke.japanese.search_tokens import fold, morphemes, part_matcher

_SILENT = frozenset({"助詞", "助動詞", "補助記号", "記号", "空白", "接続詞", "感動詞", "代名詞"})
STOP_WORDS = frozenset(
    "為る 居る 有る 成る 事 物 如何 良い 何 何処 何時 出来る 無い 言う 下さる 教える 知る 方 為 時 所 私 致す 御 さん "  # noqa: SIM905
    "ます です 貰う 行く 欲しい 場合 付く 其れ 此れ どう 様 思う 又 及び 等".split()
)
"""Normalised forms that say nothing about what is asked."""


@cache
def _silent() -> Callable[[Morpheme], bool]:
    return part_matcher(_SILENT)


def content_words(text: str) -> list[str]:
    """Return the content words of the first 10,000 letters of a text in their order, in one width and small letters."""
    silent = _silent()
    words = (fold(word.normalized_form()) for word in morphemes(text) if not silent(word))
    return [word for word in words if word not in STOP_WORDS and any(map(str.isalnum, word))]
