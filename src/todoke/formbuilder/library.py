"""The library ひな形集: definitions that come with the product, one JSON file each."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from todoke.accounts.actors import Actor
from todoke.formbuilder.models import FormDraft
from todoke.formbuilder.reading import load

FOLDER = Path(__file__).parent / "definitions"


def codes() -> list[str]:
    """Return the codes of all definitions in the library."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


@lru_cache(maxsize=128)
def _text(code: str) -> str:
    return (FOLDER / f"{code}.json").read_text(encoding="utf-8")


def definition(code: str) -> dict[str, Any]:
    """Return one definition as JSON data. Raises FileNotFoundError for an unknown code."""
    found = load(_text(code))
    return dict(found) if isinstance(found, dict) else {}


def adopt(code: str, *, by: Actor, as_code: str = "") -> FormDraft:
    """Make a draft from a definition of the library, or return the draft that has the code already."""
    wanted = as_code or code
    document = definition(code)
    draft, _ = FormDraft.objects.get_or_create(code=wanted, defaults={"title": document["title"], "document": document})
    return draft
