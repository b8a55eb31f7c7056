"""Forms of a returned table of answers: the file, and each line that would change something."""

from typing import Any

from django import forms
from django.core import signing

from todoke.voices.answer_workbook import MOST, ReadAnswer
from todoke.voices.models import Consultation

SALT = "区の考え方の表"


class AnswerTableForm(forms.Form):
    """The table as a section returned it."""

    file = forms.FileField(
        label="書き込んだ表(Excel か CSV)", widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text="「表計算の表」で受け取った表に、対応と区の考え方を書いたものです。取り込む前に、変わるところを見せます。",
    )  # fmt: skip


class ReadAnswerForm(forms.Form):
    """One line: whether it is taken; what it says and what stood there when the person saw it, sealed as one field."""

    take = forms.BooleanField(label="取り込む", required=False)
    line = forms.CharField(widget=forms.HiddenInput, strip=False)

    def clean_line(self) -> list[Any]:
        try:
            found: list[Any] = signing.loads(self.cleaned_data["line"], salt=SALT)
        except signing.BadSignature as problem:
            raise forms.ValidationError("表を、もう一度読んでください。") from problem
        return found


_FORMS = forms.formset_factory(ReadAnswerForm, extra=0, max_num=MOST, absolute_max=MOST)


def lines_to_take(rows: list[ReadAnswer]) -> list[tuple[ReadAnswer, forms.Form]]:
    """Return each line with its form, chosen at first."""
    lines = [[each.group.pk, each.kind, each.text, each.seen_kind, each.seen_text] for each in rows]
    found = _FORMS(initial=[{"take": True, "line": signing.dumps(each, salt=SALT)} for each in lines])
    return list(zip(rows, found.forms, strict=True))


def chosen_lines(of: Consultation, data: Any) -> list[ReadAnswer]:
    """Return the lines that a person chose; a group of another consultation is left out."""
    found, groups = _FORMS(data), {each.pk: each for each in of.groups.all()}
    rows = [each.cleaned_data["line"] for each in found.forms if each.is_valid() and each.cleaned_data["take"]]
    return [ReadAnswer(groups[pk], *said) for pk, *said in rows if pk in groups]
