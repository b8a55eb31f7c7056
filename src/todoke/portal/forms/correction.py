"""申請を直す: form for the answers that the office asked to correct, each with its reason."""

from collections.abc import Iterable

from django import forms
from django.forms.utils import ErrorDict

from todoke.cases.models import CorrectionItem
from todoke.formbuilder.answers.inputs import AttachmentInput, form_field
from todoke.formbuilder.answers.journey import AnswerProblem, Journey
from todoke.formbuilder.answers.page_form import input_name
from todoke.formbuilder.models import Upload


class CorrectionForm(forms.Form):
    """補正の入力欄: fields of the named answers; journey and case validate them."""

    use_required_attribute = False

    def __init__(self, items: Iterable[CorrectionItem], journey: Journey, uploads: Iterable[Upload]) -> None:
        super().__init__()
        for item in items:
            name = input_name(*item.spot)
            field = form_field(journey.document.question(item.question), journey.answers.get(item.spot))
            field.label = item.label
            field.help_text = "\n".join(filter(None, (item.get_reason_display(), item.text, str(field.help_text))))
            self.fields[name] = field
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
