"""Input of the treasurer's pages."""

from django import forms

from todoke.payments.models import Finding, Statement
from todoke.payments.statements import LARGEST


class StatementForm(forms.Form):
    """A statement of a till, an agent or a bank."""

    source = forms.ChoiceField(label="どの明細ですか", choices=Statement.Source.choices)
    file = forms.FileField(label="ファイル", help_text="CSV(UTF-8 または Shift_JIS)か Excel。20MB まで。")

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError("ファイルが大きすぎます(20MB まで)。日を分けて取り込んでください。")
        return file


class DayForm(forms.Form):
    """Which business day to look at."""

    day = forms.DateField(label="業務日", widget=forms.DateInput(attrs={"type": "date"}))


class ExplanationForm(forms.Form):
    """What was done about one difference, named by its class and reference."""

    difference = forms.ChoiceField(choices=Finding.Class.choices, widget=forms.HiddenInput)
    reference = forms.CharField(max_length=64, widget=forms.HiddenInput)
    explanation = forms.CharField(label="対応の内容", max_length=300)
