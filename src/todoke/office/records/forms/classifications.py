"""文書分類表の入力: forms of a line, of publication, and of a trial closing day."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from todoke.design.bound_choices import set_choices
from todoke.design.date_fields import DateField
from todoke.design.forms import DatalistInput
from todoke.office.approvals.forms.routes import MOST
from todoke.office.matter_kinds import known_matters
from todoke.records.classification_table import ClassificationLine
from todoke.records.models import ClassificationDraft
from todoke.records.models.classification import Period, StartRule


class LineForm(forms.Form):
    """One line of the table."""

    code = forms.RegexField(
        r"^[A-Za-z0-9-]+$", label="分類記号", max_length=20, help_text="英数字とハイフン。例: A-1",
        error_messages={"invalid": "分類記号は、英数字とハイフンで書いてください。"},
    )  # fmt: skip
    name = forms.CharField(label="名称", max_length=100)
    parent = forms.ChoiceField(label="上位の分類", required=False)
    years = forms.TypedChoiceField(label="保存期間", choices=Period.choices, coerce=int)
    start_rule = forms.ChoiceField(label="起算", choices=StartRule.choices)
    matter = forms.CharField(
        label="綴る件名の種類", max_length=40, required=False, widget=DatalistInput(known_matters),
        help_text="この種類の案件と起案が、終わったときにここに綴られます。空けると、どれも自動では綴られません。",
    )  # fmt: skip
    basis = forms.CharField(label="根拠", max_length=200, required=False)

    def __init__(self, *args: Any, draft: ClassificationDraft, but: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(line.code, f"{line.code} {line.name}") for line in draft.lines if line.code != but]
        set_choices(self, "parent", [("", "なし"), *rows])

    def line(self) -> ClassificationLine:
        """Return the entered line."""
        return ClassificationLine(**self.cleaned_data)


class TablePublicationForm(forms.Form):
    """From when a table applies, and its legal basis."""

    starts_on = DateField(label="適用開始日", help_text="あす以降の日。この日以降に完結した文書に使います。")
    basis = forms.CharField(label="根拠規程", max_length=200, help_text="例: 令和9年4月1日改正 文書管理規程")
    seen = forms.IntegerField(label="確かめた案", widget=forms.HiddenInput, min_value=1, max_value=MOST)


class ClosingForm(forms.Form):
    """A closing day, to test retention periods."""

    use_required_attribute = False
    closed_on = DateField(
        label="完結日", validators=[MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2199, 12, 31))]
    )
