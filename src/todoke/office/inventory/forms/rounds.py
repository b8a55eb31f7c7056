"""Forms of the round pages."""

from typing import Any

from django import forms

from todoke.design.date_fields import DateField
from todoke.rounds.models import Round


class RoundForm(forms.ModelForm[Round]):
    """Questions, period and deadline of a round."""

    use_required_attribute = False

    class Meta:
        model = Round
        fields = ["code", "title", "starts_on", "ends_on", "due_on"]
        field_classes = {"starts_on": DateField, "ends_on": DateField, "due_on": DateField}
        help_texts = {"code": "アドレスに使います(半角英数字。例: 2026)。"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", "初日より後の日にしてください。")
        return cleaned


class WorkbookForm(forms.Form):
    """A workbook filled in by a section."""

    use_required_attribute = False
    file = forms.FileField(label="記入したブック(.xlsx)", widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))
