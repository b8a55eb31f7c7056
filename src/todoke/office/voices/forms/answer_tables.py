"""Forms of a returned table of answers: the file, and each line that would change something."""

from typing import Any

from django import forms

from todoke.voices.answer_workbook import MOST, ReadAnswer
from todoke.voices.models import Consultation, OfficialResponse


class AnswerTableForm(forms.Form):
    """The table as a section returned it."""

    file = forms.FileField(
        label="書き込んだ表(Excel か CSV)", widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text="「表計算の表」で受け取った表に、対応と区の考え方を書いたものです。取り込む前に、変わるところを見せます。",
    )  # fmt: skip


class ReadAnswerForm(forms.Form):
    """One line: whether it is taken, with what stood there when the person saw it."""

    take = forms.BooleanField(label="取り込む", required=False)
    group = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31)
    kind = forms.ChoiceField(choices=OfficialResponse.Kind.choices, widget=forms.HiddenInput)
    text = forms.CharField(max_length=4000, widget=forms.HiddenInput)
    seen_kind = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput)
    seen_text = forms.CharField(max_length=4000, required=False, strip=False, widget=forms.HiddenInput)


_FORMS = forms.formset_factory(ReadAnswerForm, extra=0, max_num=MOST, absolute_max=MOST)


def lines_to_take(rows: list[ReadAnswer]) -> list[tuple[ReadAnswer, forms.Form]]:
    """Return each line with its form, chosen at first."""
    found = _FORMS(initial=[
        {"take": True, "group": each.group.pk, "kind": each.kind, "text": each.text, "seen_kind": each.seen_kind,
         "seen_text": each.seen_text} for each in rows
    ])  # fmt: skip
    return list(zip(rows, found.forms, strict=True))


def chosen_lines(of: Consultation, data: Any) -> list[ReadAnswer]:
    """Return the lines that a person chose; a group of another consultation is left out."""
    found, groups = _FORMS(data), {each.pk: each for each in of.groups.all()}
    rows = [each.cleaned_data for each in found.forms if each.is_valid() and each.cleaned_data["take"]]
    return [
        ReadAnswer(groups[row["group"]], row["kind"], row["text"], row["seen_kind"], row["seen_text"])
        for row in rows
        if row["group"] in groups
    ]
