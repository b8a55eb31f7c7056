"""Readings フリガナ: which texts are the reading of a name, in kana or in Latin letters, with the signs of names."""

import unicodedata

_SIGNS = frozenset(" .,'’‘ʼ`-‐‑‒–—―−=゠・ー")


def is_reading(text: str) -> bool:
    """Tell whether a text is a reading: kana, also narrow or decomposed, Latin letters with accents, signs of names."""
    return all(_fits(letter) for letter in unicodedata.normalize("NFKC", text))


def _fits(letter: str) -> bool:
    return (
        letter in _SIGNS
        or "\u3041" <= letter <= "\u309f"
        or "\u30a1" <= letter <= "\u30ff"
        or unicodedata.category(letter) == "Mn"
        or (letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN "))
    )
