"""Phrases 訳の手本: translations of the texts that many forms share, by the Japanese text."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

_PLACE = Path(__file__).parent


@lru_cache(maxsize=4)
def phrases(language: str) -> Mapping[str, str]:
    """Return the known translations into a language; none for a language without a list."""
    path = _PLACE / f"phrases.{language}.json"
    if not path.exists():
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))
    return {str(key): str(text) for key, text in found.items()}


def phrase(japanese: str) -> str:
    """Return a text in the language of the page where the list has it, or all its parts (窓口、本庁舎), else itself."""
    language = get_language() or "ja"
    known = phrases(language)
    parts = japanese.split("、")
    if japanese not in known and len(parts) > 1 and all(part in known for part in parts):
        return (", " if language == "en" else "、").join(known[part] for part in parts)
    return known.get(japanese, japanese)
