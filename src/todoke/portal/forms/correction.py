"""申請を直す: only the answers that the office named, each with what is wrong with it."""

from collections.abc import Iterable

from django import forms
from django.forms.utils import ErrorDict

from todoke.cases.models import CorrectionItem
from todoke.formbuilder.answers.inputs import Attachments, field_of
from todoke.formbuilder.answers.journey import Journey, Problem
from todoke.formbuilder.answers.page_form import name_of
from todoke.formbuilder.models import Upload


class CorrectionForm(forms.Form):
    """補正の入力欄: fields for the named answers; the journey and the case do the checking."""

    use_required_attribute = False

    def __init__(self, items: Iterable[CorrectionItem], journey: Journey, uploads: Iterable[Upload]) -> None:
        super().__init__()
        for item in items:
            name = name_of(*item.spot)
            field = field_of(journey.document.question(item.question), journey.answers.get(item.spot))
            field.label = item.label
            field.help_text = "\n".join(filter(None, (item.get_reason_display(), item.text, str(field.help_text))))
            self.fields[name] = field
        for upload in uploads:
            kept = self.fields.get(name_of(upload.question, upload.row))
            if kept is not None and isinstance(kept.widget, Attachments):
                kept.widget.attached.append(upload)

    def show(self, problems: Iterable[Problem]) -> None:
        """Put problems beside their fields."""
        self._errors = ErrorDict()
        for problem in problems:
            name = name_of(problem.question, problem.row)
            key = name if name in self.fields else "__all__"
            self._errors.setdefault(key, self.error_class(renderer=self.renderer)).append(problem.message)
