"""Forms of the treasurer's pages."""

from typing import Any

from django import forms

from todoke.design.date_fields import DateField
from todoke.payments import statement_formats
from todoke.payments.matching import Discrepancy
from todoke.payments.models import ColumnTemplate, Statement
from todoke.payments.statements import MAX_BYTES


class MultipleFileInput(forms.ClearableFileInput):
    """A file input for several files."""

    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """Several files (複数のファイル)."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(MultipleFileField, self).clean(file, initial) for file in files]


class StatementForm(forms.Form):
    """Statements of tills, agents and banks; the format is recognised by the columns."""

    source = forms.ChoiceField(
        label="どの明細ですか", required=False, choices=[("", "列の見出しから見分ける"), *Statement.Source.choices]
    )
    file = MultipleFileField(
        label="ファイル(いくつでも)", help_text="CSV(UTF-8 または Shift_JIS)、Excel、全銀の固定長。一つ20MB まで。"
    )

    def clean_file(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["file"]
        if any(file.size > MAX_BYTES for file in files):
            raise forms.ValidationError("ファイルが大きすぎます(20MB まで)。日を分けて取り込んでください。")
        return files


class TemplateForm(forms.ModelForm[ColumnTemplate]):
    """The columns of one file format."""

    class Meta:
        model = ColumnTemplate
        fields = ["name", "source", "type_code", *statement_formats.FIELDS]
        help_texts = {
            "day": "表では見出し(いくつかあるときは「、」で区切る)。固定長では桁。例 業務日、取引日 / 10-15",
            "direction": "固定長だけ。出金が2の桁",
        }

    def layout(self) -> statement_formats.StatementFormat:
        """Return the entered statement format."""
        given = self.cleaned_data
        columns = {field: given.get(field, "") for field in statement_formats.FIELDS}
        return statement_formats.StatementFormat(given["name"], given["source"], columns, given.get("type_code", ""))

    def validate_unique(self) -> None:
        """Accept an existing name: the format is changed."""


class DayForm(forms.Form):
    """A business day."""

    day = DateField(label="業務日", widget=forms.DateInput(attrs={"type": "date"}))


class ExplanationForm(forms.Form):
    """How one difference was resolved, by its class and reference."""

    difference = forms.ChoiceField(choices=Discrepancy.choices, widget=forms.HiddenInput)
    reference = forms.CharField(max_length=64, widget=forms.HiddenInput)
    explanation = forms.CharField(label="対応の内容", max_length=300)


class ReturnForm(forms.Form):
    """Why a prepared day is sent back."""

    reason = forms.CharField(label="差し戻す理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
