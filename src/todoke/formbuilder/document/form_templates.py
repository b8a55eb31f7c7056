"""Form templates ひな形集: definitions that come with the product, one JSON file each."""

import json
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from todoke.accounts.actors import Actor
from todoke.formbuilder.document.parser import load_json, parse_document
from todoke.formbuilder.models import FormDraft

FOLDER = Path(__file__).parent / "definitions"


def codes() -> list[str]:
    """Return the codes of all form templates."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


@lru_cache(maxsize=128)
def _text(code: str) -> str:
    return (FOLDER / f"{code}.json").read_text(encoding="utf-8")


def definition(code: str) -> dict[str, Any]:
    """Return the definition of a template as JSON data. Raises FileNotFoundError for an unknown code."""
    found = load_json(_text(code))
    return dict(found) if isinstance(found, dict) else {}


@lru_cache(maxsize=1)
def first_procedures() -> dict[str, Any]:
    """Return the dated list of procedures to put online first (優先手続), with the codes of their templates."""
    found = json.loads((FOLDER.parent / "first_procedures.json").read_text(encoding="utf-8"))
    return dict(found)


@dataclass(frozen=True)
class FormTemplate:
    """ひな形: the title, target group, fee and number of questions of one template."""

    code: str
    title: str
    who: str
    fee: str
    questions: int


@lru_cache(maxsize=1)
def all_templates() -> list[FormTemplate]:
    """Return every template, in the order of the list of procedures to put online first."""
    listed = [code for group in first_procedures()["groups"] for one in group["procedures"] for code in one["codes"]]
    order = {code: place for place, code in enumerate(listed)}
    documents = ((code, parse_document(_text(code))) for code in sorted(codes(), key=lambda code: order.get(code, -1)))
    return [
        FormTemplate(code, document.title, document.guide.who, document.guide.fee, len(document.by_id))
        for code, document in documents
    ]


def matching_templates(words: str) -> list[FormTemplate]:
    """Return the templates in whose title or target group every word stands; all of them without words."""
    wanted = [folded(word) for word in words.split()]
    return [one for one in all_templates() if all(word in folded(f"{one.title} {one.who}") for word in wanted)]


def folded(text: str) -> str:
    """Return a text for comparing: NFKC, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def create_draft(code: str, *, by: Actor, as_code: str = "") -> FormDraft:
    """Create a draft from a template, or return the draft that already has the code."""
    found = FormDraft.objects.filter(code=as_code or code).first()
    return found or FormDraft.begin(as_code or code, definition(code), by=by)
