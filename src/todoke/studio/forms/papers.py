"""必要な書類の欄: form for a required document, its note and condition."""

from typing import Any

from django import forms

from todoke.formbuilder.document.edits import Definition
from todoke.formbuilder.document.structure import Document
from todoke.studio.forms.conditions import ConditionFields


class PaperForm(ConditionFields):
    """書類: a required document."""

    label = forms.CharField(label="書類の名前", max_length=200)
    note = forms.CharField(label="説明", max_length=500, required=False, help_text="例: 発行から3か月以内のもの")

    def changes(self) -> dict[str, Any]:
        """Return the changed properties."""
        return {"label": self.cleaned_data["label"], "note": self.cleaned_data["note"], "when": self.condition()}


def paper_form(definition: Definition, document: Document, paper_id: str, data: Any = None) -> PaperForm:
    """Return the form of a document. Raises KeyError for an unknown one."""
    found = {paper["id"]: paper for paper in definition.get("papers", [])}[paper_id]
    form = PaperForm(data, initial=found)
    form.add_condition(document, found.get("when"), set())
    return form
