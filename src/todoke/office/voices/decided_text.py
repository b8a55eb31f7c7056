"""Decided text 決定する案の頁: the clauses with their differences and forms, and those that were left out."""

from typing import Any

from todoke.office.voices.forms.consultations import AdditionForm, ChangeForm, RemovalForm
from todoke.voices.clause_difference import word_changes
from todoke.voices.models import Clause, Consultation


def places_of(of: Consultation) -> list[tuple[str, str]]:
    """Return the decided clauses by key, in their order."""
    rows = Clause.objects.filter(text__consultation=of, text__version=1).order_by("position")
    return [(each.key, str(each)) for each in rows]


def decided_clauses(of: Consultation) -> dict[str, Any]:
    """Return what the page of a draft that is being decided shows."""
    first = {each.key: each for each in of.texts.get(version=0).clauses.all()}
    rows = list(Clause.objects.filter(text__consultation=of, text__version=1).order_by("position"))
    decided = [
        (
            each,
            [
                (part.kind, part.text)
                for part in word_changes(first[each.key].body if each.key in first else "", each.body)
            ],
            ChangeForm(of=of, initial={"body": each.body, "seen": each.body}, auto_id=f"id_{each.key}_%s"),
            RemovalForm(of=of, initial={"seen": each.body}, auto_id=f"id_{each.key}_removal_%s"),
        )
        for each in rows
    ]
    kept = {each.key for each in rows}
    places = [(each.key, str(each)) for each in rows]
    last = rows[-1].key if rows else ""
    return {
        "decided": decided,
        "left_out": [each for key, each in first.items() if key not in kept],
        "addition_form": AdditionForm(of=of, places=places, initial={"behind": last}, auto_id="id_addition_%s"),
    }
