"""申請を直す: form for the answers that the office asked to correct, each with its reason."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from todoke.cases.models import CorrectionItem
from todoke.formbuilder.answers.answers_form import AnswersForm
from todoke.formbuilder.answers.journey import Journey
from todoke.formbuilder.answers.page_form import input_name
from todoke.formbuilder.models import Upload


class CorrectionForm(AnswersForm):
    """補正の入力欄: fields of the named answers; journey and case validate them."""

    def __init__(self, items: Iterable[CorrectionItem], journey: Journey, uploads: Iterable[Upload]) -> None:
        asked = {item.spot: item for item in items}
        super().__init__({spot: _label(item, journey) for spot, item in asked.items()}, journey, uploads)
        for spot, item in asked.items():
            field = self.fields[input_name(*spot)]
            field.help_text = "\n".join(filter(None, (_(item.get_reason_display()), item.text, str(field.help_text))))


def _label(item: CorrectionItem, journey: Journey) -> str:
    """Return the label under which the office asked; on a page of another language that of the form there."""
    if (get_language() or "ja") == "ja":
        return item.label
    question, row = item.spot
    _page, group, found = journey.document.by_id[question]
    return f"{group.repeat.noun} {row}: {found.label}" if group.repeat and row else found.label
