"""計画・指標の入力欄."""

from typing import Any

from django import forms

from todoke.design.date_fields import DateField
from todoke.design.forms import mark_required_when
from todoke.plans.models import CardCount, Plan

DATE = forms.DateInput(attrs={"type": "date"})


class ReportForm(forms.Form):
    """実績の記録: a value, or the reason why there is none."""

    on = DateField(label="基準日", widget=DATE)
    numerator = forms.DecimalField(label="分子(数)", required=False, max_digits=14, decimal_places=2)
    denominator = forms.DecimalField(label="分母(数)", required=False, max_digits=14, decimal_places=2)
    denominator_on = DateField(label="分母の基準日", required=False, widget=DATE)
    source = forms.CharField(label="出典", required=False, max_length=200)
    missing_reason = forms.CharField(label="値がない理由", required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark_required_when(self, {"numerator": "値があるとき必要", "missing_reason": "値がないとき必要"})


class ClosingForm(forms.Form):
    """総括の所見"""

    words = forms.CharField(label="所見", widget=forms.Textarea(attrs={"rows": 5}))


class SuccessorForm(forms.Form):
    """次の計画"""

    code = forms.SlugField(label="記号", max_length=40, help_text="英小文字、数字、ハイフンで書きます(例 dx-2028)。")
    title = forms.CharField(label="計画名", max_length=150)
    starts_on = DateField(label="始期", widget=DATE)
    ends_on = DateField(label="終期", widget=DATE)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if Plan.objects.filter(code=code).exists():
            raise forms.ValidationError("この記号の計画が、もうあります。")
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", "終期は、始期より後の日にしてください。")
        return cleaned


class CardForm(forms.Form):
    """カード交付状況の条件"""

    code = forms.ChoiceField(label="市区町村")
    target = forms.FloatField(label="目標の交付率(%)", min_value=0.1, max_value=100)
    due = DateField(label="目標の期日", widget=DATE)
    on = DateField(label="この日までの実績で計算", required=False, widget=DATE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {code: f"{prefecture} {name}" for code, prefecture, name in CardCount.objects.places()}
        self.fields["code"] = forms.ChoiceField(
            label="市区町村", choices=list(choices.items()),
            error_messages={"invalid_choice": "「%(value)s」の交付状況はありません。一覧から選んでください。"},
        )  # fmt: skip
