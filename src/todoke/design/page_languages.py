"""Languages ことば: the languages of the residents' pages, with those that an installation added to a folder.

A language is a folder named after its locale (``pt_BR``) with ``LC_MESSAGES/django.mo`` and ``name.txt``.
"""

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

BUILT_IN = (("ja", "日本語"), ("ja-easy", "やさしい日本語"), ("en", "English"))
_CODE = re.compile(r"[a-z]{2,3}(-[a-z]{2,8})?")
_LONGEST_NAME = 40


def is_language_code(code: str) -> bool:
    """Tell whether a text is the code of a language, such as ``vi`` or ``pt-br``."""
    return bool(_CODE.fullmatch(code))


def locale_folder(folder: Path, code: str) -> Path:
    """Return the folder of a language code below the folder of added languages."""
    language, _, place = code.partition("-")
    return folder / (f"{language}_{place.upper() if len(place) == 2 else place.capitalize()}" if place else language)


def added_languages(folder: Path) -> list[tuple[str, str]]:
    """Return code and own name of each language in a folder; those that the program brings are passed over."""
    return sorted(_found(folder))


def _found(folder: Path) -> Iterator[tuple[str, str]]:
    for catalog in folder.glob("*/LC_MESSAGES/django.mo"):
        place = catalog.parents[1]
        code = place.name.replace("_", "-").lower()
        if is_language_code(code) and code not in dict(BUILT_IN):
            named = place / "name.txt"
            yield code, (named.read_text(encoding="utf-8").strip()[:_LONGEST_NAME] if named.exists() else "") or code


def catalog_words(place: Path) -> dict[str, str]:
    """Return the words of the catalog of a language folder by their Japanese sentence; none where it is missing."""
    path = place / "LC_MESSAGES" / "django.mo"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        found = vars(gettext.GNUTranslations(file))["_catalog"]
    return {str(key): str(text) for key, text in found.items() if key and isinstance(key, str)}


def speaks_japanese(code: str | None) -> bool:
    """Tell whether a page in a language says days, names and lists as Japanese does (default: it does)."""
    return (code or "ja").startswith("ja")


def reads_kanji(code: str | None) -> bool:
    """Tell whether kanji on a page in a language may be its own words, so that they are not marked as Japanese."""
    return (code or "ja").startswith(("ja", "zh"))
