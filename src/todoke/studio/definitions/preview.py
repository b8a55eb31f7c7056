"""Preview 試し: the questions that would be made, with everything that would not be taken."""

from typing import Any

from todoke.formbuilder.document.question_kinds import KIND_LABELS
from todoke.formbuilder.paper_import.findings import Recognition


def preview(found: Recognition) -> dict[str, Any]:
    """Return the questions by row and what is left, with its reason."""
    questions = [
        {"place": one.cell, "label": one.label, "kind": KIND_LABELS[one.kind], "required": one.required,
         "options": one.options, "group": one.group, "help": one.help}
        for one in found.questions
    ]  # fmt: skip
    left = [{"place": one.cell, "text": one.text, "reason": one.reason} for one in found.skipped]
    return {"questions": questions, "left": left}
