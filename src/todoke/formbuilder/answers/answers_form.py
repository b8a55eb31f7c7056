"""Answers form 名ざしの回答の入力欄: fields of some answers of a submission, whichever pages they stand on."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from todoke.formbuilder.answers.inputs import AttachmentInput, form_field
from todoke.formbuilder.answers.journey import AnswerKey, AnswerProblem, Journey
from todoke.formbuilder.answers.page_form import input_name


class AnswersForm(forms.Form):
    """名ざしの回答の入力欄: the fields of the answers in ``labels``, filled in as they stand; the journey validates."""

    use_required_attribute = False

    def __init__(self, labels: Mapping[AnswerKey, str], journey: Journey, uploads: Iterable[Any]) -> None:
        super().__init__()
        for spot, label in labels.items():
            field = form_field(journey.document.question(spot.question), journey.answers.get(spot))
            field.label = label
            self.fields[input_name(*spot)] = field
        for upload in uploads:
            kept = self.fields.get(input_name(upload.question, upload.row))
            if kept is not None and isinstance(kept.widget, AttachmentInput):
                kept.widget.attached.append(upload)

    def show(self, problems: Iterable[AnswerProblem]) -> None:
        """Add problems to their fields."""
        self._errors = ErrorDict()
        for problem in problems:
            name = input_name(problem.question, problem.row)
            key = name if name in self.fields else "__all__"
            self._errors.setdefault(key, self.error_class(renderer=self.renderer)).append(problem.message)
